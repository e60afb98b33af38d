"""Feed raw messages to the mail gateway of a database: DATABASE FILE...

Each file goes through ``message_process`` in a transaction of its own, as when Odoo
fetches it from a mailbox. One line per file says what became of it.
"""

import logging
import sys

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tools import config

_logger = logging.getLogger("grc.feed_mail")

INTAKE = "grc.mail.intake"
REASONS = ("reason", "failure_reason", "error", "note", "message")


def process(registry, raw):
    """Process one message and commit; return what is to be said of it."""
    with registry.cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        last = newest_intake(env)
        known = last.id if last else 0
        thread_id = retrying(
            lambda: (
                env["mail.thread"]
                .with_context(fetchmail_cron_running=True)
                .message_process(False, raw)
            ),
            env,
        )
        cr.commit()
        return outcome(env, known, thread_id)


def newest_intake(env):
    if INTAKE not in env:
        return None
    return (
        env[INTAKE].with_context(active_test=False).search([], order="id desc", limit=1)
    )


def outcome(env, known, thread_id):
    intake = newest_intake(env)
    if not intake or intake.id == known:
        return f"processed (thread {thread_id})" if thread_id else "not kept by Odoo"
    said = [str(label(intake, "state") or "journalled")]
    if "request_id" in intake._fields and intake.request_id:
        said.append(intake.request_id.display_name)
    said += [
        str(label(intake, name))
        for name in REASONS
        if name in intake._fields and intake[name]
    ]
    return ": ".join(said).replace("\n", " ")


def label(record, name):
    """The value of a field, as its label when it is a selection."""
    field = record._fields.get(name)
    if field is None:
        return None
    if field.type == "selection":
        return dict(field._description_selection(record.env)).get(record[name])
    return record[name]


def main(name, *paths):
    config.parse_config(
        [
            "-d",
            name,
            "--no-http",
            "--log-level=error",
            "--log-handler=weasyprint:ERROR",
            "--max-cron-threads=0",
        ],
        setup_logging=True,
    )
    registry = Registry(name)
    status = 0
    for path in paths:
        try:
            with open(path, "rb") as file:
                raw = file.read()
        except OSError as error:
            print(f"{path}: cannot be read: {error.strerror}", flush=True)
            status = 1
            continue
        try:
            print(f"{path}: {process(registry, raw)}", flush=True)
        except Exception as error:
            _logger.exception("%s", path)
            print(f"{path}: failed: {type(error).__name__}: {error}", flush=True)
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
