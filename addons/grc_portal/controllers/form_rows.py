"""The rows and the questions of a page that has just been sent."""

from odoo.addons.grc_form.rules import posting


def rows_item(page, path):
    """Return the block or the table of a page that a path names, None otherwise."""
    code, _dot, rest = path.partition(".")
    item = next((one for one in page["items"] if one["code"] == code), None)
    if item and item["kind"] == "block" and rest:
        child = rest.partition(".")[2]
        item = next((one for one in item["items"] if one["code"] == child), None)
        item = item and {"kind": "question"} | item
    if item and (item["kind"] == "block" or item.get("type") == "table"):
        return item
    return None


def without_dropped_rows(page, raw, answers):
    """Return ``raw`` without the rows left blank, which the reading dropped."""
    for item in page["items"]:
        if item["kind"] == "block":
            code = item["code"]
            kept = {row.get("_id") for row in answers.get(code) or []}
            ids = posting.row_ids(raw, code)
            for index in reversed(range(len(ids))):
                if ids[index] not in kept:
                    raw = posting.without_row(raw, code, index)
    return raw


def appeared(page, paths):
    """Return ``(path, label)`` of what is asked and was not shown before."""
    found = []
    for item in page["items"]:
        is_asked = item["kind"] in ("question", "piece", "block")
        if item["code"] in paths and is_asked and item.get("type") != "computed":
            found.append((item["code"], item.get("label") or ""))
        if item["kind"] == "block" and item["code"] not in paths:
            found += [
                (path, child.get("label") or "")
                for child in item["items"]
                for path in sorted(paths)
                if path.startswith(f"{item['code']}.")
                and path.rpartition(".")[2] == child["code"]
                and child.get("type") != "computed"
            ]
    return found


def is_of(path, new):
    """Tell whether a path is that of a question, or of a part, of ``new``."""
    return any(path == one or path.startswith(f"{one}.") for one, _label in new)
