"""The JSON Schema of the file of a prestation, made from the rules that check it."""

from . import portable_keys, schema_keys
from .condition_check import PATH
from .conditions import OPERATORS, PROFILE_KEYS
from .schema import MOST_PAGES, MOST_RULES
from .types import TYPES
from .types.checkers import MAX_OPTIONS, VALUE

URL = "https://json-schema.org/draft/2020-12/schema"
_NULL = {"type": "null"}
_FLAG = {"type": "boolean"}


def _ref(name: str) -> dict:
    return {"$ref": f"#/$defs/{name}"}


def _text(limit: int) -> dict:
    return {"type": "string", "maxLength": limit}


def _or_null(schema: dict) -> dict:
    return {"anyOf": [_NULL, schema]}


def _list(schema: dict, most: int) -> dict:
    return {"type": "array", "items": schema, "maxItems": most}


_COUNT = {"type": "integer", "minimum": 0, "maximum": 100}
_CONDITION = _or_null(_ref("condition"))
_ITEM = {"anyOf": [_ref(kind) for kind in schema_keys.ITEM_KINDS]}
# What the keys of a form hold; a kind of object may say it otherwise.
_VALUES = {
    "code": {"type": "string", "pattern": f"^{schema_keys.CODE.pattern}$"},
    "visible_if": _CONDITION,
    "title": _text(200),
    "label": _text(500),
    "help": _or_null(_text(2000)),
    "required": _FLAG,
    "sensitive": _FLAG,
    "prefill": _or_null(_text(120)),
    "autocomplete": _or_null(_text(40)),
    "html": _text(20_000),
    "image": _or_null({"type": "string", "contentEncoding": "base64"}),
    "image_alt": _or_null(_text(500)),
    "image_decorative": _or_null(_FLAG),
    "video_url": _or_null({"type": "string", "pattern": "^https://"}),
    "item_label": _or_null(_text(100)),
    "min": _or_null(_COUNT),
    "max": _or_null(_COUNT),
    "document": {"type": "string", "pattern": f"^{schema_keys.DOCUMENT.pattern}$"},
    "replaced_by": _or_null(
        {"type": "string", "pattern": f"^{schema_keys.SOURCE.pattern}$"}
    ),
    "refuse_if": _ref("condition"),
    "if": _ref("condition"),
    "message": _text(5000),
    "at": {"type": "array", "items": {"type": "string"}},
    "format": {"const": schema_keys.FORMAT},
    "pages": _list(_ref("page"), MOST_PAGES),
    "checks": _list(_ref("check"), MOST_RULES),
    "stops": _list(_ref("stop"), MOST_RULES),
    "items": {"type": "array", "items": _ITEM},
}
_OF_A_BLOCK = {"anyOf": [_ref("question"), _ref("piece")]}
# What the attributes of a question hold, when JSON Schema can say it.
_ATTRIBUTES = {
    "options": _list(_ref("option"), MAX_OPTIONS),
    "roles": _list(_ref("option"), MAX_OPTIONS),
    "columns": {"type": "array", "items": _ref("question")},
    "labels": {"type": "array", "items": _text(500), "minItems": 2, "maxItems": 2},
    "other": _FLAG,
    "abroad": _FLAG,
    "ask_birth_date": _FLAG,
    "number_required": _FLAG,
    "display": {"enum": ["radio", "list"]},
    "result": {"enum": ["number", "text", "date"]},
    "format": {"enum": ["digits", "letters", "regex"]},
}


def json_schema() -> dict:
    """Return the JSON Schema (2020-12) of ``grc-prestation/1``.

    It says the structure: the limits between values, the order of conditions and what
    rich texts may hold are checked by ``portable.parse`` alone.

    Source: none (technical); JSON Schema 2020-12
    """
    parts = {kind: _object_of(kind) for kind in portable_keys.KEYS if kind != "file"}
    file = _object_of("file")
    for key in ("references", "law", "privacy"):
        file["properties"][key] = _ref(key)
    file["properties"]["documents"] = {"type": "array", "items": _ref("document")}
    file["properties"]["form"] = _or_null(_ref("schema"))
    return {
        "$schema": URL,
        "$id": "grc-prestation-1.json",
        "title": "Prestation of a town hall, grc-prestation/1",
        **file,
        "$defs": parts
        | _form_defs()
        | {"option": _option(), "condition": _condition()},
    }


def _object_of(kind: str) -> dict:
    checks = portable_keys.KEYS[kind]
    return _object(
        {key.rstrip("!"): check.schema for key, check in checks.items()},
        [key[:-1] for key in checks if key.endswith("!")],
    )


def _object(properties: dict, required: list) -> dict:
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _form_defs() -> dict:
    defs = {}
    for kind, checks in schema_keys.KEYS.items():
        values = {key.rstrip("!"): _VALUES.get(key.rstrip("!"), {}) for key in checks}
        required = [key[:-1] for key in checks if key.endswith("!")]
        if kind in schema_keys.ITEM_KINDS:
            values["kind"] = {"const": kind}
            # In a block and in a table, a line that says nothing is a question.
            required += [] if kind == "question" else ["kind"]
        if kind == "block":
            values["items"] = {"type": "array", "items": _OF_A_BLOCK}
        if kind == "question":
            defs[kind] = _question(values, required)
            continue
        defs[kind] = _object(values, required)
    return defs


def _question(values: dict, required: list) -> dict:
    return {
        "oneOf": [
            _object(
                values
                | {
                    name: _or_null(_ATTRIBUTES.get(name, {}))
                    for name in kind.attributes
                }
                | {"type": {"const": code}},
                required + list(kind.required_attributes),
            )
            for code, kind in TYPES.items()
        ]
    }


def _option() -> dict:
    return _object(
        {
            "value": {"type": "string", "pattern": f"^{VALUE.pattern}$"},
            "label": _text(500),
            "visible_if": _CONDITION,
            "options": _list(_ref("option"), MAX_OPTIONS),
        },
        ["value", "label"],
    )


def _condition() -> dict:
    path = {"type": "string", "pattern": f"^{PATH.pattern}$"}
    operator = {"enum": sorted(OPERATORS)}
    several = {"type": "array", "items": _ref("condition"), "minItems": 1}
    read = {"q": path, "op": operator}
    known = {"profile": {"enum": sorted(PROFILE_KEYS)}, "op": operator}
    return {
        "oneOf": [
            _object({"all": several}, ["all"]),
            _object({"any": several}, ["any"]),
            _object({"not": _ref("condition")}, ["not"]),
            _object(read | {"value": {}}, ["q", "op"]),
            _object(read | {"other": path}, ["q", "op", "other"]),
            _object(known | {"value": {}}, ["profile", "op"]),
        ]
    }
