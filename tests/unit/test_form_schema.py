"""Structure of forms: what a file or the builder may hold."""

import copy

import pytest
from form_cases import block, choice, form, hall, page, piece, q, question
from grc_rules.grc_form.codes import FAULTS
from grc_rules.grc_form.schema import check_schema, items_by_code, questions, walk
from hypothesis import given
from hypothesis import strategies as st


def codes(schema):
    return [fault.code for fault in check_schema(schema)]


def paths(schema):
    return [(fault.path, fault.code) for fault in check_schema(schema)]


def test_whole_form_is_right():
    assert check_schema(hall()) == []


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ([], ("", "not_an_object")),
        ({"format": 1}, ("", "key_missing")),
        (form(page("p1")) | {"format": 2}, ("format", "value_wrong")),
        (form(page("p1")) | {"script": "x"}, ("", "key_unknown")),
        (form(), ("pages", "no_page")),
        (form("x"), ("pages[0]", "not_an_object")),
        (form(question("Nom")), ("pages[0].items[0].code", "code_wrong")),
        (form(question("nom\n")), ("pages[0].items[0].code", "code_wrong")),
        (
            form(question("nom"), piece("nom")),
            ("pages[0].items[1].code", "code_twice"),
        ),
        (form(question("p1")), ("pages[0].items[0].code", "code_twice")),
        (form(question("a", "nir")), ("pages[0].items[0].type", "type_unknown")),
        (form(question("a") | {"kind": "x"}), ("pages[0].items[0]", "kind_unknown")),
        (form(question("a", onclick="x")), ("pages[0].items[0]", "key_unknown")),
        (
            form(question("a", required="yes")),
            ("pages[0].items[0].required", "value_wrong"),
        ),
        (
            form(question("a", "integer", min="x")),
            ("pages[0].items[0].min", "attribute_invalid"),
        ),
        (
            form(question("a", "integer", min=3, max=2)),
            ("pages[0].items[0].max", "bounds_crossed"),
        ),
        (
            form(question("a", "choice")),
            ("pages[0].items[0].options", "attribute_missing"),
        ),
        (
            form(block("b", block("c"))),
            ("pages[0].items[0].items[0]", "kind_unknown"),
        ),
        (form(block("b", min=4)), ("pages[0].items[0].max", "bounds_crossed")),
        (
            form({"kind": "explanation", "code": "e", "html": "<script>1</script>"}),
            ("pages[0].items[0].html", "html_refused"),
        ),
        (
            form({"kind": "explanation", "code": "e", "html": "<p onclick=x>1</p>"}),
            ("pages[0].items[0].html", "html_refused"),
        ),
        (
            form({"kind": "explanation", "code": "e", "html": "<a href=javascript:1>"}),
            ("pages[0].items[0].html", "html_refused"),
        ),
        (
            form(
                {
                    "kind": "explanation",
                    "code": "e",
                    "html": "",
                    "video_url": "http://video.example/1",
                }
            ),
            ("pages[0].items[0].video_url", "value_wrong"),
        ),
        (
            form(question("a", visible_if={"q": "b"})),
            ("pages[0].items[0].visible_if", "condition_operator"),
        ),
        (
            form(question("a", visible_if=q("b", "count_ge", 0))),
            ("pages[0].items[0].visible_if", "condition_value"),
        ),
        (
            form(question("a", visible_if={"all": []})),
            ("pages[0].items[0].visible_if", "condition_malformed"),
        ),
        (
            form(question("a", visible_if={"profile": "nir", "op": "filled"})),
            ("pages[0].items[0].visible_if", "condition_profile"),
        ),
        (
            form(question("a", "computed", formula="b *")),
            ("pages[0].items[0].formula", "formula_syntax"),
        ),
        (
            form(question("a", "computed", formula={"op": "exec", "args": ["1"]})),
            ("pages[0].items[0].formula", "formula_function"),
        ),
        (
            form(
                question("a"),
                checks=[
                    {"code": "c", "refuse_if": None, "message": "Non.", "at": ["a"]}
                ],
            ),
            ("checks[0].refuse_if", "condition_missing"),
        ),
        (
            form(
                question("a"),
                checks=[
                    {
                        "code": "c",
                        "refuse_if": q("a", "filled"),
                        "message": "Non.",
                        "at": ["z"],
                    }
                ],
            ),
            ("checks[0].at", "at_unknown"),
        ),
    ],
)
def test_fault_is_found_where_it_is(schema, expected):
    found = paths(schema)
    assert expected in found
    assert {code for _path, code in found} <= set(FAULTS)


def test_conditions_of_options_are_checked():
    schema = form(choice("a", "x", "y"))
    schema["pages"][0]["items"][0]["options"][1]["visible_if"] = {"op": "eq"}
    assert paths(schema) == [
        ("pages[0].items[0].options[1].visible_if", "condition_malformed")
    ]


def test_columns_have_no_condition_of_their_own():
    column = {"code": "nom", "type": "text", "label": "Nom"}
    assert not codes(form(question("t", "table", columns=[column])))
    column = column | {"visible_if": q("t", "filled")}
    assert "condition_in_table" in codes(form(question("t", "table", columns=[column])))


def test_form_has_a_limited_size():
    many = [question(f"q{number}") for number in range(300)]
    assert not codes(form(*many))
    assert codes(form(*many, question("more"))) == ["too_many"]
    deep = q("a", "filled")
    for _level in range(10):
        deep = {"not": deep}
    assert codes(form(question("a"), question("b", visible_if=deep))) == [
        "condition_too_deep"
    ]


def test_params_are_texts():
    for fault in check_schema(form(question("A", "nir", x=1), block("b", min=4))):
        assert set(fault.params) == set(FAULTS[fault.code])
        assert all(isinstance(text, str) for text in fault.params.values())


def test_walk_says_where_each_item_stands():
    schema = form(
        page(
            "p1",
            question("a"),
            {"kind": "section", "code": "s", "title": "S"},
            block("b", question("c")),
        )
    )
    places = {place.item["code"]: place for place in walk(schema)}
    assert list(places) == ["a", "s", "b", "c"]
    assert places["a"].section is None and places["c"].section["code"] == "s"
    assert places["c"].block["code"] == "b" and places["b"].block is None
    assert places["c"].path == "pages[0].items[2].items[0]"
    assert [one["code"] for one in questions(schema)] == ["a", "c"]
    assert [one["code"] for one in questions(schema, rows=False)] == ["a"]
    assert set(items_by_code(schema)) == set(places)


# === WHATEVER A FILE HOLDS === #

JUNK = (None, 0, -1, True, "", "x", [], {}, [1], {"a": 1}, "a" * 600, 1.5, [[]], [{}])


def _spots(value, path=()):
    yield path
    if isinstance(value, dict | list):
        inner = value.items() if isinstance(value, dict) else enumerate(value)
        for key, part in inner:
            yield from _spots(part, (*path, key))


SPOTS = [spot for spot in _spots(hall()) if spot]


@given(st.lists(st.tuples(st.sampled_from(SPOTS), st.sampled_from(JUNK)), max_size=4))
def test_no_file_makes_the_check_fail(changes):
    schema = copy.deepcopy(hall())
    for spot, junk in changes:
        target = schema
        for key in spot[:-1]:
            try:
                target = target[key]
            except (LookupError, TypeError):
                target = None
        if isinstance(target, dict) or (
            isinstance(target, list) and spot[-1] in range(len(target))
        ):
            target[spot[-1]] = copy.deepcopy(junk)
    for fault in check_schema(schema):
        assert set(fault.params) == set(FAULTS[fault.code])
