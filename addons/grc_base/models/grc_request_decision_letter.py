from odoo import models
from odoo.tools import plaintext2html

from ..const import DECISION_OUTCOMES
from ..days import day_in_full


class GrcRequestDecisionLetterMixin(models.AbstractModel):
    """The decision as a document: what, why, how to contest it, signed by whom."""

    _name = "grc.request.decision.letter.mixin"
    _description = "Decision letter of a request"

    def _decision_document(self, message):
        """Write the decision down as a PDF, which goes with the message.

        An answer to a question decides nothing: it has no such document.

        :param str message: plain text of the agent
        :rtype: grc.request.document
        """
        self.ensure_one()
        documents = self.env["grc.request.document"]
        if self.outcome not in DECISION_OUTCOMES:
            return documents
        # sudo: the letterhead and the signatory are settings; the caller checked
        reports_sudo = self.env["ir.actions.report"].sudo()
        pdf = reports_sudo._grc_render_pdf(
            "grc_base.action_report_decision", self.id, {"message": message}
        )
        return documents._store(
            self,
            [(f"decision-{self.name}.pdf", pdf)],
            origin="system",
            kind="decision",
        )

    def _decision_facts(self, message):
        """Return what the decision letter says.

        :param str message: plain text of the agent
        :return: ``received_on``, ``message``, ``outcome``, ``reason``,
            ``appeal_ways`` and ``signatory``
        :rtype: dict
        """
        self.ensure_one()
        outcomes = dict(self._fields["outcome"]._description_selection(self.env))
        return {
            "received_on": day_in_full(self.env, self._local_day(self.received_at)),
            "message": plaintext2html(message or ""),
            "outcome": outcomes[self.outcome],
            "reason": plaintext2html(self.outcome_reason or ""),
            "appeal_ways": self._appeal_ways_to_print(),
            "signatory": self.service_id._signatory(self.decided_by_id),
        }
