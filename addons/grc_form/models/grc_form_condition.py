from odoo import api, fields, models

from ..rules.reachable import OFFERED, reachable
from ..rules.sentence import PROFILE_PREFIX, sentence

# What is known of the citizen, as a condition reads it: key -> kind of answer.
_PROFILE = {
    "signed_in": "flag",
    "kind": "one",
    "age": "number",
    "has_children": "flag",
    "children_count": "number",
}


class GrcFormVersion(models.Model):
    """Conditions in words: what they may read, and the sentence that they are."""

    _inherit = "grc.form.version"

    def _condition_text(self, condition, names=None):
        """Return a condition as a sentence, empty when there is none.

        :param condition: JSON tree (see the contract of ``rules.conditions``)
        :param dict names: of ``_condition_names``, when the caller has them already
        :rtype: str
        """
        if not condition:
            return ""
        words = self._condition_words()
        names = self._condition_names() if names is None else names
        if set(condition) == {"not"}:
            return words["unless"] % {"text": sentence(condition["not"], names, words)}
        return words["if"] % {"text": sentence(condition, names, words)}

    def _condition_names(self, schema=None):
        """Return what conditions of this form read, by path.

        :rtype: dict[str, dict]
        """
        sources = self._condition_sources(schema or self._asked(), rows=True)
        return {source["path"]: source for source in sources}

    def _condition_sources(self, schema, code=None, block=None, rows=False):
        """Return what a condition at one place may read, with its words.

        :param dict schema: of the form as it is now
        :param str code: of the line whose condition it is; None for the end
        :rtype: list[dict]
        """
        parts = self._part_labels() | {
            "0": self.env._("first"),
            "1": self.env._("second"),
            "2": self.env._("third"),
            "3": self.env._("fourth"),
            "code": self.env._("official code"),
            "name": self.env._("name"),
        }
        words = self._form_words()["answers"]
        sources = reachable(schema, code, block, rows)
        for source in sources:
            part = source.pop("part")
            if part:
                name = parts.get(part, part)
                source["label"] = f"{source['label']} – {name}"
            source["options"] = source["options"] and [
                [value, label or words.get(value, value)]
                for value, label in source["options"]
            ]
        return sources + self._profile_sources(words)

    def _profile_sources(self, words):
        labels = {
            "signed_in": self.env._("The citizen is signed in"),
            "kind": self.env._("The citizen"),
            "age": self.env._("Age of the citizen"),
            "has_children": self.env._("The citizen has minor children"),
            "children_count": self.env._("Minor children of the citizen"),
        }
        kinds = ("person", "company", "association")
        return [
            {
                "path": f"{PROFILE_PREFIX}{key}",
                "label": labels[key],
                "kind": kind,
                "type": "integer" if kind == "number" else key,
                "options": [[one, words[one]] for one in kinds]
                if key == "kind"
                else None,
                "page": self.env._("What is known of the citizen"),
            }
            for key, kind in _PROFILE.items()
        ]

    def _condition_editor(self, sources):
        """Return what the condition editor of the screens needs.

        :rtype: dict
        """
        words = self._condition_words()
        verbs = words.pop("verbs")
        return {
            "sources": sources,
            "offered": {kind: list(ops) for kind, ops in OFFERED.items()},
            "verbs": verbs,
            "words": words,
        }

    @api.model
    def _condition_words(self):
        return {
            "if": self.env._("if %(text)s"),
            "unless": self.env._("unless %(text)s"),
            "and": self.env._("and"),
            "or": self.env._("or"),
            "not": self.env._("not (%(text)s)"),
            "group": self.env._("(%(text)s)"),
            "quoted": self.env._("“%(text)s”"),
            "yes": self.env._("yes"),
            "no": self.env._("no"),
            "today": self.env._("today"),
            "later": "+",
            "sooner": "−",
            "days": self.env._("days"),
            "months": self.env._("months"),
            "years": self.env._("years"),
            "verbs": self._condition_verbs(),
        }

    @api.model
    def _condition_verbs(self):
        """Return the words of each comparison, by operator or ``operator.kind``."""
        return {
            "eq": self.env._("is"),
            "ne": self.env._("is not"),
            "in": self.env._("is one of"),
            "not_in": self.env._("is none of"),
            "contains": self.env._("contains"),
            "not_contains": self.env._("does not contain"),
            "starts_with": self.env._("starts with"),
            "empty": self.env._("is not filled"),
            "filled": self.env._("is filled"),
            "lt": self.env._("is less than"),
            "le": self.env._("is at most"),
            "gt": self.env._("is more than"),
            "ge": self.env._("is at least"),
            "lt.day": self.env._("is before"),
            "le.day": self.env._("is on or before"),
            "gt.day": self.env._("is after"),
            "ge.day": self.env._("is on or after"),
            "count_eq": self.env._("counts exactly"),
            "count_ge": self.env._("counts at least"),
            "count_le": self.env._("counts at most"),
            "age_ge": self.env._("gives an age of at least"),
            "age_lt": self.env._("gives an age under"),
        }


class GrcFormField(models.Model):
    _inherit = "grc.form.field"

    condition_text = fields.Char(string="Condition", compute="_compute_condition_text")
    condition_sources = fields.Json(compute="_compute_condition_sources")

    @api.depends("visible_if", "version_id")
    def _compute_condition_text(self):
        # Labels of the other lines are read as they are saved.
        for version, lines in self.grouped(lambda line: line.version_id).items():
            saved = version._origin
            has_some = any(line.visible_if for line in lines)
            names = saved._condition_names() if has_some and saved else {}
            for line in lines:
                line.condition_text = saved._condition_text(line.visible_if, names)

    @api.depends("version_id", "parent_id", "kind")
    def _compute_condition_sources(self):
        for version, lines in self.grouped(lambda line: line.version_id).items():
            saved = version._origin
            schema = saved._compile() if saved else {"pages": []}
            for line in lines:
                sources = saved._condition_sources(
                    schema,
                    line._origin.code or line._next_line().code or None,
                    line.parent_id._origin.code if not line._origin else None,
                )
                line.condition_sources = saved._condition_editor(sources)

    def _next_line(self):
        """Return the line before which a new line is going to stand, if any.

        :rtype: grc.form.field
        """
        after = self.env.context.get("grc_after_line_id")
        lines = self.version_id._origin.field_ids.sorted(
            lambda line: (line.sequence, line.id)
        )
        ids = lines.ids
        if self._origin or self.parent_id or after not in ids[:-1]:
            return lines.browse()
        return lines[ids.index(after) + 1]


class GrcFormOption(models.Model):
    _inherit = "grc.form.option"

    condition_text = fields.Char(string="Condition", compute="_compute_condition_text")
    condition_sources = fields.Json(compute="_compute_condition_sources")

    @api.depends("visible_if", "field_id")
    def _compute_condition_text(self):
        for version, options in self._by_version():
            has_some = any(option.visible_if for option in options)
            names = version._condition_names() if has_some and version else {}
            for option in options:
                option.condition_text = version._condition_text(
                    option.visible_if, names
                )

    @api.depends("field_id")
    def _compute_condition_sources(self):
        for option in self:
            # The same as those of its question.
            line = option.field_id or option.parent_id.field_id
            option.condition_sources = line.condition_sources

    def _by_version(self):
        groups = self.grouped(
            lambda option: (
                (option.field_id or option.parent_id.field_id).version_id._origin
            )
        )
        return groups.items()


class GrcFormRule(models.Model):
    _inherit = "grc.form.rule"

    condition_text = fields.Char(
        string="Condition in words", compute="_compute_condition_text"
    )
    condition_sources = fields.Json(compute="_compute_condition_sources")

    @api.depends("condition", "version_id")
    def _compute_condition_text(self):
        for version, rules in self.grouped(lambda rule: rule.version_id).items():
            saved = version._origin
            names = saved._condition_names() if saved else {}
            for rule in rules:
                rule.condition_text = saved._condition_text(rule.condition, names)

    @api.depends("version_id")
    def _compute_condition_sources(self):
        for version, rules in self.grouped(lambda rule: rule.version_id).items():
            saved = version._origin
            schema = saved._compile() if saved else {"pages": []}
            sources = saved._condition_sources(schema, rows=True)
            rules.condition_sources = saved._condition_editor(sources)
