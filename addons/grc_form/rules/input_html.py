"""The questions of a page, in HTML: a page has tens, with hundreds of inputs.

A template costs four times as much (``./grc bench forms``). What is around the
questions is in the templates ``grc_form.form_*``.
"""

from collections.abc import Mapping
from functools import lru_cache
from html import escape


def question_html(node: Mapping, words: Mapping) -> str:
    """Return the HTML of a question, everything that comes from outside escaped.

    :param node: ``path``, ``type``, ``id``, ``label``, ``hint``, ``unit``,
        ``required``, ``known``, ``lookup`` (None: no search), ``hidden``,
        ``error``, ``described``, ``layout`` (``single`` for one label and one input,
        ``group``) and ``controls`` (of ``drawing.controls``)
    :param words: ``choose``, ``optional``, ``error``, ``known``, ``search``: what is
        written around

    Source: none (technical); WCAG 2.2, 1.3.1, 3.3.1, 3.3.2, 4.1.2
    """
    wrong = " o_grc_field_wrong" if node["error"] else ""
    around = {
        "class": f"o_grc_field o_grc_form_question{wrong}",
        "data-grc-item": node["path"],
        "data-grc-type": node["type"],
    }
    title = escape(node["label"]) + _optional(not node["required"], words)
    notes = _notes(node, words)
    if node["layout"] == "group":
        parts = "".join(_part(control, words) for control in node["controls"])
        inner = (
            f"<fieldset{_written({'aria-describedby': node['described']})}>"
            f"<legend>{title}</legend>{notes}{parts}</fieldset>"
        )
    else:
        inputs = "".join(_widget(control, words) for control in node["controls"])
        unit = {"id": f"{node['id']}-unit", "class": "o_grc_form_unit"}
        inner = (
            f"<label{_written({'for': node['id']})}>{title}</label>{notes}{inputs}"
            f"{_element('span', unit, node['unit'])}"
        )
    inner += _lookup(node, words)
    return f"<div{_written(around | _hidden(node['hidden']))}>{inner}</div>"


def _lookup(node: Mapping, words: Mapping) -> str:
    """Return the button that asks data services, and what they last gave."""
    found = node.get("lookup")
    if found is None:
        return ""
    button = {"type": "submit", "name": "do", "value": f"lookup:{node['path']}"}
    button |= {"class": "btn btn-outline-primary o_grc_form_lookup"}
    of = f'<span class="visually-hidden"> {escape(node["label"])}</span>'
    note = {"id": f"{node['id']}-lookup", "class": "o_grc_form_lookup_note"}
    note["role"] = "status"
    return (
        f"<button{_written(button)}>{escape(words['search'])}{of}</button>"
        f"{_element('p', note, found)}"
    )


def _optional(is_optional, words: Mapping) -> str:
    if not is_optional:
        return ""
    return f' <span class="o_grc_optional">{escape(words["optional"])}</span>'


def _element(name: str, attrs: Mapping, text: str) -> str:
    """Return an element that says something, nothing when there is nothing to say."""
    return f"<{name}{_written(attrs)}>{escape(text)}</{name}>" if text else ""


def _error(identifier: str, message: str, words: Mapping) -> str:
    if not message:
        return ""
    start = f'<span class="visually-hidden">{escape(words["error"])} </span>'
    attrs = _written({"id": identifier, "class": "o_grc_error"})
    return f"<p{attrs}>{start}{escape(message)}</p>"


def _notes(node: Mapping, words: Mapping) -> str:
    start = node["id"]
    hint = {"id": f"{start}-hint", "class": "o_grc_hint"}
    known = {"id": f"{start}-known", "class": "o_grc_form_known"}
    return (
        _element("p", hint, node["hint"])
        + _element("p", known, words["known"] if node["known"] else "")
        + _error(f"{start}-error", node["error"], words)
    )


def _part(control: Mapping, words: Mapping) -> str:
    """Return one part of a question of several."""
    inputs = _widget(control, words)
    if not control["id"] or control.get("single"):
        return inputs
    name = control["part"] or "main"
    wrong = " o_grc_form_part_wrong" if control["error"] else ""
    around = {
        "class": f"o_grc_form_part o_grc_form_part_{name}{wrong}",
        "data-grc-kinds": control.get("kinds") or None,
    }
    error = _error(f"{control['id']}-part-error", control["error"], words)
    title = escape(control["label"]) + _optional(control["optional"], words)
    if control["widget"] not in ("options", "day"):
        head = {"for": control["id"], "class": "o_grc_form_part_label"}
        inner = f"<label{_written(head)}>{title}</label>{error}{inputs}"
    elif control["part"]:
        inner = (
            f"<fieldset{_written({'aria-describedby': control['described']})}>"
            f'<legend class="o_grc_form_part_label">{title}</legend>{error}{inputs}'
            "</fieldset>"
        )
    else:
        inner = error + inputs
    return f"<div{_written(around)}>{inner}</div>"


# === WIDGETS === #


def _widget(control: Mapping, words: Mapping) -> str:
    attrs = control["attrs"]
    match control["widget"]:
        case "input":
            suggest = {"data-grc-suggest": control.get("suggest") or None}
            return _input({"class": "form-control"} | suggest | attrs)
        case "textarea":
            # The browser drops the first line break.
            text = escape(control["value"])
            return (
                f"<textarea{_written({'class': 'form-control'} | attrs)}>\n"
                f"{text}</textarea>"
            )
        case "select":
            return _select(control, words["choose"])
        case "options":
            return "".join(_choice(option) for option in control["options"])
        case "day":
            return _day(control)
    return ""


def _written(attrs: Mapping) -> str:
    written = ""
    for name, value in attrs.items():
        if value is not None and value is not False:
            # What people type is kept nowhere but in their answers.
            is_typed = name == "value"
            written += _attribute(name, value) if not is_typed else _typed(value)
    return written


@lru_cache(maxsize=10_000, typed=True)
def _attribute(name: str, value) -> str:
    """Return an attribute: those of a form are the same for everybody."""
    return f' {name}="{escape(str(value))}"'


def _typed(value) -> str:
    return f' value="{escape(str(value))}"' if value else ' value=""'


def _input(attrs: Mapping) -> str:
    return f"<input{_written(attrs)}/>"


def _hidden(is_hidden, *, disabled: bool = False) -> dict:
    if not is_hidden:
        return {}
    return {"hidden": "hidden"} | ({"disabled": "disabled"} if disabled else {})


def _select(control: Mapping, choose: str) -> str:
    groups = "".join(
        f"<optgroup{_written({'label': group['label']})}"
        f"{_written({'data-grc-group': group['value']})}>"
        f"{''.join(map(_option, group['options']))}</optgroup>"
        for group in control["groups"]
    )
    return (
        f"<select{_written({'class': 'form-select'} | control['attrs'])}>"
        f'<option value="">{escape(choose)}</option>'
        f"{''.join(map(_option, control['choices']))}{groups}</select>"
    )


def _option(option: Mapping) -> str:
    attrs = {"value": option["value"]}
    if option["selected"]:
        attrs["selected"] = "selected"
    attrs |= _hidden(option["hidden"], disabled=True)
    return f"<option{_written(attrs)}>{escape(option['label'])}</option>"


def _choice(option: Mapping) -> str:
    around = {"class": "o_grc_radio", "data-grc-option": option["value"]}
    return (
        f"<div{_written(around | _hidden(option['hidden']))}>"
        f"{_input(option['attrs'])}{_label(option)}</div>"
    )


def _label(one: Mapping) -> str:
    return f"<label{_written({'for': one['id']})}>{escape(one['label'])}</label>"


def _day(control: Mapping) -> str:
    parts = "".join(
        f'<div class="o_grc_form_part_{escape(one["name"])}">{_label(one)}'
        f"{_input({'class': 'form-control'} | one['attrs'])}</div>"
        for one in control["inputs"]
    )
    return f'<div class="o_grc_form_day">{parts}</div>'
