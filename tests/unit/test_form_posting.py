"""What a page of a form holds while it is filled, and its controls."""

import pytest
from form_types_cases import TODAY
from grc_rules.grc_form import drawing, posting
from grc_rules.grc_form.filling import read_page
from grc_rules.grc_form.types import TYPES, Context

NAME = {"kind": "question", "code": "name", "type": "text", "label": "Name"}
BLOCK = {"kind": "block", "code": "kids", "label": "Kids", "items": [NAME], "min": 0}
TABLE = {
    "kind": "question",
    "code": "tools",
    "type": "table",
    "label": "Tools",
    "columns": [{"code": "tool", "type": "text", "label": "Tool"}],
}
DAY = {"kind": "question", "code": "day", "type": "date", "label": "Day"}
PAGE = {"code": "p", "title": "P", "items": [BLOCK, TABLE, DAY]}
WORDS = {"parts": {"date": "Day"}, "answers": {}, "replaced": frozenset()}


def test_only_the_inputs_of_the_page_are_kept():
    raw = posting.posted(
        PAGE, [("day.day", "3"), ("other", "x"), ("answers", "{}"), ("day", "a")]
    )
    assert raw == {"day.day": "3", "day": "a"}


def test_rows_are_numbered_from_zero_with_one_identifier_each():
    raw = posting.posted(
        PAGE,
        [
            ("kids.7._id", "r1"),
            ("kids.7.name", "B"),
            ("kids.2._id", "r1"),
            ("kids.2.name", "A"),
            ("kids.9.name", "C"),
            ("kids.x.name", "D"),
        ],
    )
    assert [raw[f"kids.{index}.name"] for index in range(3)] == ["A", "B", "C"]
    ids = posting.row_ids(raw, "kids")
    assert len(set(ids)) == len(ids) == 3


def test_too_much_text_is_refused():
    with pytest.raises(posting.TooHeavy):
        posting.posted(PAGE, [("day", "x" * (posting.HEAVIEST + 1))])


def test_rows_come_and_go():
    raw, index = posting.with_row({}, BLOCK)
    assert index == 0
    raw, index = posting.with_row(raw | {"kids.0.name": "A"}, BLOCK)
    assert index == 1
    raw["kids.1.name"] = "B"
    raw = posting.without_row(raw, "kids", 0)
    assert raw["kids.0.name"] == "B"
    assert posting.row_ids(raw, "kids") == ["r2"]


def test_a_table_without_answer_shows_one_row_and_adds_a_second():
    raw, index = posting.with_row({}, TABLE)
    assert index == 1
    assert posting.row_indexes(raw, "tools") == [0, 1]


def test_what_is_written_is_read_again():
    answers = {
        "kids": [{"_id": "r1", "name": "A"}],
        "tools": [{"tool": "Saw"}],
        "day": "2031-04-03",
    }
    raw = posting.written(PAGE, answers)
    schema = {"format": 1, "pages": [PAGE | {"visible_if": None}]}
    read, unread = read_page(schema, "p", raw, {}, Context(TODAY))
    assert (read, unread) == (answers, {})


@pytest.mark.parametrize("code", sorted(set(TYPES) - {"computed", "table"}))
def test_every_input_has_its_own_identifier(code):
    question = {"code": "q", "type": code, "label": "Q"}
    options = [{"value": "a", "label": "A"}, {"value": "b", "label": "B"}]
    question |= {"options": options, "roles": options, "text": "I certify"}
    if code == "linked_choice":
        question["options"] = [options[0] | {"options": options}]
    drawn = drawing.controls(question, "q", {}, {"q": "wrong"}, WORDS)
    ids = [one["id"] for one in drawn if one["id"]]
    for one in drawn:
        ids += [inner["id"] for inner in one.get("inputs", ())[1:]]
        if one["widget"] == "options":
            ids += [inner["id"] for inner in one["options"][1:]]
    assert len(ids) == len(set(ids))
    assert ids[0] == "f-q"
    assert drawing.question_error(question, "q", drawn, {"q": "wrong"})[1] == "f-q"


def test_the_error_of_a_month_leads_to_the_month():
    errors = {"day.month": "wrong"}
    drawn = drawing.controls(DAY, "day", {"day.month": "13"}, errors, WORDS)
    assert drawing.question_error(DAY, "day", drawn, errors) == (
        "wrong",
        "f-day-month",
    )
    month = drawn[0]["inputs"][1]["attrs"]
    assert month["value"] == "13" and month["aria-invalid"] == "true"
