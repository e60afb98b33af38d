from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..rules.words import folded


class GrcFormPackActivation(models.TransientModel):
    """Prestations to create, and the services that the models name otherwise."""

    _name = "grc.form.pack.activation"
    _description = "Activation of prestations of the catalogue"

    model_ids = fields.Many2many("grc.prestation.model", string="Prestations")
    problems = fields.Text(string="Not created", readonly=True)
    line_ids = fields.One2many(
        "grc.form.pack.activation.line", "activation_id", string="Services"
    )

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        commands = values.get("model_ids") or []
        ids = commands[0][2] if commands and len(commands[0]) == 3 else []
        chosen = self.env["grc.prestation.model"].browse(ids)
        values["line_ids"] = self._service_lines(chosen)
        return values

    @api.model
    def _service_lines(self, chosen):
        """Return a line for each service that the town does not have by this name."""
        prestations = self.env["grc.prestation"]
        desk = self.env["grc.service"]._front_desk(self.env.company)
        names = sorted({own.service_name or "" for own in chosen})
        return [
            Command.create({"name": name, "service_id": desk.id})
            for name in names
            if not prestations._service_named(name)
        ]

    def action_activate(self):
        """Create the prestations, in draft.

        :raise UserError: when a service was not chosen
        """
        self.ensure_one()
        if any(not line.service_id for line in self.line_ids):
            raise UserError(self.env._("Choose the service in charge on each line."))
        services = {folded(line.name or ""): line.service_id for line in self.line_ids}
        chosen = self.model_ids.with_context(tracking_disable=True)
        created, problems = chosen._activate(services)
        if problems:
            self.problems = "\n".join(problems)
            self.model_ids = self.model_ids._not_installed()
            return {
                "type": "ir.actions.act_window",
                "name": self.env._("Not created"),
                "res_model": self._name,
                "res_id": self.id,
                "views": [(False, "form")],
                "target": "new",
            }
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "grc_base.grc_prestation_action"
        )
        return action | {"domain": [("id", "in", created.ids)]}


class GrcFormPackActivationLine(models.TransientModel):
    _name = "grc.form.pack.activation.line"
    _description = "Service of an activation"

    activation_id = fields.Many2one(
        "grc.form.pack.activation", required=True, ondelete="cascade"
    )
    name = fields.Char(string="Named in the catalogue", readonly=True)
    service_id = fields.Many2one(
        "grc.service", string="Service of the town", check_company=False
    )
