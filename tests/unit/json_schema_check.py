"""The part of JSON Schema that our own schema uses, enough to test files with it."""

import re

_TYPES = {"object": dict, "array": list, "string": str, "null": type(None)}


def wrong(value, schema: dict, root: dict, path: str = "$") -> list[str]:
    """Return where ``value`` does not follow ``schema``."""
    if "$ref" in schema:
        return wrong(value, root["$defs"][schema["$ref"].split("/")[-1]], root, path)
    for key, least in (("oneOf", 1), ("anyOf", 1)):
        if key in schema:
            right = [one for one in schema[key] if not wrong(value, one, root, path)]
            is_right = len(right) == 1 if key == "oneOf" else len(right) >= least
            return [] if is_right else [f"{path}: {key}"]
    return [f"{path}: {fault}" for fault in _own(value, schema)] + _inside(
        value, schema, root, path
    )


def _own(value, schema):
    kind = schema.get("type")
    if kind in ("integer", "boolean"):
        yield from ["type"] * (type(value) is not {"integer": int}.get(kind, bool))
    elif kind:
        yield from ["type"] * (not isinstance(value, _TYPES[kind]))
    yield from ["const"] * (value != schema.get("const", value))
    yield from ["enum"] * ("enum" in schema and value not in schema["enum"])
    if isinstance(value, str):
        yield from _outside(len(value), schema, "minLength", "maxLength")
        yield from ["pattern"] * (not re.search(schema.get("pattern", ""), value))
    if type(value) is int:
        yield from _outside(value, schema, "minimum", "maximum")
    if isinstance(value, list):
        yield from _outside(len(value), schema, "minItems", "maxItems")


def _outside(number, schema, low, high):
    if not schema.get(low, number) <= number <= schema.get(high, number):
        yield low


def _inside(value, schema, root, path):
    if isinstance(value, list) and "items" in schema:
        return [
            fault
            for index, item in enumerate(value)
            for fault in wrong(item, schema["items"], root, f"{path}[{index}]")
        ]
    if not isinstance(value, dict) or "properties" not in schema:
        return []
    known = schema["properties"]
    faults = [
        f"{path}: {key} missing" for key in schema["required"] if key not in value
    ]
    for key, item in value.items():
        if key in known:
            faults += wrong(item, known[key], root, f"{path}.{key}")
        else:
            faults.append(f"{path}: {key} unknown")
    return faults
