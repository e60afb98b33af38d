"""What the types with options share."""

from .. import geography
from .base import InvalidAnswer, Problem, QuestionType, typed
from .checkers import MAX_OPTIONS
from .texts import length, masked

# What the input posts for « autre »; no option may have it as value.
OTHER = "__other"
OTHER_LENGTH = 255
_WORDS = {
    "fr": {"yes": "Oui", "no": "Non", "other": "Autre"},
    "en": {"yes": "Yes", "no": "No", "other": "Other"},
}


def word(name: str, locale: str) -> str:
    """Return one of the words ``yes``, ``no``, ``other`` in French or in English.

    Source: none (technical)
    """
    return _WORDS["fr" if locale.startswith("fr") else "en"][name]


def ticked(raw: dict, part: str = "") -> list[str]:
    """Return the values ticked, without twins, in the order posted.

    Source: none (technical)
    """
    values = raw.get(part)
    values = values if isinstance(values, list | tuple) else [values]
    values = [typed({"": value}) for value in values[: 2 * MAX_OPTIONS]]
    return list(dict.fromkeys(value for value in values if value))


def find_option(options: list[dict], text: str) -> dict | None:
    """Return the option of a value, or of a label written more or less so.

    Source: none (technical)
    """
    for option in options or ():
        if option["value"] == text:
            return option
    wanted = geography.fold(text[:600])
    for option in options or ():
        if wanted and geography.fold(option["label"]) == wanted:
            return option
    return None


class Options(QuestionType):
    """Be a type that has options."""

    required_attributes = ("options",)

    def _option(self, question, text):
        option = find_option(question.get("options"), text)
        if not option:
            raise InvalidAnswer("unknown_option")
        return option["value"]

    def _other(self, raw):
        text = typed(raw, "other")
        if not text:
            raise InvalidAnswer("other_missing", "other")
        if len(text) > OTHER_LENGTH:
            raise InvalidAnswer("too_long", "other", max=str(OTHER_LENGTH))
        return {"other": masked(text)}

    def _label(self, question, value, locale):
        if isinstance(value, dict):
            return value["other"]
        for option in question.get("options") or ():
            if option["value"] == value:
                return option["label"]
        return str(value)

    def _listed(self, question):
        options = [
            {key: option[key] for key in ("value", "label")}
            for option in question.get("options") or ()
        ]
        if question.get("other"):
            options.append({"value": OTHER, "label": word("other", "fr_FR")})
        return options

    def _with_other(self, question, item):
        other = {"part": "other", "type": "text", "maxlength": OTHER_LENGTH}
        return [item, other] if question.get("other") else [item]

    def _other_problems(self, value):
        if isinstance(value, dict) and length(value["other"]) > OTHER_LENGTH:
            yield Problem("too_long", {"max": str(OTHER_LENGTH)}, "other")
