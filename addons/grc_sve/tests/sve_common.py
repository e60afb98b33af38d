import re
import subprocess
from datetime import date

from odoo.tools import html2plaintext

from odoo.addons.grc_base.tests.common import GrcCommon

COURT = {
    "grc_court_name": "tribunal administratif de Ville-Exemple",
    "grc_court_address": "3 rue du Palais, 99000 Ville-Exemple",
    "grc_court_url": "www.telerecours.fr",
}


class SveCommon(GrcCommon):
    """A town that knows its court, and a prestation of each regime."""

    @classmethod
    def _town(cls, name, **vals):
        return super()._town(name, **COURT | vals)

    @classmethod
    def _prestation_vals(cls):
        return {
            "silence_regime": "svr",
            "silence_months": 2,
            "regime_source": "CRPA, art. L231-4",
            "regime_checked_on": date(2026, 9, 1),
        }

    @classmethod
    def _create_catalogue(cls):
        result = super()._create_catalogue()
        cls.svr = cls.prestation
        cls.sva = cls._prestation("FENCE", cls.service, silence_regime="sva")
        cls.question = cls._prestation(
            "ASK", cls.service, silence_regime="none", nature="question"
        )
        cls.unknown = cls._prestation("ODD", cls.service, silence_regime="unknown")
        cls.prior = cls._prestation(
            "PAPERS",
            cls.service,
            silence_months=1,
            start_basis="competent",
            mandatory_prior_appeal=True,
            appeal_text="You must first ask the CADA (TSA 50730, Paris) within two "
            "months.",
        )
        cls.urban = cls._prestation(
            "HUT", cls.service, silence_regime="sva", start_basis="ack_sent"
        )
        return result

    def _ack(self, request, kind=None):
        """Return the acknowledgements of ``request``, the oldest first."""
        return request.acknowledgement_ids.filtered(
            lambda ack: kind in (None, ack.kind)
        ).sorted("id")

    def _kinds(self, request):
        """Return ``[(kind, state)]`` of what acknowledges ``request``."""
        return [(ack.kind, ack.state) for ack in self._ack(request)]

    def _mail_text(self, acknowledgement):
        """Return the text of the message that carries an acknowledgement."""
        return _flat(html2plaintext(acknowledgement.delivery_id.body))

    def _pdf_text(self, acknowledgement):
        """Return the text of its PDF, as a reader of screens finds it."""
        done = subprocess.run(
            ("pdftotext", "-enc", "UTF-8", "-", "-"),
            input=acknowledgement.document_id.attachment_id.raw,
            capture_output=True,
            check=True,
        )
        return _flat(done.stdout.decode())


def _flat(text):
    """Return ``text`` on one line, without the marks of its layout."""
    return re.sub(r"[\s*_]+", " ", text)
