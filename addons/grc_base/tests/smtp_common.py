import socket
from contextlib import contextmanager
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller

from odoo.addons.base.models.ir_mail_server import IrMail_Server

from .common import GrcCommon


class _Catcher:
    """Keep what arrives, refuse what the test wants refused."""

    def __init__(self):
        self.messages = []
        self.refusals = {}

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.messages.append((envelope.rcpt_tos, message))
        return "250 OK"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class SmtpCommon(GrcCommon):
    """Messages really leave, to a server of this very process."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.port = free_port()
        cls.env["ir.mail_server"].search([]).active = False
        cls.env["ir.mail_server"].create(
            {
                "name": "Test",
                "smtp_host": "127.0.0.1",
                "smtp_port": cls.port,
                "smtp_encryption": "none",
            }
        )

    def setUp(self):
        super().setUp()
        self.patch(IrMail_Server, "_disable_send", classmethod(lambda cls: False))
        # In a test the job does not commit: it says that time is left.
        self.patch(
            type(self.env["ir.cron"]),
            "_commit_progress",
            lambda *args, **kwargs: float("inf"),
        )

    @contextmanager
    def smtp_server(self, **refusals):
        """Run the server; ``refusals`` are the answers of RCPT by local part."""
        catcher = _Catcher()
        catcher.refusals = {
            f"{name}@example.com": answer for name, answer in refusals.items()
        }
        controller = Controller(catcher, hostname="127.0.0.1", port=self.port)
        controller.start()
        try:
            yield catcher
        finally:
            controller.stop()

    def _run_job(self):
        self.env["grc.delivery"]._cron_send()

    def _message(self, request, subject="Our answer", body="Hello.\nBye.", **kwargs):
        """Return a message that the agent of the request writes."""
        agent = request.service_id.member_ids[:1]
        return request.with_user(agent)._message_citizen(subject, body, **kwargs).sudo()
