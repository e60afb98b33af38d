"""Yes or no, one choice, several."""

from .base import InvalidAnswer, Problem, QuestionType, bounds_crossed, typed
from .checkers import MAX_OPTIONS, are_options, is_bool, is_int, is_one_of
from .options import OTHER, Options, ticked, word
from .texts import TRUE_WORDS

_FALSE_WORDS = frozenset(("no", "non", "off", "false", "0", "faux"))


class YesNo(QuestionType):
    """Be true or false."""

    code = "yes_no"

    def _read(self, question, raw, context):
        value = raw.get("")
        if isinstance(value, bool):
            return value
        text = typed(raw).casefold()
        if not text:
            return None
        if text in TRUE_WORDS:
            return True
        if text in _FALSE_WORDS:
            return False
        raise InvalidAnswer("not_yes_no")

    def _write(self, question, value):
        return {"": "yes" if value else "no"}

    def _text(self, question, value, locale):
        return word("yes" if value else "no", locale)

    def _inputs(self, question):
        options = [
            {"value": value, "label": word(value, "fr_FR")} for value in ("yes", "no")
        ]
        return [{"widget": "radios", "options": options}]

    def _property(self, question):
        # Odoo's boolean cannot say « not answered ».
        options = [[value, word(value, "fr_FR")] for value in ("yes", "no")]
        return {"type": "selection", "selection": options}

    def _project(self, question, value, context):
        return "yes" if value else "no"


class Choice(Options):
    """Be one option, or « autre » with its text."""

    code = "choice"
    parts = ("other",)
    attributes = {
        "options": are_options,
        "display": is_one_of("radio", "list"),
        "other": is_bool,
    }

    def _read(self, question, raw, context):
        text, has_other = typed(raw), question.get("other")
        if has_other and (text == OTHER or (not text and typed(raw, "other"))):
            return self._other(raw)
        return self._option(question, text) if text else None

    def _problems(self, question, value, context):
        return self._other_problems(value)

    def _write(self, question, value):
        if isinstance(value, dict):
            return {"": OTHER, "other": value["other"]}
        return {"": value}

    def _text(self, question, value, locale):
        return self._label(question, value, locale)

    def _inputs(self, question):
        widget = "select" if question.get("display") == "list" else "radios"
        item = {"widget": widget, "options": self._listed(question)}
        return self._with_other(question, item)

    def _property(self, question):
        options = [[item["value"], item["label"]] for item in self._listed(question)]
        return {"type": "selection", "selection": options}

    def _project(self, question, value, context):
        return OTHER if isinstance(value, dict) else value


class Choices(Options):
    """Be several options, in the order of the question, « autre » last."""

    code = "choices"
    parts = ("other",)
    attributes = {
        "options": are_options,
        "min": is_int(0, MAX_OPTIONS),
        "max": is_int(1, MAX_OPTIONS),
        "other": is_bool,
    }

    def _read(self, question, raw, context):
        values = ticked(raw)
        other = [value for value in values if value == OTHER]
        if question.get("other") and (other or (not values and typed(raw, "other"))):
            other = [self._other(raw)]
            values = [value for value in values if value != OTHER]
        else:
            other = []
        chosen = {self._option(question, value) for value in values}
        order = [option["value"] for option in question.get("options") or ()]
        return [value for value in order if value in chosen] + other or None

    def _problems(self, question, value, context):
        low, high = question.get("min") or 0, question.get("max") or 0
        if len(value) < low:
            yield Problem("too_few_choices", {"min": str(low)})
        if high and len(value) > high:
            yield Problem("too_many_choices", {"max": str(high)})
        yield from self._other_problems(value[-1])

    def _write(self, question, value):
        raw = {"": [OTHER if isinstance(item, dict) else item for item in value]}
        others = [item["other"] for item in value if isinstance(item, dict)]
        return raw | ({"other": others[0]} if others else {})

    def _text(self, question, value, locale):
        return ", ".join(self._label(question, item, locale) for item in value)

    def _inputs(self, question):
        item = {"widget": "checkboxes", "options": self._listed(question)}
        return self._with_other(question, item)

    def _property(self, question):
        tags = [
            [item["value"], item["label"], index % 11 + 1]
            for index, item in enumerate(self._listed(question))
        ]
        return {"type": "tags", "tags": tags}

    def _project(self, question, value, context):
        return [OTHER if isinstance(item, dict) else item for item in value]

    def _crossed(self, question):
        return bounds_crossed(question, "min", "max")
