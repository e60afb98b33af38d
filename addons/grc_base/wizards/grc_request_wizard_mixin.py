from odoo import api, fields, models


class GrcRequestWizardMixin(models.AbstractModel):
    """A window about one request, which opens for those who may act on it only.

    What a window shows of its request is computed whatever the rights on it: the
    window itself must not exist for a request that the agent does not handle.
    """

    _name = "grc.request.wizard.mixin"
    _description = "Window about one request"

    request_id = fields.Many2one("grc.request", required=True, readonly=True)

    @api.constrains("request_id")
    def _check_request_id(self):
        # sudo: core runs constraints in sudo; this one is about the agent's own rights
        self.request_id.sudo(False).check_access("write")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        self._check_request_access(values)
        return values

    def onchange(self, values, field_names, fields_spec):
        self._check_request_access(values)
        return super().onchange(values, field_names, fields_spec)

    @api.model
    def _check_request_access(self, values):
        requests = self.env["grc.request"].browse(values.get("request_id") or [])
        requests.check_access("write")
