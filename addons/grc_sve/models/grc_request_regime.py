from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rules.silence import ack_sent_on
from .grc_request_event_regime import EVENT_KINDS

_OPEN = ("received", "instruction", "incomplete")
_SNAPSHOT = (
    "silence_regime",
    "silence_months",
    "start_basis",
    "mandatory_prior_appeal",
)


class GrcRequest(models.Model):
    """An acknowledgement that asks for documents, and one whose regime was wrong."""

    _inherit = "grc.request"

    is_ack_held = fields.Boolean(
        string="Acknowledgement kept for the request for documents",
        readonly=True,
        help="The acknowledgement of reception leaves with the list of the missing "
        "documents, or with the button “Acknowledge”.",
    )

    def _protected_fields(self):
        return super()._protected_fields() | {"is_ack_held"}

    @api.model
    def _citizen_event_kinds(self):
        return super()._citizen_event_kinds() + tuple(kind for kind, _ in EVENT_KINDS)

    def _acknowledged_on(self):
        """Return the day on which the first acknowledgement left, if one did.

        :rtype: date | None
        """
        self.ensure_one()
        return ack_sent_on(self._clock_facts())

    # === DOCUMENTS ASKED FOR IN THE ACKNOWLEDGEMENT === #

    def _joins_acknowledgement(self, is_regularisation=False):
        """Tell whether documents are asked for in the acknowledgement of reception.

        When it is still to be written: one sending says all (CRPA, art. R112-11-4).

        :rtype: bool
        """
        self.ensure_one()
        # sudo: facts of the request, which its agent handles
        request_sudo = self.sudo()
        return (
            not is_regularisation
            and request_sudo.can_acknowledge
            and request_sudo.ack_state != "not_due"
            and request_sudo.silence_regime != "unknown"
            and not (request_sudo._is_electronic() and not request_sudo.answer_email)
        )

    def _acknowledge_asking(self, missing, forecast):
        """Ask for documents in the acknowledgement of reception, when it can be.

        :param grc.missing.request missing: what is asked for
        :param Forecast forecast: what asking does to the period of silence
        :return: whether the acknowledgement carries it
        :rtype: bool
        """
        if not self._joins_acknowledgement(missing.is_regularisation):
            return False
        # Who asks for documents has read the request: no machine wrote it.
        self._write_facts({"is_suspect": False, "is_ack_held": False})
        return self._acknowledge("are", asked=(missing, forecast))

    # === REGIME CORRECTED === #

    def _correct_regime(self, vals):
        """Follow the regime of what is really asked, and tell the citizen.

        The acknowledgement of reception printed another one. Nothing changes once
        silence, or the town, has decided.

        :param dict vals: regime of the nature and of the prestation, see
            ``_prepare_regime_vals``
        """
        self.ensure_one()
        if not self._can_correct_regime() or not self._prints_another_regime(vals):
            return
        subject = self.env._("Check the silence of %(number)s", number=self.name)
        if vals["silence_regime"] == "unknown":
            self._call_agent(
                subject,
                self.env._(
                    "The acknowledgement of reception announced a regime of silence "
                    "and what is now asked for has none that is known: direct the "
                    "request to a prestation, the citizen is then told."
                ),
            )
            return
        try:
            with self.env.cr.savepoint():
                self._change_regime(vals)
        except UserError as error:
            self._call_agent(subject, str(error))

    def _can_correct_regime(self):
        decided = self.implicit_decision or (
            self.implicit_on and self.implicit_on < self._local_day()
        )
        return self.state in _OPEN and not decided and not self._owes_no_reception()

    def _prints_another_regime(self, vals):
        """Tell whether the last acknowledgement says something else than ``vals``."""
        if self.silence_regime == vals["silence_regime"] == "none":
            return False
        if any(self[name] != vals[name] for name in _SNAPSHOT):
            return True
        printed = self.acknowledgement_ids.filtered(
            lambda ack: ack.kind in ("are", "complement")
        ).sorted("id")[-1:]
        ways = (printed.mentions or {}).get("appeal_ways")
        return (
            bool(ways) and ways != self.with_context(lang=self.language)._appeal_ways()
        )

    def _change_regime(self, vals):
        before = self.silence_regime
        self._write_facts(vals)
        self._log_event(
            "regime_changed",
            origin=before,
            target=self.silence_regime,
            months=self.silence_months or None,
        )
        self.env["grc.acknowledgement"]._issue_complement(self)
