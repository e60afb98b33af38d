from odoo import api, fields, models

from ..rules.conventions import changed_conventions, conventions_from_values
from .res_company_convention import CONVENTION_FIELDS


class GrcRequest(models.Model):
    """The disputed points of the law, as the local authority settled them.

    Copied at the intake: changing a setting rewrites no open file. A request without
    a copy, older than the settings, follows the defaults of the rules.
    """

    _inherit = "grc.request"

    clock_conventions = fields.Json(
        string="Disputed points", readonly=True, groups="base.group_user"
    )

    @api.model
    def _protected_fields(self):
        return super()._protected_fields() | {"clock_conventions"}

    @api.model
    def _prepare_intake_vals(self, vals, channel, company, idempotency_key):
        values = super()._prepare_intake_vals(vals, channel, company, idempotency_key)
        # sudo: a visitor files without reading the settings of the town
        choices = company.sudo()._grc_convention_values()
        return values | {"clock_conventions": choices}

    def _conventions(self):
        """Return the choices that the clock of this request follows.

        :rtype: Conventions
        """
        self.ensure_one()
        # sudo: a citizen's own page shows days that follow them
        return conventions_from_values(self.sudo().clock_conventions)

    def _convention_lines(self):
        """Return the choices that are not the default, for the explanation.

        :rtype: list[dict]
        """
        self.ensure_one()
        labels = self.env["res.company"].fields_get(list(CONVENTION_FIELDS), ["string"])
        names = {name: field for field, (name, _point) in CONVENTION_FIELDS.items()}
        lines = []
        for name in changed_conventions(self._conventions()):
            field = names[name]
            is_on = name == "extra_weekdays" or getattr(self._conventions(), name)
            label = labels[field]["string"]
            lines.append(
                {
                    "text": self.env._("Setting at the reception: %s.", label)
                    if is_on
                    else self.env._("Setting at the reception, off: %s.", label),
                    "article": CONVENTION_FIELDS[field][1],
                    "day": "",
                }
            )
        return lines
