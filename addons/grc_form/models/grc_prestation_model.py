from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError

from ..rules import portable
from ..rules.schema import questions

MODEL_STATES = [
    ("absent", "Not activated"),
    ("active", "Activated"),
    ("modified", "Changed by the town"),
    ("newer", "A new version of the model exists"),
    ("own", "The town has its own"),
]


class GrcPrestationModel(models.Model):
    """One prestation of the catalogue that ships, before a town activates it."""

    _name = "grc.prestation.model"
    _description = "Model of a prestation"
    _order = "pack_id, name, id"

    pack_id = fields.Many2one(
        "grc.form.pack", required=True, index=True, ondelete="cascade"
    )
    code = fields.Char(required=True)
    name = fields.Char(required=True)
    summary = fields.Char()
    service_name = fields.Char(string="Service in charge")
    question_count = fields.Integer(string="Questions")
    content = fields.Json(prefetch=False)
    sha256 = fields.Char(string="Fingerprint (SHA-256)", required=True)
    prestation_id = fields.Many2one("grc.prestation", compute="_compute_state")
    state = fields.Selection(MODEL_STATES, compute="_compute_state")

    _code_uniq = models.Constraint("unique(code)", "This model already exists.")

    @api.model
    def _vals_of(self, data):
        """Return the values of the model that a file describes.

        Its fingerprint is that of what a town takes from it: neither the service nor
        the theme, which are hers.

        :param dict data: in normal form
        """
        return {
            "code": data["code"],
            "name": data["name"],
            "summary": data["summary"],
            "service_name": data["service"],
            "question_count": len(list(questions(data["form"]))) if data["form"] else 0,
            "content": data,
            "sha256": portable.fingerprint(portable.own(data)),
        }

    @tools.ormcache()
    def _code_types(self):
        """Return the types that the catalogue gives to its codes.

        A town that has not activated a model keeps clear of them: she could not
        activate it later.

        :rtype: dict[str, str]
        """
        return {
            question["code"]: question["type"]
            for content in self.sudo().search([]).mapped("content")  # sudo: only codes
            if content["form"]
            for question in questions(content["form"])
        }

    def _installed(self):
        """Return the prestations of the local authority that have these codes.

        :rtype: dict[str, grc.prestation]
        """
        prestations = self.env["grc.prestation"].with_context(active_test=False)
        found = prestations.search(
            [
                ("company_id", "=", self.env.company.id),
                ("code", "in", self.mapped("code")),
            ]
        )
        return {prestation.code: prestation for prestation in found}

    def _not_installed(self):
        known = self._installed()
        return self.filtered(lambda own: own.code not in known)

    @api.depends_context("company")
    @api.depends("sha256")
    def _compute_state(self):
        known = self._installed()
        for own in self:
            prestation = known.get(own.code)
            own.prestation_id = prestation
            own.state = prestation._model_state(own) if prestation else "absent"

    def action_activate(self):
        return self.pack_id.action_activate() | {
            "context": {"default_model_ids": [fields.Command.set(self.ids)]}
        }

    def action_open(self):
        self.ensure_one()
        return self.prestation_id._action_open_sheet()

    def action_update(self):
        """Show what the model changed since, and what the town changed."""
        self.ensure_one()
        return self.prestation_id.action_model_update()

    def _activate(self, services=None):
        """Create the prestations that the local authority has not, in draft.

        Run twice, it creates nothing more. One that cannot be created (the town gave
        one of its codes another meaning) does not stop the others.

        :param dict services: folded name in the model -> grc.service
        :return: what was created, and a sentence for each that was not
        :rtype: tuple[grc.prestation, list[str]]
        """
        created, problems = self.env["grc.prestation"], []
        for own in self._not_installed():
            try:
                with self.env.cr.savepoint():
                    created |= created._install_model(own, services or {})
            except (UserError, ValidationError) as error:
                problems.append(f"{own.name} ({own.code}): {error}")
        return created, problems
