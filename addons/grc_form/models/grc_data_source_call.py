import hashlib
import logging
import time

from odoo import fields, models
from odoo.tools.urls import urljoin

from odoo.addons.grc_base.client import Unavailable, call

from ..rules.data import DataError, Settings
from ..rules.data import ban as ban_rules

_logger = logging.getLogger(__name__)
# Bytes of an answer, at most.
LARGEST_ANSWER = 500_000
# Seconds during which a service that did not answer is left alone: the next citizens
# do not wait for it. In memory, each worker by itself: written in the database,
# two citizens at once would refuse one another.
REST_SECONDS = 30
_RESTING: dict = {}
# « Not found » is kept a shorter time: what is created today is found tomorrow.
NOT_FOUND_HOURS = 1
# What is suggested to one who types is of use to the next ones for a short time.
SUGGEST_HOURS = 1


def forget_rests():
    """Forget which services did not answer."""
    _RESTING.clear()


class GrcDataSource(models.Model):
    """How a data service is called."""

    _inherit = "grc.data.source"

    def _fetch(self, key="", bearer=None):
        """Return what the service tells.

        :param str key: what to look for, canonical
        :param str bearer: token of the citizen: then nothing is kept
        :return: canonical value by code of datum
        :rtype: dict
        :raise DataError: saying why there is nothing
        """
        self.ensure_one()
        connector = self._connector()
        if not connector or connector.needs_token and not bearer:
            raise DataError("misconfigured")
        if bearer:
            answer = self._call(connector, key, bearer)
            return connector.read(answer.status, answer.body, key)
        kept = self._kept_answer("data", key)
        if kept is None:
            kept = self._asked_answer(connector, key)
        if kept.get("error"):
            raise DataError(kept["error"])
        return kept["values"]

    def _asked_answer(self, connector, key):
        try:
            answer = self._call(connector, key)
            kept = {"values": connector.read(answer.status, answer.body, key)}
        except DataError as error:
            if error.code != "not_found":
                raise
            kept = {"error": error.code}
        hours = self.cache_hours
        if kept.get("error"):
            hours = min(hours, NOT_FOUND_HOURS)
        self._keep_answer("data", key, kept, hours)
        return kept

    def _suggest(self, text):
        """Return the addresses that may be proposed for what is typed.

        :param str text: beginning of an address
        :rtype: list[dict]
        :raise DataError: saying why there is nothing
        """
        self.ensure_one()
        key = ban_rules.searched(text).casefold()
        if not key:
            return []
        kept = self._kept_answer("suggest", key)
        if kept is None:
            connector = self._connector()
            answer = self._call(connector, key)
            found = connector.suggestions(answer.status, answer.body)
            kept = {"values": [vars(one) for one in found]}
            hours = min(self.cache_hours, SUGGEST_HOURS)
            self._keep_answer("suggest", key, kept, hours)
        return kept["values"]

    def _call(self, connector, key="", bearer=None):
        """Call the service once.

        :rtype: grc_base.client.Answer
        :raise DataError: when it does not answer, or did not a moment ago
        """
        settings = Settings(
            # sudo: the key is sent to its service, and shown to nobody
            token=self.sudo().kept_secret or "",
            recipient=(self.recipient_siret or "").replace(" ", ""),
        )
        ask = connector.ask(key, settings)
        headers = {"Accept": "application/json"} | dict(ask.headers)
        if bearer:
            headers["Authorization"] = f"Bearer {bearer}"
        resting = (self.env.cr.dbname, self.id)
        if not bearer and time.monotonic() < _RESTING.get(resting, 0):
            raise DataError("unavailable")
        try:
            answer = call(
                "GET",
                urljoin(self.base_url, ask.path),
                # Half to connect, and never more than the whole for the rest.
                timeout=self.timeout_seconds / 2,
                limit=LARGEST_ANSWER,
                params=dict(ask.params),
                headers=headers,
            )
        except Unavailable as error:
            _logger.info("data source %s: %s", self.connector, error.code)
            _RESTING[resting] = time.monotonic() + REST_SECONDS
            raise DataError("unavailable") from None
        if answer.status >= 500 or answer.status == 429:
            _logger.info("data source %s: status %s", self.connector, answer.status)
            if not bearer:
                _RESTING[resting] = time.monotonic() + REST_SECONDS
        return answer

    # === ANSWERS KEPT === #

    def _kept_answer(self, kind, key):
        # sudo: public data, that nobody reads otherwise
        kept_sudo = (
            self.env["grc.data.cache"]
            .sudo()
            .search(
                [
                    ("source_id", "=", self.id),
                    ("key_hash", "=", _key_hash(kind, key)),
                    ("expires_at", ">", fields.Datetime.now()),
                ],
                order="id desc",
                limit=1,
            )
        )
        return kept_sudo.answer if kept_sudo else None

    def _keep_answer(self, kind, key, answer, hours):
        if hours <= 0:
            return
        # sudo: same reason
        self.env["grc.data.cache"].sudo().create(
            {
                "source_id": self.id,
                "key_hash": _key_hash(kind, key),
                "answer": answer,
                "expires_at": fields.Datetime.add(fields.Datetime.now(), hours=hours),
            }
        )

    def _forget_answers(self):
        # sudo: same reason
        self.env["grc.data.cache"].sudo().search(
            [("source_id", "in", self.ids)]
        ).unlink()
        for source in self:
            _RESTING.pop((self.env.cr.dbname, source.id), None)


def _key_hash(kind, key):
    """Return what an answer is found by: an address typed is not kept as such."""
    return hashlib.sha256(f"{kind}\n{key}".encode()).hexdigest()
