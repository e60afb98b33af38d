"""What is drawn of one page: one node a line, its errors listed for the summary."""

from markupsafe import Markup

from odoo import tools

from ..rules import drawing, filling, posting
from ..rules.input_html import question_html
from ..rules.reading import MOST_ROWS
from ..rules.types import TYPES
from .grc_form_drawing_errors import ErrorSummary, row_name
from .grc_form_drawing_locked import locked_node

_NOTES = ("hint", "unit", "known", "lookup", "error")


class PageDrawing:
    """Draw one page: keeps the path of each error for the summary."""

    def __init__(self, version, raw, errors, seen, options):
        # sudo: what a published form asks for is public
        self.version = version.sudo()
        self.raw, self.errors, self.seen = raw, errors, seen
        self.files = options.get("files") or {}
        self.known = set(options.get("known") or ())
        self.lookups = options.get("lookups") or {}
        self.locked = options.get("locked") or {}
        self.words = version._kept_form_words()
        self.summary, self.paths = ErrorSummary(version.env, errors), set()
        self.blanks = version._blank_nodes()
        names = (*errors, *(name for name, text in raw.items() if text))
        self.touched = {name.partition(".")[0] for name in names}

    def nodes(self, page):
        self.kinds = self.version._piece_kinds(None, page)
        return [node for item in page["items"] if (node := self.node(item))]

    def node(self, item):
        code = item["code"]
        match item["kind"]:
            case "section" | "explanation":
                self.paths.add(code)
                return self.prose(item)
            case "block":
                return self.block(item)
        if not self.is_blank(item):
            return self.asked(item, code)
        self.paths.add(code)
        key = (code, code in self.seen.shown)
        if key not in self.blanks:
            self.blanks[key] = self.asked(item, code)
        return self.blanks[key]

    def is_blank(self, item):
        """Tell whether a question is drawn as for anybody who has not answered it."""
        code = item["code"]
        return (
            item["kind"] == "question"
            and item["type"] not in ("computed", "table")
            and code not in self.touched
            and code not in self.known
            and code not in self.lookups
            and code not in self.seen.options
        )

    def prose(self, item):
        node = item | {"hidden": item["code"] not in self.seen.shown}
        if item["kind"] == "explanation":
            # A draft being tried was not checked yet.
            node["html"] = tools.html_sanitize(item["html"])
            node["image"] = item.get("image") and _data_url(item["image"])
        return node

    def asked(self, item, path, row=""):
        kind = item.get("kind", "question")
        self.paths.add(path)
        node = {
            "kind": kind,
            "code": item["code"],
            "path": path,
            "id": drawing.first_id(path),
            "label": item.get("label") or "",
            "row": row,
            "required": item.get("required", True),
            "hidden": path not in self.seen.shown,
        }
        self.summary.place(path, node["id"])
        if kind == "piece":
            return self.piece(item, node)
        if path in self.locked:
            return locked_node(self.version, item, node, self.locked[path])
        node |= {"type": item["type"], "hint": self.hint(item)}
        node["known"] = path in self.known and not self.errors
        node |= {"unit": item.get("unit") or "", "lookup": self.lookups.get(path)}
        if item["type"] == "computed":
            return node | {"kind": "computed", "text": self.computed(item, path)}
        if item["type"] == "table":
            return self.table(item, node)
        node["controls"] = self.controls(item, path, node["hidden"])
        message, target = drawing.question_error(
            item, path, node["controls"], self.errors
        )
        node["error"] = message
        if not node["hidden"]:
            found = [(target, message)] if message else []
            found += drawing.control_errors(node["controls"])
            self.summary.tell(node, found)
        node["layout"] = _layout(node["controls"])
        _describe(node)
        return self.drawn(node)

    def hint(self, question):
        """Return how to answer: the hint of the form, else that of the type."""
        return question.get("help") or self.words["hints"].get(question["type"], "")

    def controls(self, item, path, hidden):
        return drawing.controls(
            item,
            path,
            self.raw,
            self.errors,
            self.words,
            self.seen.options.get(path),
            hidden,
        )

    def drawn(self, node):
        node["html"] = Markup(question_html(node, self.words))
        return node

    def computed(self, item, path):
        value, code = self.seen.answers, item["code"]
        if path != code:
            block, index, _code = path.split(".")
            rows = value.get(block) or []
            value = rows[int(index)] if int(index) < len(rows) else {}
        answer = value.get(code)
        return "" if answer is None else TYPES["computed"].text(item, answer)

    # === ROWS === #

    def block(self, item):
        code = item["code"]
        self.paths.add(code)
        hidden = code not in self.seen.shown
        ids = self.version._row_ids(item, self.raw)
        name = item.get("item_label") or item.get("label") or ""
        rows = []
        error = self.whole_error(code, hidden)
        for index, row_id in enumerate(ids):
            path, title = f"{code}.{index}", row_name(item, index)
            nodes = [
                self.asked(child, f"{path}.{child['code']}", title)
                for child in item["items"]
            ]
            for node in nodes:
                if hidden:
                    node["hidden"] = True
            rows.append(
                {
                    "index": index,
                    "row_id": row_id,
                    "path": path,
                    "title": title,
                    "nodes": nodes,
                }
            )
        least, most = item.get("min") or 0, item.get("max") or filling.MOST_ROWS
        return {
            "kind": "block",
            "code": code,
            "label": item.get("label") or "",
            "item_label": name,
            "hint": item.get("help") or "",
            "rows": rows,
            "hidden": hidden,
            "error": error,
            "can_add": len(rows) < most,
            "can_remove": len(rows) > least,
            "min": least,
            "max": item.get("max"),
        }

    def whole_error(self, path, hidden):
        """Return what is wrong with all the rows, told in the summary."""
        self.summary.place(path, f"block-{path}")
        error = self.errors.get(path, "")
        if error and not hidden:
            self.summary.tell({"label": ""}, [(f"block-{path}", error)])
        return error

    def table(self, item, node):
        code, path = item["code"], node["path"]
        indexes = posting.row_indexes(self.raw, path)
        count = max(len(indexes), posting.shown_rows(item))
        error = self.whole_error(path, node["hidden"])
        rows = []
        for rank in range(count):
            # As they were typed: a table has no row identifiers.
            index = indexes[rank] if rank < len(indexes) else rank
            cells = [
                self.cell(column, f"{path}.{index}.{column['code']}", node, rank)
                for column in item["columns"]
            ]
            rows.append({"index": index, "number": rank + 1, "cells": cells})
        most = item.get("max") or MOST_ROWS
        return node | {
            "kind": "table",
            "code": code,
            "rows": rows,
            "error": error,
            "can_add": count < most,
            "can_remove": count > posting.shown_rows(item),
            "max": item.get("max"),
        }

    def cell(self, column, path, table, rank):
        hidden = table["hidden"]
        drawn = self.controls(column, path, hidden)
        message, target = drawing.question_error(column, path, drawn, self.errors)
        node = {
            "kind": "question",
            "code": column["code"],
            "path": path,
            "id": drawing.first_id(path),
            "label": column.get("label") or "",
            "row": self.version.env._(
                "%(table)s, row %(number)s", table=table["label"], number=rank + 1
            ),
            "hint": column.get("help") or "",
            "required": bool(column.get("required")),
            "controls": drawn,
            "error": message,
            "hidden": False,
            "type": column["type"],
            "known": False,
            "unit": column.get("unit") or "",
            "layout": _layout(drawn),
        }
        if not hidden:
            found = [(target, message)] if message else []
            self.summary.tell(node, found + drawing.control_errors(drawn))
        _describe(node)
        return self.drawn(node)

    # === PIECES === #

    def piece(self, item, node):
        kind = self.kinds.get(item["document"]) or self.version.env["grc.document.type"]
        error = self.errors.get(node["path"], "")
        node["label"] = node["label"] or kind.name or item["document"]
        if error and not node["hidden"]:
            found = [(node["id"], line) for line in error.splitlines()]
            self.summary.tell(node | {"label": ""}, found)
        company = self.version.prestation_id.company_id
        return node | {
            "multiple": kind._limits(company)[0] > 1,
            "hint": item.get("help") or kind.help or "",
            "document": item["document"],
            "document_type": kind,
            "limits": kind._limits_text(company),
            "error": error,
            "files": self.files.get(node["path"]) or [],
        }


def _layout(controls):
    """Return ``single`` for one label and one input, ``group`` for a fieldset."""
    shown = [one for one in controls if one["id"]]
    if len(shown) == 1 and shown[0]["widget"] in ("input", "textarea", "select"):
        return "single"
    return "group"


def _describe(node):
    """Tie hints and errors to the inputs that they are about."""
    whole = [f"{node['id']}-{name}" for name in _NOTES if node.get(name)]
    node["described"] = " ".join(whole) or None
    for control in node["controls"]:
        if control["id"]:
            _describe_control(node, control, whole)


def _describe_control(node, control, whole):
    ids = [f"{control['id']}-part-error"] if control["error"] else []
    if node["layout"] == "single":
        ids = whole + ids
        if node["required"]:
            control["attrs"]["aria-required"] = "true"
    control["described"] = " ".join(ids) or None
    if ids and control["widget"] != "options":
        for one in control.get("inputs") or [control]:
            one["attrs"]["aria-describedby"] = control["described"]


def _data_url(image):
    """Return an image kept in the form as an address: nobody else is asked."""
    kinds = {"iVBOR": "png", "R0lGO": "gif", "UklGR": "webp"}
    kind = kinds.get(image[:5], "jpeg")
    return f"data:image/{kind};base64,{image}"
