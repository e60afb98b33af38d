from odoo import models

_ACKNOWLEDGEMENTS = ("aee", "are")


class GrcDelivery(models.Model):
    """What hangs on a message that did not arrive."""

    _inherit = "grc.delivery"

    def _failure_risk(self):
        risk = super()._failure_risk()
        if self.kind in _ACKNOWLEDGEMENTS:
            risk = self.env._(
                "As long as this acknowledgement has not arrived, the period to go to "
                "court does not run against this person: the decision may be contested "
                "for much longer (CRPA, art. L112-12)."
            )
        elif self.missing_request_ids:
            risk = self.env._(
                "The citizen does not know that documents are awaited (CRPA, "
                "art. L114-5)."
            )
        return risk

    def _replaced_by(self, again):
        result = super()._replaced_by(again)
        # What hung on the first sending follows the one that may arrive.
        self.acknowledgement_ids.delivery_id = again
        self.missing_request_ids._write_facts({"delivery_id": again.id})
        self.transfer_ids.delivery_id = again
        return result
