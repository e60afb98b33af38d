"""The HTML of the questions: whole, escaped, labelled."""

import pytest
from grc_rules.grc_form.answer_indexes import answer_indexes
from grc_rules.grc_form.drawing import controls, first_id
from grc_rules.grc_form.input_html import question_html
from lxml import html

WORDS = {
    "choose": "Choose",
    "optional": "(optional)",
    "error": "Error:",
    "known": "Filled with what we know.",
    "parts": {"day": "Day", "month": "Month", "year": "Year", "date": "Day"},
    "answers": {},
    "replaced": frozenset(),
}
OPTIONS = [{"value": "a", "label": "<A>"}, {"value": "b", "label": "B & b"}]
HOSTILE = '"><script>alert(1)</script>'


def drawn(kind, raw=None, layout="single", shown=None, **changes):
    question = {"code": "q", "type": kind, "label": "Which?", "options": OPTIONS}
    node = {
        "path": "q",
        "type": kind,
        "id": first_id("q"),
        "label": "Which?",
        "hint": "",
        "unit": "",
        "required": True,
        "known": False,
        "hidden": False,
        "error": "",
        "described": None,
        "layout": layout,
    } | changes
    made = controls(question, "q", raw or {}, {}, WORDS, shown, node["hidden"])
    for control in made:
        control.setdefault("described", None)
    text = question_html(node | {"controls": made}, WORDS)
    return text, html.fromstring(text)


def test_one_input_and_its_label():
    _text, tree = drawn("text", {"q": "Metz"}, hint="In full", unit="km")
    assert tree.xpath("//label/@for") == ["f-q"]
    assert tree.xpath("//input[@id='f-q']/@value") == ["Metz"]
    assert tree.xpath("//p[@id='f-q-hint']/text()") == ["In full"]
    assert tree.xpath("//span[@id='f-q-unit']/text()") == ["km"]


@pytest.mark.parametrize("kind", ["text", "long_text", "email"])
def test_what_is_typed_is_escaped(kind):
    text, tree = drawn(kind, {"q": HOSTILE}, label=HOSTILE, hint=HOSTILE, error=HOSTILE)
    assert "<script" not in text
    assert tree.text_content().count("<script>") >= 3


def test_the_first_line_break_of_a_long_text_is_kept():
    text, _tree = drawn("long_text", {"q": "\nSecond line"})
    assert ">\n\nSecond line</textarea>" in text


def test_radio_buttons():
    _text, tree = drawn("choice", {"q": "b"}, layout="group")
    assert tree.xpath("//fieldset/legend/text()") == ["Which?"]
    assert tree.xpath("//input[@checked]/@value") == ["b"]
    assert tree.xpath("//label/text()") == ["<A>", "B & b"]
    ids = tree.xpath("//input/@id")
    assert tree.xpath("//label/@for") == ids
    assert len(set(ids)) == 2


def test_a_hidden_option_cannot_be_sent():
    _text, tree = drawn("choice", layout="group", shown=["a"])
    assert tree.xpath("//input[@disabled]/@value") == ["b"]
    assert tree.xpath("//div[@hidden]/@data-grc-option") == ["b"]


def test_a_hidden_question_sends_nothing():
    _text, tree = drawn("text", hidden=True)
    assert tree.get("hidden") == "hidden"
    assert tree.xpath("//input/@disabled") == ["disabled"]


def test_a_day_in_three_inputs():
    _text, tree = drawn("date", {"q.day": "3"}, layout="group", required=False)
    assert tree.xpath("//input/@name") == ["q.day", "q.month", "q.year"]
    assert tree.xpath("//input/@value") == ["3", "", ""]
    assert tree.xpath("//legend/span/text()") == ["(optional)"]


def test_an_error_is_said_in_words():
    _text, tree = drawn("text", error="Write a number.")
    (message,) = tree.xpath("//p[@id='f-q-error']")
    assert message.text_content() == "Error: Write a number."
    assert "o_grc_field_wrong" in tree.get("class")


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("selection", {"eq": "btree", "in": "gin"}),
        ("integer", {"eq": "btree", "in": "gin"}),
        ("tags", {"eq": "hash", "in": "gin"}),
        ("date", {"eq": "hash", "in": "gin", "day": "btree"}),
        ("char", {"eq": "hash", "in": "gin", "words": "gin"}),
        ("text", {"eq": "hash", "in": "gin", "words": "gin"}),
        ("boolean", {}),
    ],
)
def test_indexes_of_an_answer(kind, expected):
    found = answer_indexes(kind, trigrams=True)
    assert {index.suffix: index.method for index in found} == expected
    without = answer_indexes(kind, trigrams=False)
    assert [index for index in found if index.suffix != "words"] == without
