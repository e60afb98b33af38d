"""The normal form of a prestation's file: what is left out is said, once.

A file read, put in the models and written again is its normal form: two files that
mean the same have the same fingerprint.
"""

from .portable_keys import AUDIENCE, CHANNELS, DEFAULTS, FORMATS, names

# Order of the keys in a file we write; the others follow, by name.
_FORM_ORDER = (
    *("format", "kind", "code", "document", "type", "title", "label", "labels"),
    *("item_label", "help", "html", "image", "image_alt", "image_decorative"),
    *("video_url", "required", "sensitive"),
    *("replaced_by",),
    *("prefill", "visible_if", "refuse_if", "if", "message", "at", "min", "max"),
    *("options", "roles", "columns", "items", "pages", "checks", "stops"),
    *("all", "any", "not", "q", "profile", "op", "value", "other"),
)
_FLAGS = {
    "choice": ("other",),
    "choices": ("other",),
    "address": ("abroad",),
    "plate": ("abroad",),
    "identity": ("ask_birth_date", "number_required"),
}
_USUAL = {
    "choice": {"display": "radio"},
    "computed": {"result": "number"},
    "identity": {"kinds": list(AUDIENCE)},
}
# The period of silence when nothing says another (CRPA, art. L231-1, L231-4).
MONTHS = 2
_TEXT_BOUNDS = ("decimal", "amount")


def file(data: dict) -> dict:
    """Return the normal form of a file that was checked.

    Source: none (technical)
    """
    kept = DEFAULTS["file"] | data
    kept["law"] = DEFAULTS["law"] | data["law"]
    if kept["law"]["months"] is None:
        kept["law"]["months"] = MONTHS
    for key in ("audience", "channels"):
        order = AUDIENCE if key == "audience" else CHANNELS
        kept[key] = [name for name in order if name in data[key]]
    kept["documents"] = sorted(
        (
            document | {"formats": [f for f in FORMATS if f in document["formats"]]}
            for document in data["documents"]
        ),
        key=lambda document: document["code"],
    )
    names_of = {document["code"]: document["name"] for document in data["documents"]}
    kept["form"] = form(data["form"], names_of) if data["form"] else None
    return ordered(kept)


def form(schema: dict, documents: dict | None = None) -> dict:
    """Return the normal form of a schema that was checked.

    :param documents: code -> name; a piece that bears the name of its document has no
        label of its own

    Source: none (technical)
    """
    return {
        "format": 1,
        "pages": [
            page
            | {
                "visible_if": page.get("visible_if") or None,
                "items": [_item(item, documents or {}) for item in page["items"]],
            }
            for page in schema["pages"]
        ],
        "checks": [{"at": []} | rule for rule in schema.get("checks") or []],
        "stops": [{"title": ""} | rule for rule in schema.get("stops") or []],
    }


def _item(item: dict, documents: dict, required: bool = True) -> dict:
    kept = {"kind": "question"} | item
    kept["visible_if"] = item.get("visible_if") or None
    match kept["kind"]:
        case "section":
            kept["help"] = item.get("help") or ""
        case "explanation":
            kept["image"] = item.get("image")
            for key in ("image_alt", "image_decorative"):
                if not kept.get(key) or not kept["image"]:
                    kept.pop(key, None)
            kept["video_url"] = item.get("video_url")
        case "piece":
            kept |= _asked(item, required)
            if kept["label"] == documents.get(item["document"]):
                kept["label"] = ""
            if not kept.get("replaced_by"):
                kept.pop("replaced_by", None)
        case "block":
            kept["label"] = item.get("label") or ""
            kept["help"] = item.get("help") or ""
            kept["item_label"] = item.get("item_label") or ""
            kept["min"] = item.get("min") or 0
            kept["max"] = item.get("max") or None
            kept["items"] = [_item(child, documents) for child in item["items"]]
        case "question":
            kept |= _asked(item, required)
            kept["sensitive"] = item.get("sensitive", False)
            kept["prefill"] = item.get("prefill")
            kept |= _attributes(item)
            # An attribute that says nothing is left out.
            kept = {
                key: value
                for key, value in kept.items()
                if value is not None or key in ("visible_if", "prefill")
            }
    return kept


def _asked(item: dict, required: bool) -> dict:
    return {
        "label": item.get("label") or "",
        "help": item.get("help") or "",
        "required": item.get("required", required),
    }


def _attributes(item: dict) -> dict:
    kind = item["type"]
    kept = {flag: item.get(flag) or False for flag in _FLAGS.get(kind, ())}
    kept |= {
        name: item.get(name) or default
        for name, default in _USUAL.get(kind, {}).items()
    }
    if kind == "identity":
        kept["kinds"] = [name for name in AUDIENCE if name in kept["kinds"]]
    if kind == "member":
        asked = item.get("ask_birth_date")
        kept["ask_birth_date"] = True if asked is None else asked
    if kind == "table":
        kept["columns"] = [_item(column, {}, False) for column in item["columns"]]
    for side in ("min", "max"):
        if kind in ("date", "datetime"):
            kept[side] = _day(item.get(side))
        elif kind in _TEXT_BOUNDS and item.get(side) is not None:
            kept[side] = str(item[side])
    for key in ("options", "roles"):
        if item.get(key):
            kept[key] = [_option(option) for option in item[key]]
    return kept


def _day(bound):
    """Return a bound counted from today without the units that count nothing."""
    if not isinstance(bound, dict):
        return bound
    shift = {unit: number for unit, number in bound["today"].items() if number}
    return {"today": shift or {"days": 0}}


def _option(option: dict) -> dict:
    kept = {key: value for key, value in option.items() if value is not None}
    if "options" in option:
        kept["options"] = [_option(child) for child in option["options"]]
    return kept


def ordered(data: dict) -> dict:
    """Return the same file with its keys in the order in which people read them.

    Source: none (technical)
    """
    kept = {key: data[key] for key in names("file") if key in data}
    for key, kind in (("references", "references"), ("law", "law"), ("privacy",) * 2):
        if key in kept:
            kept[key] = {n: kept[key][n] for n in names(kind) if n in kept[key]}
    kept["documents"] = [
        {name: document[name] for name in names("document") if name in document}
        for document in kept.get("documents", ())
    ]
    kept["form"] = _ordered(kept.get("form"))
    return kept


_RANK = {key: rank for rank, key in enumerate(_FORM_ORDER)}


def _ordered(value):
    if isinstance(value, list):
        return [_ordered(item) for item in value]
    if not isinstance(value, dict):
        return value
    keys = sorted(value, key=lambda key: (_RANK.get(key, len(_RANK)), key))
    return {key: _ordered(value[key]) for key in keys}
