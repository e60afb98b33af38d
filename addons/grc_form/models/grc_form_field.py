from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..const import BOUND_KINDS, FIELD_KINDS, OFFSET_UNITS, QUESTION_TYPES
from ..rules.words import code_of, is_code


class GrcFormField(models.Model):
    """One line of a form: a page, a section, a question, a document, a block."""

    _name = "grc.form.field"
    _description = "Line of a form"
    _order = "sequence, id"
    _rec_name = "label"

    version_id = fields.Many2one(
        "grc.form.version", required=True, index=True, ondelete="cascade"
    )
    prestation_id = fields.Many2one(
        related="version_id.prestation_id", store=True, index=True
    )
    is_locked = fields.Boolean(related="version_id.is_locked")
    parent_id = fields.Many2one(
        "grc.form.field",
        string="In the block",
        index=True,
        ondelete="cascade",
        help="The block or the table that repeats this line.",
    )
    child_ids = fields.One2many("grc.form.field", "parent_id", string="Lines repeated")
    sequence = fields.Integer(default=10)
    kind = fields.Selection(FIELD_KINDS, required=True, default="question")
    code = fields.Char(
        help="Name of the answer in searches and conditions; kept for ever. Left "
        "empty, it is made from the label."
    )
    question_id = fields.Many2one(
        "grc.form.question", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    type = fields.Selection(QUESTION_TYPES, string="Type of answer")
    label = fields.Char(string="Wording")
    help = fields.Char(
        string="Hint", help="One sentence above the field: format, example."
    )
    required = fields.Boolean(string="Compulsory", default=True)
    is_sensitive = fields.Boolean(
        string="Sensitive",
        help="Read only by the agents who may read sensitive answers.",
    )
    visible_if = fields.Json(string="Shown if")
    prefill = fields.Char(
        string="Filled first from",
        help="Where the software finds what it already knows.",
    )

    min_kind = fields.Selection(BOUND_KINDS, string="Earliest day", default="none")
    min_value = fields.Char(string="At least")
    min_offset = fields.Integer()
    min_unit = fields.Selection(OFFSET_UNITS, default="days")
    max_kind = fields.Selection(BOUND_KINDS, string="Latest day", default="none")
    max_value = fields.Char(string="At most")
    max_offset = fields.Integer()
    max_unit = fields.Selection(OFFSET_UNITS, default="days")
    min_length = fields.Integer(string="Characters at least")
    max_length = fields.Integer(string="Characters at most")
    text_format = fields.Selection(
        [
            ("digits", "Digits only"),
            ("letters", "Letters only"),
            ("regex", "A pattern"),
        ],
        string="Format",
    )
    pattern = fields.Char(help="Regular expression, when no other format does.")
    pattern_hint = fields.Char(string="How to write it right")
    digits = fields.Integer(string="Decimals", default=2)
    unit = fields.Char(help="Written after the field: m², persons…")
    option_ids = fields.One2many("grc.form.option", "field_id", string="Options")
    display = fields.Selection(
        [("radio", "All visible"), ("list", "Drop-down list")], default="radio"
    )
    allow_other = fields.Boolean(string="“Other”, to be specified")
    second_label = fields.Char(string="Wording of the second list")
    min_count = fields.Integer(string="Number at least")
    max_count = fields.Integer(string="Number at most")
    item_label = fields.Char(string="Name of one row", help="e.g. Child")
    kind_person = fields.Boolean(string="A person", default=True)
    kind_company = fields.Boolean(string="A company")
    kind_association = fields.Boolean(string="An association")
    ask_birth_date = fields.Boolean(string="With the date of birth")
    number_required = fields.Boolean(string="With the SIRET or RNA number")
    abroad = fields.Boolean(string="Abroad too")
    extra = fields.Json(
        help="Attributes of the type that have no field here, kept from an import."
    )
    statement = fields.Text(help="What the citizen certifies.")
    formula = fields.Char(help="e.g. round(nombre_enfants * 12.5)")
    formula_result = fields.Selection(
        [("number", "Number"), ("text", "Text"), ("date", "Date")], default="number"
    )
    document_type_id = fields.Many2one(
        "grc.document.type", string="Document", index="btree_not_null"
    )
    replaced_by = fields.Char(
        help="Code of the data service whose answer makes the document needless."
    )
    body = fields.Html(string="Explanation", sanitize_attributes=True)
    image = fields.Binary(attachment=True)
    image_alt = fields.Char(
        string="What the picture shows",
        help="Read instead of the picture by whoever cannot see it (RGAA 1.1).",
    )
    is_image_decorative = fields.Boolean(
        string="Decorative picture",
        help="It says nothing that the text does not say: screen readers skip it.",
    )
    video_url = fields.Char(
        string="Address of a video",
        help="Offered as a link: nothing is asked of a third party before the "
        "citizen follows it.",
    )
    depth = fields.Integer(compute="_compute_depth")

    @api.depends("kind", "parent_id")
    def _compute_depth(self):
        for field in self:
            field.depth = 2 if field.parent_id else {"page": 0}.get(field.kind, 1)

    @api.constrains("code")
    def _check_code(self):
        for field in self.filtered("code"):
            if not is_code(field.code):
                raise ValidationError(
                    self.env._(
                        "“%(code)s” is not a code: small letters, digits and _, the "
                        "first a letter.",
                        code=field.code,
                    )
                )

    @api.constrains("parent_id", "version_id", "kind")
    def _check_parent(self):
        for field in self.filtered("parent_id"):
            parent = field.parent_id
            if parent.version_id != field.version_id or parent.parent_id:
                raise ValidationError(
                    self.env._("A block holds lines of its own form, on one level.")
                )
            if field.kind not in ("question", "piece"):
                raise ValidationError(
                    self.env._("A block holds questions and documents only.")
                )

    # === CRUD METHODS === #

    @api.model_create_multi
    def create(self, vals_list):
        fields_made = super().create(vals_list)
        fields_made.version_id._check_draft()
        fields_made._give_codes()
        fields_made._enter_dictionary()
        return fields_made

    def write(self, vals):
        """Refuse to change a line of a version that was published."""
        self.version_id._check_draft()
        result = super().write(vals)
        if "code" in vals and not vals["code"]:
            self._give_codes()
        if {"code", "type", "kind"} & set(vals):
            self._enter_dictionary()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_draft_only(self):
        self.version_id._check_draft()

    def action_duplicate(self):
        """Put a copy of the line, options and rows included, under it."""
        self.ensure_one()
        self.with_context(grc_after_line_id=self.id).copy(
            {"code": False, "sequence": None}
        )

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        for field, vals in zip(self, vals_list, strict=True):
            if default and default.get("code") is False:
                vals["label"] = self.env._("%(label)s (copy)", label=field.label)
            vals["option_ids"] = [
                (0, 0, option.copy_data({"field_id": False})[0])
                for option in field.option_ids
                if not option.parent_id
            ]
            vals["child_ids"] = [
                (0, 0, row.copy_data({"code": False, "parent_id": False})[0])
                for row in field.child_ids
            ]
        return vals_list

    # === CODES === #

    def _give_codes(self):
        """Make the code of the lines that have none from their wording."""
        for field in self.filtered(lambda line: not line.code):
            taken = set((field.version_id.all_field_ids - field).mapped("code"))
            words = field.label or field.document_type_id.name or field.kind
            field.code = code_of(words, taken | field._codes_of_others())

    def _codes_of_others(self):
        """Return the codes that mean another type of answer.

        Those of the dictionary, and those of the catalogue that ships.

        :rtype: set[str]
        """
        if self.kind != "question":
            return set()
        stem = code_of(self.label or self.kind)
        # sudo: only to choose a code that is free
        others = (
            self.env["grc.form.question"]
            .sudo()
            .search([("code", "=like", f"{stem}%"), ("type", "!=", self.type)])
        )
        catalogue = self.env["grc.prestation.model"]._code_types().items()
        return set(others.mapped("code")) | {
            code for code, kind in catalogue if kind != self.type
        }

    def _enter_dictionary(self):
        """Tie each question to its entry of the dictionary.

        :raise ValidationError: when the code has another type elsewhere
        """
        for field in self:
            if field.kind != "question":
                continue
            if not field.type:
                raise UserError(
                    self.env._("Choose the type of answer of “%s”.", field.label or "")
                )
            field._forget_lone_datum()
            question = self.env["grc.form.question"]._datum(
                field.code, field.type, field.label
            )
            if field.question_id != question:
                # sudo: the tie is ours, the line was checked above
                field.sudo().question_id = question

    def _forget_lone_datum(self):
        """Drop the entry of the dictionary that this draft alone had brought in.

        No version seen by citizens asks it: its type may still be mended.
        """
        datum = self.question_id
        is_same = (datum.code, datum.type) == (self.code, self.type)
        # sudo: a line of another local authority counts too
        if not datum or is_same or datum.sudo().field_ids != self:
            return
        # sudo: the tie is ours, the line was checked above
        self.sudo().question_id = False
        datum.sudo().unlink()  # sudo: see above
