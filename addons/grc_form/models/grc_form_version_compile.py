from odoo import models

from ..const import (
    BOUND_TYPES,
    COLUMNS,
    DATE_TYPES,
    KINDS_OF_IDENTITY,
    OPTION_TYPES,
    QUESTION_KEYS,
)
from ..rules.words import code_of


class GrcFormVersion(models.Model):
    """Lines of a form to the schema that is frozen, and back."""

    _inherit = "grc.form.version"

    # === LINES TO SCHEMA === #

    def _compile(self):
        """Return the schema of what the lines say now.

        :rtype: dict
        """
        self.ensure_one()
        pages = []
        for line in self.field_ids.sorted(lambda line: (line.sequence, line.id)):
            if line.kind == "page":
                pages.append(line._compile_page())
                continue
            if not pages:
                pages.append(self._first_page(line))
            pages[-1]["items"].append(line._compile())
        return {
            "format": 1,
            "pages": pages,
            "checks": [
                rule._compile() for rule in self.rule_ids if rule.kind == "check"
            ],
            "stops": [rule._compile() for rule in self.rule_ids if rule.kind == "stop"],
        }

    def _first_page(self, line):
        taken = set(self.all_field_ids.mapped("code"))
        return {
            "code": code_of("page", taken),
            "title": self.prestation_id.name,
            "visible_if": None,
            "items": [],
        }

    # === SCHEMA TO LINES === #

    def _fill_from_schema(self, schema):
        """Replace the lines and the rules of a draft by those of ``schema``.

        :param dict schema: checked already (``rules.schema.check_schema``)
        """
        self.ensure_one()
        self._check_draft()
        self.all_field_ids.unlink()
        self.rule_ids.unlink()
        lines, sequence = [], 0
        for page in schema["pages"]:
            sequence += 10
            lines.append(
                {
                    "kind": "page",
                    "code": page["code"],
                    "label": page["title"],
                    "visible_if": page.get("visible_if"),
                    "sequence": sequence,
                }
            )
            for item in page["items"]:
                sequence += 10
                lines.append(self._prepare_line(item) | {"sequence": sequence})
        self.env["grc.form.field"].create(
            [vals | {"version_id": self.id} for vals in lines]
        )
        self.env["grc.form.rule"].create(
            [
                vals | {"version_id": self.id}
                for kind, rules in (
                    ("check", schema.get("checks", [])),
                    ("stop", schema.get("stops", [])),
                )
                for vals in map(
                    lambda pair, kind=kind: self._prepare_rule(kind, *pair),
                    enumerate(rules),
                )
            ]
        )

    def _prepare_rule(self, kind, rank, rule):
        condition = rule["refuse_if"] if kind == "check" else rule["if"]
        return {
            "kind": kind,
            "sequence": 10 * (rank + 1),
            "code": rule["code"],
            "condition": condition,
            "title": rule.get("title"),
            "message": rule["message"],
            "at_codes": " ".join(rule.get("at", [])),
        }

    def _prepare_line(self, item):
        """Return the values of the line that compiles to ``item``."""
        vals = {
            "kind": item["kind"],
            "code": item["code"],
            "label": item.get("label") or item.get("title"),
            "help": item.get("help"),
            "visible_if": item.get("visible_if"),
        }
        match item["kind"]:
            case "explanation":
                vals |= {
                    "body": item["html"],
                    "image": item.get("image"),
                    "image_alt": item.get("image_alt"),
                    "is_image_decorative": item.get("image_decorative") or False,
                    "video_url": item.get("video_url"),
                }
            case "block":
                vals |= {
                    "item_label": item.get("item_label"),
                    "min_count": item.get("min") or 0,
                    "max_count": item.get("max") or 0,
                    "child_ids": self._prepare_children(item["items"]),
                }
            case "piece":
                vals |= {
                    "required": item.get("required", True),
                    "document_type_id": self._document_type(item["document"]).id,
                    "replaced_by": item.get("replaced_by"),
                }
            case "question":
                vals |= self._prepare_question(item)
        return vals

    def _prepare_children(self, items):
        return [
            (
                0,
                0,
                self._prepare_line({"kind": "question"} | item)
                | {"sequence": 10 * (rank + 1), "version_id": self.id},
            )
            for rank, item in enumerate(items)
        ]

    def _prepare_question(self, item):
        question_type = item["type"]
        vals = {
            "type": question_type,
            "required": item.get("required", True),
            "is_sensitive": item.get("sensitive", False),
            "prefill": item.get("prefill"),
        }
        columns = COLUMNS.get(question_type, {})
        vals |= {
            column: item[attribute]
            for attribute, column in columns.items()
            if attribute in item
        }
        if question_type == "member":
            vals["ask_birth_date"] = item.get("ask_birth_date", True)
        structure = self._prepare_structure(question_type, item)
        if "digits" in columns:
            # Left out: as many decimals as there are, not the default of the screen.
            vals["digits"] = item.get("digits") or 0
        # A number that is 0 is one: its column cannot tell it from nothing.
        zeros = {name for name in columns if type(item.get(name)) is int}
        zeros = {name for name in zeros if not item[name]}
        known = QUESTION_KEYS | (set(columns) - zeros) | set(structure)
        vals["extra"] = {
            name: value for name, value in item.items() if name not in known
        }
        for prepared in structure.values():
            vals |= prepared
        return vals

    def _prepare_structure(self, question_type, item):
        """Return the values of the attributes that are more than one column.

        :return: attribute -> values of the line
        :rtype: dict[str, dict]
        """
        if question_type in OPTION_TYPES:
            structure = {
                "options": {"option_ids": self._prepare_options(item["options"])}
            }
            labels = item.get("labels") or ["", ""]
            if question_type == "linked_choice" and labels[0] == item.get("label"):
                structure["labels"] = {"second_label": labels[1]}
            return structure
        if question_type in DATE_TYPES:
            return {
                side: self._prepare_day(item, side)
                for side in ("min", "max")
                if not _has_several_units(item.get(side))
            }
        if question_type in BOUND_TYPES:
            return {
                side: {f"{side}_value": str(item[side])}
                for side in ("min", "max")
                if item.get(side) is not None
            }
        if question_type == "identity":
            kinds = item.get("kinds") or KINDS_OF_IDENTITY
            return {
                "kinds": {f"kind_{kind}": kind in kinds for kind in KINDS_OF_IDENTITY}
            }
        if question_type == "member" and item.get("roles"):
            return {"roles": {"option_ids": self._prepare_options(item["roles"])}}
        if question_type == "table":
            columns = [{"required": False} | column for column in item["columns"]]
            return {"columns": {"child_ids": self._prepare_children(columns)}}
        return {}

    def _prepare_day(self, item, side):
        bound = item.get(side)
        if not bound:
            return {}
        if isinstance(bound, str):
            return {f"{side}_kind": "fixed", f"{side}_value": bound}
        unit, offset = next(iter(bound["today"].items()), ("days", 0))
        return {
            f"{side}_kind": "today",
            f"{side}_offset": offset,
            f"{side}_unit": unit,
        }

    def _prepare_options(self, options):
        return [
            (
                0,
                0,
                {
                    "sequence": 10 * (rank + 1),
                    "value": option["value"],
                    "label": option["label"],
                    "visible_if": option.get("visible_if"),
                    "child_ids": self._prepare_options(option.get("options", [])),
                },
            )
            for rank, option in enumerate(options)
        ]

    def _document_type(self, code):
        return self._document_types([code])[code]

    def _document_types(self, codes):
        """Return the kinds of documents of the local authority, by code.

        :rtype: dict[str, grc.document.type]
        """
        kinds = self.env["grc.document.type"].search(
            [
                ("company_id", "=", self.prestation_id.company_id.id),
                ("code", "in", list(codes)),
            ]
        )
        known = {kind.code: kind for kind in kinds}
        return {code: known.get(code, kinds.browse()) for code in codes}


def _has_several_units(bound):
    """Tell whether a bound counts from today in more than one unit: no column does."""
    return isinstance(bound, dict) and len(bound["today"]) > 1
