from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..const import QUESTION_TYPES
from ..rules.words import is_code


class GrcFormQuestion(models.Model):
    """The dictionary: one code, one type, in every form and for ever.

    Answers of all prestations are searched and grouped together: a code whose type
    changed would mix what cannot be compared.
    """

    _name = "grc.form.question"
    _description = "Datum of the dictionary"
    _order = "code"
    _rec_names_search = ["code", "label"]

    code = fields.Char(required=True, readonly=True)
    label = fields.Char(required=True)
    type = fields.Selection(QUESTION_TYPES, required=True, readonly=True)
    options = fields.Json(
        default=list,
        readonly=True,
        help="Every option ever published, in the order of their coming.",
    )
    field_ids = fields.One2many("grc.form.field", "question_id", string="Asked by")
    prestation_count = fields.Integer(
        string="Prestations that ask it",
        compute="_compute_prestation_count",
        search="_search_prestation_count",
    )

    _code_uniq = models.Constraint(
        "unique(code)", "The dictionary already has this code."
    )

    @api.depends("code", "label")
    def _compute_display_name(self):
        for question in self:
            question.display_name = f"{question.label} ({question.code})"

    def _search_prestation_count(self, operator, value):
        compare = {
            "in": lambda count: count in value,
            ">": lambda count: count > value,
            ">=": lambda count: count >= value,
            "<": lambda count: count < value,
            "<=": lambda count: count <= value,
        }.get(operator)
        if compare is None:
            return NotImplemented
        asked = self._prestation_counts([])
        found = [question for question, count in asked.items() if compare(count)]
        if not compare(0):
            return [("id", "in", found)]
        return [("id", "not in", [one for one in asked if one not in found])]

    @api.depends("field_ids.version_id.state")
    def _compute_prestation_count(self):
        counts = self._prestation_counts([("question_id", "in", self.ids)])
        for question in self:
            question.prestation_count = counts.get(question.id, 0)

    def _prestation_counts(self, domain):
        """Return how many prestations ask each datum, those asked only.

        :rtype: dict[int, int]
        """
        return {
            question.id: count
            for question, count in self.env["grc.form.field"]._read_group(
                [
                    ("question_id", "!=", False),
                    ("version_id.state", "in", ("draft", "published")),
                    *domain,
                ],
                ["question_id"],
                ["prestation_id:count_distinct"],
            )
        }

    @api.constrains("code")
    def _check_code(self):
        for question in self:
            if not is_code(question.code):
                raise ValidationError(
                    self.env._(
                        "“%(code)s” is not a code: small letters, digits and _, the "
                        "first a letter.",
                        code=question.code,
                    )
                )

    def write(self, vals):
        """Refuse to change what answers already given rest on."""
        if {"code", "type"} & set(vals) and any(
            vals.get(name, question[name]) != question[name]
            for question in self
            for name in ("code", "type")
        ):
            raise UserError(
                self.env._(
                    "A code keeps its type for ever: take another code for another "
                    "question."
                )
            )
        return super().write(vals)

    @api.model
    def _datum(self, code, question_type, label):
        """Return the entry of the dictionary for ``code``, made when it is new.

        :raise ValidationError: when the code has another type already
        :rtype: grc.form.question
        """
        # sudo: the dictionary is fed by whoever may write a form
        questions_sudo = self.sudo()
        question = questions_sudo.search([("code", "=", code)], limit=1)
        if not question:
            question = questions_sudo.create(
                {"code": code, "type": question_type, "label": label or code}
            )
        if question.type != question_type:
            names = dict(self._fields["type"]._description_selection(self.env))
            raise ValidationError(
                self.env._(
                    "The code “%(code)s” already means “%(label)s” (%(known)s) in "
                    "other forms: take another code for a question of the type "
                    "“%(asked)s”.",
                    code=code,
                    label=question.label,
                    known=names[question.type],
                    asked=names[question_type],
                )
            )
        return question.with_env(self.env)

    def _learn_options(self, options):
        """Add ``options`` that are new to those ever published; none is dropped.

        :param options: ``(value, label)`` of each
        :return: True when something was added or renamed
        :rtype: bool
        """
        self.ensure_one()
        known = {value: label for value, label in self.options or []}
        updated = known | dict(options)
        if updated == known:
            return False
        self.sudo().options = [
            list(pair) for pair in updated.items()
        ]  # sudo: see above
        return True
