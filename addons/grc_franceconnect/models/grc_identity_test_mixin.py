import time
from email.utils import parsedate_to_datetime

from odoo import models

from odoo.addons.grc_base.client import Unavailable

from ..rules import discovery
from ..rules.refusal import Refused


class GrcIdentityTestMixin(models.AbstractModel):
    """Trying the settings of a provider, and saying what fails."""

    _name = "grc.identity.test.mixin"
    _description = "Test of a provider of identities"

    def _test_lines(self):
        """Return one line for each check, in the words of an administrator."""
        ok, ko = "✓ ", "✗ "
        lines = []
        try:
            answer = self._read(discovery.discovery_url(self.issuer))
            lines.append(ok + self.env._("The provider answers."))
            self._endpoints(is_forced=True)
        except Unavailable:
            return [ko + self._test_text("network")]
        except Refused:
            return [*lines, ko + self._test_text("discovery")]
        drift = self._clock_drift(answer.date)
        if drift > 20:
            lines.append(ko + self._test_text("clock"))
        lines.append(self._test_keys(ok, ko))
        lines.append(self._test_client(ok, ko))
        lines.append(
            self.env._(
                "Declare these two addresses to the provider: %(back)s and %(out)s",
                back=self.redirect_uri,
                out=self.logout_uri,
            )
        )
        return lines

    def _test_keys(self, ok, ko):
        known = self._known()
        known.keys, known.keys_asked_at = None, 0.0
        try:
            keys = self._keys()
        except (Refused, Unavailable):
            return ko + self._test_text("keys")
        if not any(entry.can_verify(self.algorithm) for entry in keys.entries):
            return ko + self._test_text("algorithm")
        return ok + self.env._("A key of the provider fits the signature chosen.")

    def _test_client(self, ok, ko):
        if not self.has_secret:
            return ko + self.env._("No secret is kept: type the one received.")
        form = {
            "grant_type": "authorization_code",
            "code": "essai-de-connexion",
            "redirect_uri": self.redirect_uri,
        }
        try:
            _answer, values = self._ask_tokens(form)
        except (Refused, Unavailable):
            return ko + self._test_text("token")
        if values.get("error") in ("invalid_client", "unauthorized_client"):
            return ko + self._test_text("client")
        if values.get("error") == "invalid_grant":
            return ok + self.env._("The identifier and the secret are accepted.")
        return ko + self._test_text("token")

    def _test_text(self, code):
        return {
            "network": self.env._(
                "The provider does not answer. Check its address, and that this "
                "server may go out on the Internet."
            ),
            "discovery": self.env._(
                "The provider gives another address than the one typed. Copy it "
                "exactly as the provider writes it."
            ),
            "clock": self.env._(
                "The clock of this server is wrong: sign-ins will fail. Have it set "
                "by the network (NTP)."
            ),
            "keys": self.env._("The keys of the provider cannot be read."),
            "algorithm": self.env._(
                "No key of the provider fits the signature chosen. Choose the one "
                "declared to the provider."
            ),
            "client": self.env._(
                "The provider does not accept the identifier or the secret. Each "
                "environment has its own."
            ),
            "token": self.env._("The provider gave an answer that is not understood."),
        }[code]

    def _clock_drift(self, date):
        try:
            return abs(parsedate_to_datetime(date).timestamp() - time.time())
        except (TypeError, ValueError):
            return 0.0
