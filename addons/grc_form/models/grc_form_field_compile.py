from odoo import models

from ..const import (
    BOUND_TYPES,
    COLUMNS,
    DATE_TYPES,
    KINDS_OF_IDENTITY,
    OPTION_TYPES,
)
from ..rules.markup import cleaned


class GrcFormField(models.Model):
    """One line to its item of the schema."""

    _inherit = "grc.form.field"

    def _compile_page(self):
        return {
            "code": self.code,
            "title": self.label or "",
            "visible_if": self.visible_if or None,
            "items": [],
        }

    def _compile(self):
        """Return the item of the schema that this line is.

        :rtype: dict
        """
        self.ensure_one()
        item = {
            "kind": self.kind,
            "code": self.code,
            "visible_if": self.visible_if or None,
        }
        match self.kind:
            case "section":
                return item | {"title": self.label or "", "help": self.help or ""}
            case "explanation":
                return item | self._compile_explanation()
            case "piece":
                piece = {
                    "document": self.document_type_id.code or "",
                    "label": self.label or "",
                    "help": self.help or "",
                    "required": self.required,
                }
                if self.replaced_by:
                    piece["replaced_by"] = self.replaced_by
                return item | piece
            case "block":
                return item | {
                    "label": self.label or "",
                    "item_label": self.item_label or "",
                    "help": self.help or "",
                    "min": self.min_count,
                    "max": self.max_count or None,
                    "items": self._compile_children(),
                }
        return item | self._compile_question()

    def _compile_explanation(self):
        item = {
            # What the editor of the screen adds is not what citizens read.
            "html": cleaned(str(self.body or "")),
            "image": self.image.decode() if self.image else None,
            "video_url": self.video_url or None,
        }
        if self.image and self.is_image_decorative:
            item["image_decorative"] = True
        elif self.image and self.image_alt:
            item["image_alt"] = self.image_alt.strip()
        return item

    def _compile_children(self):
        lines = self.child_ids.sorted(lambda line: (line.sequence, line.id))
        return [line._compile() for line in lines]

    def _compile_question(self):
        item = {
            "type": self.type,
            "label": self.label or "",
            "help": self.help or "",
            "required": self.required,
            "sensitive": self.is_sensitive,
            "prefill": self.prefill or None,
        }
        item |= {
            attribute: self[column]
            for attribute, column in COLUMNS.get(self.type, {}).items()
            if self[column] or self._fields[column].type == "boolean"
        }
        return (self.extra or {}) | item | self._compile_structure()

    def _compile_structure(self):
        """Return the attributes that are more than one column."""
        options = self.option_ids.filtered(lambda option: not option.parent_id)
        if self.type in OPTION_TYPES:
            structure = {"options": self._compile_options(options)}
            if self.type == "linked_choice" and self.second_label:
                structure["labels"] = [self.label or "", self.second_label or ""]
            return structure
        if self.type in DATE_TYPES:
            return self._compile_day("min") | self._compile_day("max")
        if self.type in BOUND_TYPES:
            return self._compile_bounds()
        if self.type == "identity":
            kinds = [kind for kind in KINDS_OF_IDENTITY if self[f"kind_{kind}"]]
            return {"kinds": kinds or list(KINDS_OF_IDENTITY)}
        if self.type == "member" and options:
            return {"roles": self._compile_options(options)}
        if self.type == "table":
            return {"columns": self._compile_children()}
        return {}

    def _compile_bounds(self):
        bounds = {
            side: self[f"{side}_value"].strip()
            for side in ("min", "max")
            if self[f"{side}_value"]
        }
        if self.type != "integer":
            return {side: text.replace(",", ".") for side, text in bounds.items()}
        return {
            # Left as it is when it is no number: the check of the schema says so.
            side: int(text) if text.lstrip("-").isdigit() else text
            for side, text in bounds.items()
        }

    def _compile_day(self, side):
        kind = self[f"{side}_kind"]
        if kind == "fixed" and self[f"{side}_value"]:
            return {side: self[f"{side}_value"].strip()}
        if kind == "today":
            unit = self[f"{side}_unit"] or "days"
            return {side: {"today": {unit: self[f"{side}_offset"]}}}
        return {}

    def _compile_options(self, options):
        compiled = []
        for option in options.sorted(lambda option: (option.sequence, option.id)):
            line = {"value": option.value, "label": option.label}
            if option.visible_if:
                line["visible_if"] = option.visible_if
            if self.type == "linked_choice" and not option.parent_id:
                line["options"] = self._compile_options(option.child_ids)
            compiled.append(line)
        return compiled


class GrcFormRule(models.Model):
    _inherit = "grc.form.rule"

    def _compile(self):
        """Return the check or the stop that this rule is.

        :rtype: dict
        """
        self.ensure_one()
        code = self.code or f"{self.kind}_{self.id}"
        if self.kind == "check":
            return {
                "code": code,
                "refuse_if": self.condition or None,
                "message": self.message,
                "at": (self.at_codes or "").split(),
            }
        return {
            "code": code,
            "if": self.condition or None,
            "title": self.title or "",
            "message": self.message,
        }
