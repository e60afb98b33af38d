from odoo import api, fields, models

from ..rules.words import without_doubts

# Who may read the forms themselves; citizens read the pages made of them.
FORM_READERS = "grc_base.group_grc_agent,grc_base.group_grc_desk"
DOMICILE_CASES = [
    ("identity_title", "Identity or travel document, residence permit"),
    ("vehicle_registration", "Vehicle registration"),
    ("accommodation_certificate", "Certificate of accommodation of a foreigner"),
    ("electoral_roll", "Electoral roll"),
    ("nationality", "Nationality"),
    ("school_enrolment", "School enrolment"),
]


class GrcPrestation(models.Model):
    """The form of a prestation, and what the law says of the data it asks."""

    _inherit = "grc.prestation"

    form_version_ids = fields.One2many(
        "grc.form.version",
        "prestation_id",
        string="Versions of the form",
        groups=FORM_READERS,
    )
    published_version_id = fields.Many2one(
        "grc.form.version",
        string="Form in use",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    form_version_count = fields.Integer(
        compute="_compute_form_version_count", groups=FORM_READERS
    )
    form_text = fields.Char(
        string="Form", compute="_compute_form_text", groups=FORM_READERS
    )
    domicile_case = fields.Selection(
        DOMICILE_CASES,
        string="Case of the proof of domicile",
        tracking=True,
        help="The only cases in which a person must prove her domicile (CRPA, art. "
        "R113-8); elsewhere her word is enough.",
    )
    privacy_purpose = fields.Char(
        string="Purpose of the data", translate=True, tracking=True
    )
    privacy_legal_basis = fields.Char(
        string="Legal ground of the processing",
        translate=True,
        tracking=True,
        help="e.g. Mission of public interest (GDPR, art. 6.1.e).",
    )
    privacy_recipients = fields.Char(
        string="Who receives the data", translate=True, tracking=True
    )

    @api.depends("form_version_ids")
    def _compute_form_version_count(self):
        for prestation in self:
            prestation.form_version_count = len(prestation.form_version_ids)

    @api.depends("published_version_id", "form_version_ids.state")
    def _compute_form_text(self):
        for prestation in self:
            version = prestation.published_version_id
            if version:
                prestation.form_text = self.env._(
                    "Version %(number)s, %(count)s questions",
                    number=version.number,
                    count=version.question_count,
                )
            elif prestation.form_version_ids:
                prestation.form_text = self.env._("Being prepared")
            else:
                prestation.form_text = self.env._("None")

    def _draft_version(self):
        """Return the form in preparation, created from the one in use if needed.

        :rtype: grc.form.version
        """
        self.ensure_one()
        forms = self.env["grc.form.version"]
        draft = forms.search(
            [("prestation_id", "=", self.id), ("state", "=", "draft")], limit=1
        )
        if not draft:
            draft = forms.create({"prestation_id": self.id})
            if self.published_version_id:
                draft._fill_from_schema(self.published_version_id.schema)
        return draft

    def _retention_for_public(self):
        """Return how long files are kept, without what the town must still confirm.

        :rtype: str
        """
        self.ensure_one()
        return without_doubts(self.retention_text)

    def action_open_form(self):
        """Show the form in preparation, where an administrator builds it."""
        return self._draft_version()._action_open()

    def action_open_versions(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "grc_form.grc_form_version_action"
        )
        return action | {
            "domain": [("prestation_id", "=", self.id)],
            "context": {"default_prestation_id": self.id},
        }

    def _publication_problems(self):
        problems = super()._publication_problems()
        draft = self.form_version_ids.filtered(lambda form: form.state == "draft")
        if draft and not self.published_version_id:
            problems.append(
                self.env._("Its form is still being prepared: publish the form first.")
            )
        return problems
