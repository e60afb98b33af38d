"""The controls of a question: what a page draws, without a word of HTML.

A control is a dict: ``widget`` (``input``, ``textarea``, ``select``, ``options``,
``day``), ``part``, ``label``, ``attrs`` (HTML attributes), ``error``, ``optional`` and,
by widget, ``value``, ``options``, ``groups`` or ``inputs``.
"""

from collections.abc import Mapping

from .types import TYPES

_DAY = ("day", "month", "year")
_COPIED = (
    *("type", "inputmode", "autocomplete", "maxlength", "spellcheck", "size"),
    *("autocapitalize", "rows", "min", "max"),
)
# Types of one single input, whose label is the question.
_FREE_PARTS = {"address": ("street2", "country"), "point": ("lat", "lon")}


def first_id(path: str) -> str:
    """Return the identifier of the first input of a question.

    Source: none (technical)
    """
    return f"f-{path}"


def controls(
    question: dict,
    path: str,
    raw: Mapping,
    errors: Mapping,
    words: Mapping,
    shown=None,
    disabled: bool = False,
) -> list[dict]:
    """Return the controls of a question, filled with what was typed.

    :param question: item of the schema
    :param path: name of its inputs: ``code``, ``block.0.code``, ``table.0.code``
    :param raw: texts by name
    :param errors: messages by path
    :param words: labels of the parts and of the answers that types give
    :param shown: values of the options that are shown, None for all
    :param disabled: True when the question is hidden

    Source: none (technical); WCAG 2.2, 1.3.1, 1.3.5, 3.3.1, 3.3.2
    """
    inputs = TYPES[question["type"]].inputs(question)
    drawn: list[dict] = []
    while inputs:
        part = inputs[0]["part"]
        if part.rpartition(".")[2] == "day" and len(inputs) >= 3:
            group, inputs = inputs[:3], inputs[3:]
            drawn.append(_day(group, path, raw, errors, words))
        else:
            drawn.append(_control(inputs.pop(0), path, raw, errors, words, shown))
    _finish(question, path, drawn, errors, disabled)
    return drawn


def _finish(question, path, drawn, errors, disabled):
    """Give what depends on the other controls: identifiers, what may be left empty."""
    free = _FREE_PARTS.get(question["type"], ())
    if question["type"] == "identity" and not question.get("number_required"):
        free = ("siret", "rna")
    visible = [one for one in drawn if one["attrs"].get("type") != "hidden"]
    for rank, one in enumerate(visible):
        one["optional"] = one["part"] in free
        one["single"] = len(visible) == 1
        name = f"{path}.{one['part']}" if one["part"] else path
        one["id"] = first_id(path if not rank else name)
        _identify(one)
    for one in drawn:
        one.setdefault("id", "")
        if disabled:
            for attrs in _all_attrs(one):
                attrs["disabled"] = "disabled"
        if one.get("single"):
            # Its errors are those of the question, said once.
            one["error"] = ""
            if errors.get(path) and one["widget"] != "day":
                one["attrs"]["aria-invalid"] = "true"


def _all_attrs(control):
    yield control["attrs"]
    for inner in (*control.get("options", ()), *control.get("inputs", ())):
        yield inner["attrs"]


def _identify(control):
    control["attrs"]["id"] = control["id"]
    inner = control.get("inputs")
    if control["widget"] == "options":
        inner = control["options"]
    for rank, one in enumerate(inner or ()):
        end = one.get("name") or str(rank)
        one["id"] = control["id"] if not rank else f"{control['id']}-{end}"
        one["attrs"]["id"] = one["id"]


def _text(raw, name):
    text = raw.get(name)
    if isinstance(text, list):
        text = text[0] if text else ""
    return text if isinstance(text, str) else ""


def _control(spec, path, raw, errors, words, shown):
    part = spec["part"]
    name = f"{path}.{part}" if part else path
    control = {
        "part": part,
        "name": name,
        "label": spec.get("label") or words["parts"].get(part, ""),
        "kinds": " ".join(spec.get("kinds", ())),
        "suggest": spec.get("suggest"),
        "error": errors.get(name, "") if part else "",
        "attrs": {key: spec[key] for key in _COPIED if spec.get(key) is not None},
    }
    control["attrs"]["name"] = name
    if control["error"] or (not part and name in errors):
        control["attrs"]["aria-invalid"] = "true"
    match spec["widget"]:
        case "select":
            return control | _select(spec, name, raw, shown)
        case "radios" | "checkboxes":
            return control | _options(spec, name, raw, words, shown, control)
        case "textarea":
            return control | {"widget": "textarea", "value": _text(raw, name)}
    control["attrs"]["value"] = _text(raw, name)
    return control | {"widget": "input"}


def _select(spec, name, raw, shown):
    chosen = _text(raw, name)

    def option(one, parent=None):
        value = one["value"] if parent is None else [parent, one["value"]]
        hidden = shown is not None and value not in shown
        return {
            "value": one["value"],
            "label": one["label"],
            "selected": one["value"] == chosen,
            "hidden": hidden,
        }

    if "groups" in spec:
        groups = [
            {
                "label": group["label"],
                "value": group["value"],
                "options": [option(one, group["value"]) for one in group["options"]],
            }
            for group in spec["groups"]
        ]
        return {"widget": "select", "groups": groups, "choices": ()}
    if spec["part"] == "first" and shown is not None:
        shown = [pair[0] for pair in shown]
    if spec["part"] not in ("", "first"):
        shown = None
    choices = [option(one) for one in spec["options"]]
    return {"widget": "select", "choices": choices, "groups": ()}


def _options(spec, name, raw, words, shown, control):
    given = raw.get(name)
    chosen = given if isinstance(given, list) else [given]
    kind = "radio" if spec["widget"] == "radios" else "checkbox"
    options = []
    for option in spec["options"]:
        value = option["value"]
        attrs = {"type": kind, "name": name, "value": value}
        if value in chosen:
            attrs["checked"] = "checked"
        if "aria-invalid" in control["attrs"]:
            attrs["aria-invalid"] = "true"
        is_hidden = (
            shown is not None and not spec["part"] and value not in (*shown, "__other")
        )
        if is_hidden:
            attrs["disabled"] = "disabled"
        options.append(
            {
                "label": words["answers"].get(value)
                if value in words["answers"] and option["label"] in words["replaced"]
                else option["label"],
                "attrs": attrs,
                "hidden": is_hidden,
                "value": value,
            }
        )
    return {"widget": "options", "options": options}


def _day(specs, path, raw, errors, words):
    part = specs[0]["part"].rpartition(".")[0]
    name = f"{path}.{part}" if part else path
    wrong = [one for one in _DAY if f"{name}.{one}" in errors]
    whole = errors.get(name, "")
    inputs = []
    for spec, short in zip(specs, _DAY, strict=True):
        attrs = {key: spec[key] for key in _COPIED if spec.get(key) is not None}
        attrs |= {"name": f"{name}.{short}", "value": _text(raw, f"{name}.{short}")}
        if short in wrong or (whole and not wrong):
            attrs["aria-invalid"] = "true"
        inputs.append(
            {"name": short, "label": words["parts"].get(short, ""), "attrs": attrs}
        )
    message = whole or next((errors[f"{name}.{one}"] for one in wrong), "")
    return {
        "widget": "day",
        "part": part,
        "name": name,
        "label": words["parts"].get(part, "") if part else words["parts"]["date"],
        "kinds": " ".join(specs[0].get("kinds", ())),
        "error": message,
        "wrong": wrong[0] if wrong else "",
        "attrs": {},
        "inputs": inputs,
    }


def question_error(question: dict, path: str, drawn: list, errors: Mapping) -> tuple:
    """Return the message of a whole question and the identifier it leads to.

    :param drawn: what ``controls`` returned
    :return: ``("", "")`` when nothing is wrong with the whole

    Source: none (technical)
    """
    message = errors.get(path, "")
    shown = [one for one in drawn if one["id"]]
    if not message and len(shown) == 1:
        start = f"{path}."
        message = next((t for p, t in errors.items() if p.startswith(start)), "")
    if not message:
        return "", ""
    target = shown[0]["id"] if shown else first_id(path)
    if shown and shown[0].get("wrong"):
        rank = _DAY.index(shown[0]["wrong"])
        target = shown[0]["inputs"][rank]["id"]
    return message, target


def control_errors(drawn: list) -> list[tuple[str, str]]:
    """Return ``(identifier, message)`` of the parts that are wrong.

    Source: none (technical)
    """
    found = []
    for one in drawn:
        if one.get("error") and one["id"]:
            target = one["id"]
            if one.get("wrong"):
                target = one["inputs"][_DAY.index(one["wrong"])]["id"]
            found.append((target, one["error"]))
    return found
