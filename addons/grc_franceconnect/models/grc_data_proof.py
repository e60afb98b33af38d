from odoo import api, models

from odoo.addons.grc_form.rules.schema import questions


class GrcDataProof(models.Model):
    _inherit = "grc.data.proof"

    @api.model
    def _vals_of(self, source, request, datum_code):
        vals = super()._vals_of(source, request, datum_code)
        # As its question: what is hidden there is not read here.
        wanted = f"data.{source.connector}.{datum_code}"
        form = request.form_version_id
        vals["is_sensitive"] |= any(
            question.get("sensitive") and question.get("prefill") == wanted
            for question in (questions(form._asked()) if form else ())
        )
        return vals

    @api.model
    def _obtained_vals(self, source, datum_code, value, at):
        vals = super()._obtained_vals(source, datum_code, value, at)
        if source.uses_token:
            datum = source._datum(source.connector, datum_code)
            vals["value_text"] = source._told_text(
                source.connector, datum, value, source.company_id
            )
        return vals
