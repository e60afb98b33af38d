from odoo import fields, models
from odoo.exceptions import UserError

from ..rules.properties import merged_definition, schema_properties

_DEFINITIONS = ("answers_definition", "sensitive_definition")


class GrcPrestation(models.Model):
    """What may be searched in the answers: union of all the versions published.

    The container of the answers is the prestation, not the version: core groups all
    requests by the definition of one container picked at random.
    """

    _inherit = "grc.prestation"

    answers_definition = fields.PropertiesDefinition(
        string="Answers that can be searched", copy=False
    )
    sensitive_definition = fields.PropertiesDefinition(
        string="Sensitive answers that can be searched", copy=False
    )

    def write(self, vals):
        """Refuse to change by hand the definitions compiled from the forms."""
        if set(_DEFINITIONS) & set(vals):
            raise UserError(
                self.env._("The answers of a prestation are defined by its form.")
            )
        return super().write(vals)

    def _compile_definitions(self, schema):
        """Add what ``schema`` asks to what can be searched; nothing is dropped.

        :param dict schema: of a version published
        """
        self.ensure_one()
        options = {
            question.code: question.options or []
            for question in self.env["grc.form.question"].search(
                [("options", "!=", False)]
            )
        }
        ordinary, sensitive = schema_properties(schema, options)
        # Past our own ``write``, which refuses everybody else.
        models.Model.write(
            self,
            {
                "answers_definition": merged_definition(
                    self.answers_definition, ordinary
                ),
                "sensitive_definition": merged_definition(
                    self.sensitive_definition, sensitive
                ),
            },
        )
