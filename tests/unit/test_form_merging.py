"""What a town takes of a new version of a model, line by line."""

import copy

from form_cases import block, choice, form, page, question
from grc_rules.grc_form.changes import changes
from grc_rules.grc_form.merging import merged

OLD = form(
    page("p1", choice("hall", "small", "large"), question("people", label="People")),
    page("p2", block("helpers", question("helper", label="Helper")), question("note")),
    checks=[],
    stops=[],
)


def _model():
    new = copy.deepcopy(OLD)
    first, second = new["pages"]
    first["items"][1]["label"] = "How many people?"
    first["items"].insert(1, question("day", label="Day"))
    second["items"][0]["items"].append(question("phone", label="Phone"))
    second["items"].append(second["items"].pop(0))
    new["stops"] = [{"code": "i1", "if": {"q": "hall", "op": "filled"}, "message": "x"}]
    return new


def _codes(schema):
    return [
        (one["code"], [item["code"] for item in one["items"]])
        for one in schema["pages"]
    ]


def test_all_the_changes_make_the_model():
    new = _model()
    assert merged(OLD, new, changes(OLD, new)) == new


def test_no_change_leaves_the_form_of_the_town():
    mine = copy.deepcopy(OLD)
    mine["pages"][0]["items"][0]["label"] = "Which hall?"
    assert merged(mine, _model(), []) == mine


def test_a_line_taken_leaves_the_others():
    mine = copy.deepcopy(OLD)
    mine["pages"][0]["items"][0]["label"] = "Which hall?"
    mine["pages"][0]["items"].append(question("own", label="Ours"))
    new = _model()
    taken = [one for one in changes(OLD, new) if one["code"] in ("people", "day")]
    after = merged(mine, new, taken)
    assert _codes(after)[0] == ("p1", ["hall", "day", "people", "own"])
    labels = [item["label"] for item in after["pages"][0]["items"]]
    assert labels == ["Which hall?", "Day", "How many people?", "Ours"]
    assert after["pages"][1] == mine["pages"][1]


def test_what_the_town_added_outlives_the_page_that_goes():
    mine = copy.deepcopy(OLD)
    mine["pages"][1]["items"].append(question("own", label="Ours"))
    mine["pages"][1]["items"][0]["items"].append(question("own_too", label="Ours"))
    new = copy.deepcopy(OLD)
    del new["pages"][1]
    after = merged(mine, new, changes(OLD, new))
    # The block holds a line of the town: it stays too.
    assert _codes(after) == [("p1", ["hall", "people", "helpers", "own"])]
    assert [item["code"] for item in after["pages"][0]["items"][2]["items"]] == [
        "own_too"
    ]


def test_a_line_of_what_was_not_taken():
    new = copy.deepcopy(OLD)
    new["pages"].append(
        page("p3", question("lone"), block("others", question("other")))
    )
    found = changes(OLD, new)
    taken = [one for one in found if one["code"] in ("lone", "other")]
    after = merged(OLD, new, taken)
    # A question finds a place at the end; the one of a block has none.
    assert _codes(after)[1] == ("p2", ["helpers", "note", "lone"])
    assert len(after["pages"]) == 2


def test_taking_twice_is_taking_once():
    new = _model()
    found = changes(OLD, new)
    once = merged(OLD, new, found)
    assert merged(once, new, found) == once
