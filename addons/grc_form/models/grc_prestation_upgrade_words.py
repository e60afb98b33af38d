from collections.abc import Mapping

from odoo import models
from odoo.tools import html2plaintext

from ..rules import portable
from ..rules.changes import lines_by_code
from ..rules.formula import unparse
from ..rules.sentence import relative_day

_NO_FORM = {"pages": []}
_SIDES = ("mine", "before", "after")
_CONDITIONS = ("visible_if", "refuse_if", "if")
# Told without their name: the line is known by them.
_PLAIN = ("label", "title", "message", "html")
_RICH = ("html", "message", "description")
# Flags of the sheet: key of the file -> prefix of the fields that it is.
_FLAGS = {"audience": "for_", "channels": "is_open_"}
# Keys of a file whose field is called otherwise.
_SELECTIONS = {"regime": "silence_regime"}


class GrcPrestation(models.Model):
    """The lines that a new version of a model changes, in words, before and after."""

    _inherit = "grc.prestation"

    def _update_lines(self):
        """Return each line that the model changed, as the window shows it.

        :return: dicts ``{place, key, change, name, is_both, mine, before, after}``:
            place ``sheet`` or ``form``, the three texts side by side: the town's, the
            model's until now, the model's from now on
        :rtype: list[dict]
        """
        self.ensure_one()
        own = self._in_town_language()
        found = own._model_differences()
        return own._update_sheet_lines(found) + own._update_form_lines(found)

    def _update_sheet_lines(self, found):
        names = self._part_names()
        told = [
            self._sheet_words(portable.flat(data))
            for data in (
                self._export_data(),
                self.model_base["model"],
                portable.own(self._catalogue_model().content),
            )
        ]
        return [
            {
                "place": "sheet",
                "key": key,
                "change": "changed",
                "name": names.get(key, key),
                "is_both": key in found["town"]["sheet"],
            }
            | dict(zip(_SIDES, (tell(key) for tell in told), strict=True))
            for key in found["model"]["sheet"]
        ]

    def _update_form_lines(self, found):
        told = [
            self._form_words_of(form or _NO_FORM)
            for form in (
                self._export_data()["form"],
                self.model_base["model"]["form"],
                self._catalogue_model().content["form"],
            )
        ]
        own = {change["code"] for change in found["town"]["form"]}
        return [
            {
                "place": "form",
                "key": change["code"],
                "change": change["kind"],
                "name": html2plaintext(change["label"]),
                "is_both": change["code"] in own,
            }
            | dict(zip(_SIDES, (tell(change) for tell in told), strict=True))
            for change in found["model"]["form"]
        ]

    # === WORDS === #

    def _sheet_words(self, sheet):
        """Return a function that gives the text of one key of a sheet.

        :param dict sheet: see ``rules.portable.flat``
        """

        def tell(key):
            value = sheet.get(key)
            if key in _FLAGS:
                names = [f"{_FLAGS[key]}{code}" for code in value or ()]
                labels = self.fields_get(names, ["string"]) if names else {}
                return ", ".join(labels[name]["string"] for name in names)
            return self._value_words(key.rpartition(".")[2], value, {})

        return tell

    def _form_words_of(self, form):
        """Return a function that gives the text of one line of a form.

        :param dict form: schema, in normal form
        """
        version = self.env["grc.form.version"]
        words = version._attribute_words()
        names = version._condition_names(form)
        lines = lines_by_code(form)

        def tell(change):
            line = lines.get(change["code"])
            if line is None:
                return ""
            keys = change["what"] or ["label", "title", "message"]
            texts = [
                (words.get(key, key), self._value_words(key, line.get(key), names))
                for key in keys
                if key in line or change["what"]
            ]
            if not any(text for _name, text in texts):
                return ""
            if keys[0] in _PLAIN and len(texts) == 1:
                return texts[0][1]
            return "\n".join(
                self.env._("%(name)s: %(text)s", name=name, text=text)
                for name, text in texts
            )

        return tell

    def _value_words(self, key, value, names):
        """Return the value of an attribute as an administrator reads it."""
        version = self.env["grc.form.version"]
        if key in _CONDITIONS:
            return version._condition_text(value, names) or self.env._("always")
        if key == "image":
            return self.env._("a picture") if value else ""
        if value in (None, "", []):
            return ""
        if key in _RICH:
            return html2plaintext(str(value)).strip()
        if isinstance(value, bool):
            return self.env._("Yes") if value else self.env._("No")
        if isinstance(value, Mapping) and "today" in value:
            return relative_day(value["today"], version._condition_words())
        if key == "formula" and not isinstance(value, str):
            return unparse(value)
        if isinstance(value, list):
            return ", ".join(self._option_words(one) for one in value)
        return self._choice_words(key, value)

    def _option_words(self, option):
        if not isinstance(option, Mapping):
            return str(option)
        inner = ", ".join(self._option_words(one) for one in option.get("options", ()))
        return f"{option['label']} ({inner})" if inner else option["label"]

    def _choice_words(self, key, value):
        """Return a code in words where a field of ours has words for it."""
        if key == "document":
            kind = self.env["grc.document.type"].search(
                [("company_id", "=", self.company_id.id), ("code", "=", value)]
            )
            return kind.name or value
        name = _SELECTIONS.get(key, key)
        for known in (self._fields, self.env["grc.form.field"]._fields):
            if name in known and known[name].type == "selection":
                words = dict(known[name]._description_selection(self.env))
                return words.get(value, str(value))
        return str(value)
