import hashlib
import json
import re

from odoo import api, fields, models
from odoo.tools import format_date

from ..rules.reachable import reachable

LONGEST_CONTENT = 90
LINE_STEP = 10
# Kinds of answers that a formula may use.
FORMULA_KINDS = ("number", "day", "rows", "flag", "one")


class GrcFormVersion(models.Model):
    """The screen with which an administrator builds a form."""

    _inherit = "grc.form.version"

    preview_stamp = fields.Char(
        compute="_compute_preview_stamp",
        help="Changes when what the citizen would see changes.",
    )
    summary_text = fields.Char(compute="_compute_summary_text")
    error_count = fields.Integer(compute="_compute_finding_counts")
    warning_count = fields.Integer(compute="_compute_finding_counts")

    @api.depends("all_field_ids", "rule_ids", "state")
    def _compute_preview_stamp(self):
        for version in self:
            text = json.dumps(version._asked(), sort_keys=True, default=str)
            version.preview_stamp = hashlib.sha256(text.encode()).hexdigest()[:16]

    @api.depends("question_count", "known_count", "published_at")
    def _compute_summary_text(self):
        for version in self:
            text = self.env._(
                "Questions: %(questions)s, of which %(known)s filled first with what "
                "is already known.",
                questions=version.question_count,
                known=version.known_count,
            )
            if version.published_at:
                published = self.env._(
                    "Published on %(day)s by %(user)s.",
                    day=format_date(self.env, version.published_at),
                    user=version.published_by_id.name or "",
                )
                text = f"{text} {published}"
            version.summary_text = text

    @api.depends("all_field_ids", "rule_ids", "state")
    def _compute_finding_counts(self):
        for version in self:
            found = version._findings() if version.state == "draft" else []
            levels = [one["level"] for one in found]
            version.error_count = levels.count("error")
            version.warning_count = levels.count("warning")

    def _attribute_words(self):
        """Return what each attribute of a line is called, by its key in the schema.

        :rtype: dict[str, str]
        """
        limits = self.env._("limits")
        condition = self.env._("condition")
        kept = self.env._("type of answer")
        return {
            "label": self.env._("wording"),
            "title": self.env._("title"),
            "item_label": self.env._("name of one row"),
            "labels": self.env._("wording"),
            "help": self.env._("hint"),
            "required": self.env._("compulsory or not"),
            "sensitive": self.env._("sensitive or not"),
            "prefill": self.env._("first answer proposed"),
            "replaced_by": self.env._("data that replace it"),
            "visible_if": condition,
            "refuse_if": condition,
            "if": condition,
            "message": self.env._("message"),
            "at": self.env._("place of the message"),
            "options": self.env._("possible answers"),
            "roles": self.env._("possible answers"),
            "kinds": self.env._("possible answers"),
            "other": self.env._("“Other”"),
            "display": self.env._("display"),
            "document": self.env._("document"),
            "html": self.env._("text"),
            "text": self.env._("text"),
            "image": self.env._("picture"),
            "image_alt": self.env._("words of the picture"),
            "image_decorative": self.env._("decorative picture"),
            "video_url": self.env._("video"),
            "formula": self.env._("formula"),
            "unit": self.env._("unit"),
            "min": limits,
            "max": limits,
            "min_length": limits,
            "max_length": limits,
            "digits": self.env._("decimals"),
            "format": self.env._("format"),
            "pattern": self.env._("format"),
            "pattern_hint": self.env._("format"),
            "type": kept,
            "kind": kept,
        }

    def _fault_words(self, params):
        """Return the params of a fault in words: wordings instead of codes.

        :param dict params: texts, by name (``rules.codes``)
        :rtype: dict[str, str]
        """
        verbs = self._condition_verbs()
        labels = {line.code: line.shown_label for line in self.all_field_ids}
        told = {
            "what": {
                "purpose": self.env._("the purpose"),
                "legal_basis": self.env._("the legal ground"),
                "recipients": self.env._("who receives the data"),
            },
            "attribute": self._attribute_words(),
            "key": self._attribute_words(),
            "op": {op: verbs[op] for op in verbs if "." not in op},
            "source": labels,
            "block": labels,
        }
        return {
            name: told.get(name, {}).get(value) or value
            for name, value in params.items()
        }

    def _placed_fault(self, schema, path, text):
        """Return the sentence of a fault with the name of the line where it is.

        :param str path: ``pages[0].items[2].visible_if``
        :rtype: str
        """
        held = [schema]
        for key, rank in re.findall(r"(pages|items|columns)\[([0-9]+)\]", path):
            lines = held[-1].get(key) or []
            held += lines[int(rank) : int(rank) + 1]
        name = held[-1].get("label") or held[-1].get("title")
        if not name:
            return text
        return self.env._("%(name)s: %(problem)s", name=name, problem=text)

    def action_try(self):
        """Open the form as a citizen would fill it; nothing is filed."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/demarches/essai/{self.id}",
            "target": "new",
        }

    def action_open_publication(self):
        """Open the window that shows what the publication changes."""
        self.ensure_one()
        return self._window("grc_form.grc_form_publication_action")

    def action_insert_snippet(self):
        """Open the window that inserts a ready-made block."""
        self.ensure_one()
        return self._window("grc_form.grc_form_snippet_use_action")

    def action_save_snippet(self):
        """Open the window that keeps lines as a ready-made block."""
        self.ensure_one()
        return self._window("grc_form.grc_form_snippet_save_action")

    def _window(self, action):
        window = self.env["ir.actions.act_window"]._for_xml_id(action)
        return window | {"context": {"default_version_id": self.id}}


class GrcFormField(models.Model):
    _inherit = "grc.form.field"

    nature_text = fields.Char(string="Answer", compute="_compute_nature_text")
    content_text = fields.Char(compute="_compute_content_text")
    shown_label = fields.Char(compute="_compute_shown_label")
    formula_codes = fields.Json(compute="_compute_formula_codes")

    @api.depends("kind", "type", "document_type_id.name")
    def _compute_nature_text(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        types = dict(self._fields["type"]._description_selection(self.env))
        for line in self:
            if line.kind == "question":
                line.nature_text = types.get(line.type, "")
            elif line.kind in ("piece", "block"):
                line.nature_text = kinds[line.kind]
            else:
                line.nature_text = ""

    @api.depends("kind", "label", "document_type_id.name")
    def _compute_shown_label(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for line in self:
            named = line.label or line.document_type_id.name
            line.shown_label = named or kinds.get(line.kind, "")

    @api.depends("shown_label")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.shown_label

    @api.depends(
        "child_ids.label", "option_ids.label", "document_type_id.name", "help", "body"
    )
    def _compute_content_text(self):
        for line in self:
            if line.kind == "piece":
                named = line.label and line.label != line.document_type_id.name
                texts = [line.document_type_id.name or ""] if named else []
            else:
                inside = line.child_ids or line.option_ids
                texts = [one.label or "" for one in inside.sorted("sequence")]
            text = " · ".join(texts)
            line.content_text = (
                text[: LONGEST_CONTENT - 1].rstrip() + "…"
                if len(text) > LONGEST_CONTENT
                else text
            )

    @api.depends("version_id", "type")
    def _compute_formula_codes(self):
        for line in self:
            line.formula_codes = (
                line._formula_codes() if line.type == "computed" else []
            )

    def _formula_codes(self):
        """Return what the formula of the line may read: ``[code, label]`` of each.

        A line of a block is read from outside as ``block.code``, to be added up.
        """
        saved, own = self.version_id._origin, self.parent_id._origin.code
        code = self._origin.code or self._next_line().code or None
        schema = saved._compile() if saved else {"pages": []}
        return [
            [
                source["path"]
                if source["block"] in (None, own)
                else f"{source['block']}.{source['path']}",
                source["label"],
            ]
            for source in reachable(schema, code, own, rows=True)
            if source["kind"] in FORMULA_KINDS
            and source["type"] != "piece"
            and not source["part"]
        ]

    @api.model_create_multi
    def create(self, vals_list):
        """Put each new line after the one it was asked under, else at the end."""
        after = self.browse(self.env.context.get("grc_after_line_id") or [])
        for vals in vals_list:
            if vals.get("sequence") is None:
                vals["sequence"] = self._sequence_after(vals, after)
        lines = super().create(vals_list)
        for line in lines.filtered(lambda line: line.kind == "piece" and line.label):
            if line.label == line.document_type_id.name:
                line.label = False
        return lines

    @api.model
    def _sequence_after(self, vals, after):
        siblings = self.search(
            [
                ("version_id", "=", vals.get("version_id")),
                ("parent_id", "=", vals.get("parent_id") or False),
            ]
        )
        if after not in siblings:
            return max(siblings.mapped("sequence"), default=0) + LINE_STEP
        rank = siblings.ids.index(after.id) + 1
        for place, line in enumerate(siblings):
            line.sequence = LINE_STEP * (place + 1 + (place >= rank))
        return LINE_STEP * (rank + 1)

    def action_remove(self):
        """Take the line out of the form, with what it repeats."""
        self.unlink()

    def action_leave_block(self):
        """Put a repeated line just under its block."""
        self.ensure_one()
        block = self.parent_id
        self.write(
            {
                "parent_id": False,
                "sequence": self.with_context(grc_after_line_id=0)._sequence_after(
                    {"version_id": self.version_id.id}, block
                ),
            }
        )
