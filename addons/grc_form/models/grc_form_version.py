from odoo import api, fields, models
from odoo.exceptions import UserError

from ..const import VERSION_STATES


class GrcFormVersion(models.Model):
    """One state of the form of a prestation: in preparation, in use, or replaced.

    A published version never changes: the files filed under it are read with it.
    """

    _name = "grc.form.version"
    _description = "Version of a form"
    _inherit = ["mail.thread"]
    _order = "prestation_id, number desc"
    _rec_names_search = ["prestation_id.name"]

    prestation_id = fields.Many2one(
        "grc.prestation", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="prestation_id.company_id", store=True)
    number = fields.Integer(required=True, readonly=True)
    state = fields.Selection(
        VERSION_STATES, required=True, default="draft", readonly=True, tracking=True
    )
    field_ids = fields.One2many(
        "grc.form.field",
        "version_id",
        string="Lines",
        domain=[("parent_id", "=", False)],
        context={"active_test": False},
    )
    all_field_ids = fields.One2many("grc.form.field", "version_id")
    rule_ids = fields.One2many("grc.form.rule", "version_id", string="Rules")
    note = fields.Char(help="What changes, for those who come after.")
    schema = fields.Json(
        readonly=True,
        # Large, and read through ``_asked``, which keeps it in memory.
        prefetch=False,
        help="What the citizens saw, frozen at the publication.",
    )
    schema_sha256 = fields.Char(string="Fingerprint (SHA-256)", readonly=True)
    published_at = fields.Datetime(readonly=True)
    published_by_id = fields.Many2one("res.users", readonly=True)
    is_locked = fields.Boolean(compute="_compute_is_locked")
    question_count = fields.Integer(compute="_compute_counts", string="Questions")
    known_count = fields.Integer(
        compute="_compute_counts",
        string="Filled first",
        help="Questions that the software can fill with what it already knows.",
    )
    request_count = fields.Integer(compute="_compute_request_count")

    _number_uniq = models.Constraint(
        "unique(prestation_id, number)", "This version already exists."
    )
    _one_draft = models.UniqueIndex(
        "(prestation_id) WHERE state = 'draft'",
        "A version of this form is already being prepared.",
    )
    _one_published = models.UniqueIndex(
        "(prestation_id) WHERE state = 'published'",
        "A version of this form is already published.",
    )

    @api.depends("prestation_id.name", "number")
    def _compute_display_name(self):
        for version in self:
            version.display_name = self.env._(
                "%(prestation)s, version %(number)s",
                prestation=version.prestation_id.name,
                number=version.number,
            )

    @api.depends("state")
    def _compute_is_locked(self):
        for version in self:
            version.is_locked = version.state != "draft"

    @api.depends("all_field_ids.kind", "all_field_ids.prefill")
    def _compute_counts(self):
        for version in self:
            questions = version.all_field_ids.filtered(
                lambda line: line.kind == "question"
            )
            version.question_count = len(questions)
            version.known_count = len(questions.filtered("prefill"))

    def _compute_request_count(self):
        counts = dict(
            self.env["grc.request"]._read_group(
                [("form_version_id", "in", self.ids)],
                ["form_version_id"],
                ["__count"],
            )
        )
        for version in self:
            version.request_count = counts.get(version, 0)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            last = self.search(
                [("prestation_id", "=", vals["prestation_id"])],
                order="number desc",
                limit=1,
            )
            vals["number"] = last.number + 1
        return super().create(vals_list)

    def write(self, vals):
        """Refuse to change what citizens have already seen."""
        if {"rule_ids", "field_ids", "all_field_ids", "prestation_id"} & set(vals):
            self._check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_draft_only(self):
        self._check_draft()

    def _check_draft(self):
        """Refuse to touch a version that citizens have seen.

        :raise UserError: when a version is not a draft any more
        """
        if any(version.state != "draft" for version in self):
            raise UserError(
                self.env._(
                    "A published version does not change: files were filed under it. "
                    "Prepare a new version."
                )
            )

    def action_new_draft(self):
        """Open the draft of the prestation, made from this version if there is none.

        :return: the action that shows it
        :rtype: dict
        """
        self.ensure_one()
        forms = self.search(
            [("prestation_id", "=", self.prestation_id.id), ("state", "=", "draft")]
        )
        draft = forms[:1]
        if not draft:
            draft = self.create({"prestation_id": self.prestation_id.id})
            draft._fill_from_schema(self.schema or self._compile())
        return draft._action_open()

    def action_restore(self):
        """Put what this version asked in the draft, in place of what it holds."""
        self.ensure_one()
        draft = self.prestation_id._draft_version()
        draft._fill_from_schema(self.schema or self._compile())
        draft.note = self.env._("Restored from version %s", self.number)
        return draft._action_open()

    def _action_open(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def action_open_requests(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "grc_base.grc_request_action"
        )
        return action | {"domain": [("form_version_id", "=", self.id)]}
