"""Who: a person, a company, an association; a member of the household."""

from datetime import date

from .base import InvalidAnswer, QuestionType, typed
from .checkers import are_options, are_some_of, is_bool
from .cleaning import compact
from .days import day_inputs, day_parts, day_text, read_day
from .identifiers import checked_rna, checked_siret
from .options import find_option
from .texts import AUTOCOMPLETE_OFF, read_free

KINDS = ("person", "company", "association")
NAME_LENGTH = 100
OLDEST_YEARS = 130


def read_birth(raw: dict, part: str, context) -> date | None:
    """Return a day of birth: not to come, and of someone who may be alive.

    :raise InvalidAnswer: on the part that is wrong

    Source: none (technical)
    """
    day = read_day(raw, part, context)
    if day and day > context.today:
        raise InvalidAnswer("birth_in_future", part)
    if day and day.year < context.today.year - OLDEST_YEARS:
        raise InvalidAnswer("birth_too_old", part)
    return day


class _People(QuestionType):
    def _names(self, raw, *parts):
        texts = {part: read_free(raw, part, NAME_LENGTH) for part in parts}
        return {part: text for part, text in texts.items() if text}

    def _birth(self, value, raw, context, required):
        day = read_birth(raw, "birth_date", context)
        if day:
            value["birth_date"] = day.isoformat()
        elif required and value:
            example = f"31 12 {context.today.year - 30}"
            raise InvalidAnswer("birth_date_missing", "birth_date", example=example)

    def _required(self, value, *parts):
        for part in parts:
            if part not in value:
                raise InvalidAnswer(f"{part}_missing", part)

    def _write(self, question, value):
        raw = {part: text for part, text in value.items() if part != "birth_date"}
        if "birth_date" in value:
            raw |= day_parts(value["birth_date"], "birth_date")
        return raw

    def _full_name(self, value, locale):
        names = [value.get("first_name"), value.get("last_name")]
        text = " ".join(name for name in names if name)
        if "birth_date" in value:
            text += f" ({day_text(value['birth_date'], locale)})"
        return text


class Identity(_People):
    """Be a person, or an organization with the person who speaks for it.

    ``kinds``: who may answer (all three when not given); ``ask_birth_date``: asks the
    day of birth of a person; ``number_required``: a company gives its SIRET, an
    association its RNA number or its SIRET (some have no RNA number: Alsace-Moselle).
    """

    code = "identity"
    parts = ("kind", "last_name", "first_name", "birth_date", "organization")
    parts += ("siret", "rna")
    attributes = {
        "kinds": are_some_of(*KINDS),
        "ask_birth_date": is_bool,
        "number_required": is_bool,
        **AUTOCOMPLETE_OFF,
    }

    def _read(self, question, raw, context):
        kinds = question.get("kinds") or KINDS
        kind = typed(raw, "kind") or (kinds[0] if len(kinds) == 1 else "")
        if kind and kind not in kinds:
            raise InvalidAnswer("unknown_option", "kind")
        value = self._names(raw, "last_name", "first_name")
        if kind in ("", "person"):
            ask = bool(question.get("ask_birth_date"))
            if ask:
                self._birth(value, raw, context, required=kind == "person")
            organization = {} if kind else self._names(raw, "organization")
            if not kind and (value or organization):
                raise InvalidAnswer("kind_missing", "kind")
            if not value and len(kinds) > 1 and kind:
                self._required(value, "last_name")
            if not value:
                return None
            self._required(value, "last_name", "first_name")
        else:
            value |= self._organization(question, raw, kind)
            if not value and len(kinds) == 1:
                return None
            self._required(value, "organization")
            if question.get("number_required"):
                self._number(value, kind)
        return {"kind": kind} | value

    def _organization(self, question, raw, kind):
        value = self._names(raw, "organization")
        if text := compact(typed(raw, "siret")):
            value["siret"] = checked_siret(text, "siret")
        if kind == "association" and (text := compact(typed(raw, "rna"))):
            value["rna"] = checked_rna(text, "rna")
        return value

    def _number(self, value, kind):
        if kind == "company":
            self._required(value, "siret")
        elif "siret" not in value:
            self._required(value, "rna")

    def _text(self, question, value, locale):
        name = self._full_name(value, locale)
        if value["kind"] == "person":
            return name
        numbers = [value[part] for part in ("siret", "rna") if part in value]
        pieces = [value["organization"], *numbers, name]
        return ", ".join(piece for piece in pieces if piece)

    def _inputs(self, question):
        kinds = question.get("kinds") or KINDS
        inputs = []
        if len(kinds) > 1:
            options = [{"value": kind, "label": kind} for kind in kinds]
            inputs.append({"part": "kind", "widget": "radios", "options": options})
        text = {"type": "text", "maxlength": NAME_LENGTH, "spellcheck": "false"}
        if set(kinds) - {"person"}:
            name = {"part": "organization", "autocomplete": "organization"}
            inputs.append(text | name | {"kinds": ["company", "association"]})
            siret = {"part": "siret", "type": "text", "inputmode": "numeric"}
            siret |= {"maxlength": 24, "kinds": ["company", "association"]}
            inputs.append(siret)
        if "association" in kinds:
            rna = {"part": "rna", "type": "text", "maxlength": 20}
            inputs.append(rna | {"kinds": ["association"]})
        inputs.append(text | {"part": "last_name", "autocomplete": "family-name"})
        inputs.append(text | {"part": "first_name", "autocomplete": "given-name"})
        if question.get("ask_birth_date") and "person" in kinds:
            parts = day_inputs("birth_date", is_birth=True)
            inputs += [item | {"kinds": ["person"]} for item in parts]
        return inputs


class Member(_People):
    """Be a child or another member of the household; nothing of it is autofilled.

    ``roles``: options; ``ask_birth_date``: True unless said otherwise.
    """

    code = "member"
    parts = ("role", "last_name", "first_name", "birth_date")
    attributes = {"roles": are_options, "ask_birth_date": is_bool}

    def _read(self, question, raw, context):
        value = self._names(raw, "last_name", "first_name")
        if question.get("ask_birth_date", True):
            self._birth(value, raw, context, required=False)
        role, roles = typed(raw, "role"), question.get("roles") or ()
        if not value and (not role or len(roles) < 2):
            return None
        self._required(value, "last_name", "first_name")
        if question.get("ask_birth_date", True):
            self._birth(value, raw, context, required=True)
        if not roles:
            return value
        if not role and len(roles) == 1:
            role = roles[0]["value"]
        if not role:
            raise InvalidAnswer("role_missing", "role")
        option = find_option(roles, role)
        if not option:
            raise InvalidAnswer("unknown_option", "role")
        return {"role": option["value"]} | value

    def _text(self, question, value, locale):
        name = self._full_name(value, locale)
        option = find_option(question.get("roles") or (), value.get("role", ""))
        return f"{name}, {option['label']}" if option else name

    def _inputs(self, question):
        roles = question.get("roles") or ()
        inputs = []
        if len(roles) > 1:
            options = [{key: item[key] for key in ("value", "label")} for item in roles]
            inputs.append({"part": "role", "widget": "radios", "options": options})
        text = {"type": "text", "maxlength": NAME_LENGTH, "spellcheck": "false"}
        text |= {"autocomplete": "off"}
        inputs += [text | {"part": part} for part in ("last_name", "first_name")]
        if question.get("ask_birth_date", True):
            inputs += day_inputs("birth_date")
        return inputs
