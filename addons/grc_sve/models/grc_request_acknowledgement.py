from odoo import api, models
from odoo.exceptions import UserError

from ..rules.mentions import implied_regime


class GrcRequest(models.Model):
    """When a request is acknowledged: at its intake, or once it is qualified."""

    _inherit = "grc.request"

    @api.model
    def _prepare_intake_vals(self, vals, channel, company, idempotency_key):
        values = super()._prepare_intake_vals(vals, channel, company, idempotency_key)
        prestation = self.env["grc.prestation"].browse(
            values.get("prestation_id") or []
        )
        return values | self._prepare_regime_vals(values["nature"], prestation)

    @api.model
    def _prepare_regime_vals(self, nature, prestation):
        """Return the regime of a request, copied so that it never changes."""
        # sudo: a visitor files without reading the settings of the prestation
        prestation_sudo = prestation.sudo()
        if prestation_sudo and prestation_sudo.nature == nature:
            return {
                "silence_regime": prestation_sudo.silence_regime,
                "silence_months": prestation_sudo.silence_months
                if prestation_sudo._has_silence()
                else 0,
                "start_basis": prestation_sudo.start_basis,
                "mandatory_prior_appeal": prestation_sudo.mandatory_prior_appeal,
                "regime_source": prestation_sudo.regime_source,
            }
        regime, months = implied_regime(nature)
        return {
            "silence_regime": regime,
            "silence_months": months or 0,
            "start_basis": "default",
            "mandatory_prior_appeal": False,
            "regime_source": "CRPA, art. L231-4" if regime == "svr" else False,
        }

    def _after_intake(self):
        super()._after_intake()
        if self.is_suspect:
            return
        if not self._is_electronic():
            # What was said at the counter or on the telephone is answered there.
            if self.nature not in ("question", "report"):
                self._acknowledge("are")
            return
        if not (self.prestation_id and self._acknowledge("are", instant=True)):
            self._acknowledge("aee")

    def _after_qualification(self):
        result = super()._after_qualification()
        regime = self._prepare_regime_vals(self.nature, self.prestation_id)
        if self.acknowledgement_ids.filtered(lambda ack: ack.kind == "are"):
            self._correct_regime(regime)
            return result
        self._write_facts(regime)
        if not (self.is_suspect or self.is_ack_held):
            self._acknowledge("are")
        return result

    def _acknowledge(self, kind, instant=False, asked=None):
        """Acknowledge, or call the agent when the law's mentions are not all there.

        :param asked: the request for documents that it carries, see ``_issue``
        :return: whether the acknowledgement is written
        :rtype: bool
        """
        self.ensure_one()
        if self._is_electronic() and not self.answer_email:
            return False
        try:
            with self.env.cr.savepoint():
                self.env["grc.acknowledgement"]._issue(
                    self, kind, instant=instant, asked=asked
                )
        except UserError as error:
            self._call_agent(
                self.env._("Acknowledge %(number)s", number=self.name), str(error)
            )
            return False
        return True

    def action_acknowledge(self):
        """Send the acknowledgement of reception on the decision of an agent."""
        for request in self:
            request._check_writer()
            request.env["grc.acknowledgement"]._issue(request, "are")
            # sudo: protected fact, the agent has just decided about it
            request.sudo()._write_facts({"is_suspect": False})
