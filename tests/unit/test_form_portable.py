"""The file of a prestation: read strictly, with lines, and written in one way."""

import copy
import json

import prestation_schema
import pytest
from form_cases import form, hall, page, piece, question
from grc_rules.grc_form import codes, json_text, markup, normal, portable
from grc_rules.grc_form.portable_keys import KEYS, names
from grc_rules.grc_form.schema_keys import KEYS as FORM_KEYS
from grc_rules.grc_form.types import TYPES
from hypothesis import given
from hypothesis import strategies as st
from json_schema_check import wrong

SCHEMA = json.loads(prestation_schema.text())


def document(code="ATTEST", **more):
    return {
        "code": code,
        "name": "Attestation",
        "legal_basis": "Règlement, art. 2",
        "indispensable": True,
        "nature": "ordinary",
        "formats": ["pdf", "image"],
        "max_files": 1,
        "max_mb": 10,
        "max_age_months": None,
        "help": "",
    } | more


def whole(**more):
    return {
        "format": "grc-prestation/1",
        "code": "SALLE",
        "name": "Réserver une salle",
        "theme": "culture",
        "nature": "request",
        "summary": "Une salle pour une fête.",
        "description": "<p>Pour qui, comment.</p>",
        "cost": "",
        "duration": "",
        "legal_basis": "",
        "retention": "Un an",
        "audience": ["person"],
        "channels": ["portal", "desk"],
        "needs_presence": False,
        "presence_note": "",
        "service": "Vie associative",
        "references": {"cerfa": "", "white_paper": ""},
        "law": {
            "regime": "svr",
            "months": 2,
            "start_basis": "default",
            "source": "CRPA, art. L231-4",
            "checked_on": "2026-09-01",
            "prior_appeal": False,
            "appeal_text": "",
            "excluded": False,
            "note": "",
        },
        "privacy": {"purpose": "Prêter", "legal_basis": "6.1.e", "recipients": "Nous"},
        "documents": [document()],
        "form": form(question("nom"), piece("p_attest", "ATTEST")),
    } | more


def read(data):
    return portable.parse(json.dumps(data, indent=1).encode())


def faults(content):
    content = content if isinstance(content, bytes) else content.encode()
    return [(fault.line, fault.code) for fault in portable.parse(content).faults]


def test_a_whole_file_is_read():
    parsed = read(whole())
    assert parsed.faults == []
    assert parsed.data["form"]["pages"][0]["items"][1]["required"] is True
    assert parsed.data["law"]["missing_days"] == 0


def test_what_is_written_is_read_back_the_same():
    data = read(whole()).data
    again = portable.parse(portable.dump(data))
    assert again.faults == []
    assert portable.dump(again.data) == portable.dump(data)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", (1, "file_empty")),
        (b" \n\n", (1, "file_empty")),
        (b"\xff\xfe{\x00}\x00", (1, "not_utf8")),
        (b'{"a":\n "\xe9"}', (2, "not_utf8")),
        ('{"a": 1,\n "b": }', (2, "json_syntax")),
        ('{"a": 1,\n}', (2, "json_syntax")),
        ('{"a": 1\n "b": 2}', (2, "json_syntax")),
        ('{\n\n"a": NaN}', (3, "json_syntax")),
        ('{\n"a": Infinity}', (2, "json_syntax")),
        ('{"a": -}', (1, "json_syntax")),
        ('{"a": 01}', (1, "json_syntax")),
        ('{"a": "b\\x"}', (1, "json_syntax")),
        ('{"a": "b', (1, "json_syntax")),
        ('{"a": 1}\n{"b": 2}', (2, "json_syntax")),
        ("{a: 1}", (1, "json_syntax")),
        ("{'a': 1}", (1, "json_syntax")),
        ("[" * 10_000, (1, "nested_too_deep")),
        ('{"a":' * 10_000, (1, "nested_too_deep")),
        ('{"a": 1,\n "a": 2}', (2, "key_twice")),
        ('{"a":\n 1e400}', (2, "number_refused")),
        ('{"a":\n ' + "9" * 5000 + "}", (2, "number_refused")),
        ('{"a":\n "b\\u0000c"}', (2, "text_refused")),
        ('{"a":\n "b\\u001bc"}', (2, "text_refused")),
        ('{"a":\n "b\\u202ec"}', (2, "text_refused")),
        ('{"a":\n "b\\ud800c"}', (2, "text_refused")),
        ('{"a":\n "<ScRipt>x</script>"}', (2, "text_active")),
        ('{"a":\n "<img src=x onerror=alert(1)>"}', (2, "text_active")),
        ('{"a":\n "javascript:alert(1)"}', (2, "text_active")),
        ('{"a\\u0000": 1}', (1, "text_refused")),
        ("[]", (1, "not_an_object")),
        ('"text"', (1, "not_an_object")),
        ("null", (1, "not_an_object")),
        ('{\n"format": "grc-prestation/2"}', (2, "file_format_unknown")),
        ('{"format": 1}', (1, "file_format_unknown")),
        ("{}", (1, "file_format_unknown")),
    ],
)
def test_hostile_text_is_refused_with_its_line(content, expected):
    found = faults(content)
    assert expected in found
    assert (
        portable.parse(content if isinstance(content, bytes) else content.encode())[0]
        is None
    )


def test_a_file_too_large_is_not_read():
    assert faults(b" " * (portable.LARGEST + 1)) == [(1, "file_too_large")]


def test_too_many_values_are_not_kept(monkeypatch):
    assert json_text.MOST_VALUES == 200_000
    monkeypatch.setattr(json_text, "MOST_VALUES", 2000)
    assert faults("[" + "1," * 1000 + "1]") != [(1, "too_many_values")]
    content = "[" + "1," * 3000 + "1]"
    assert faults(content) == [(1, "too_many_values")]


def test_a_mark_of_order_of_bytes_is_harmless():
    content = b"\xef\xbb\xbf" + json.dumps(whole()).encode()
    assert portable.parse(content).faults == []


def changed(path, value):
    """Return the whole file with ``value`` at ``path``; None takes the key away."""
    data = copy.deepcopy(whole())
    *parents, last = path
    inside = data
    for key in parents:
        inside = inside[key]
    if value is KeyError:
        del inside[last]
    else:
        inside[last] = value
    return data


ITEM = ("form", "pages", 0, "items", 0)


@pytest.mark.parametrize(
    ("path", "value", "code", "where"),
    [
        (("code",), KeyError, "key_missing", "{"),
        (("model",), "x", "key_unknown", '"model"'),
        (("code",), "", "value_wrong", '"code": ""'),
        (("code",), " a", "value_wrong", '"code": " a"'),
        (("name",), 3, "value_wrong", '"name"'),
        (("name",), "x" * 201, "value_wrong", '"name"'),
        (("theme",), "", "value_wrong", '"theme"'),
        (("nature",), "ticket", "value_wrong", '"nature"'),
        (("audience",), ["person", "person"], "value_wrong", '"audience"'),
        (("audience",), "person", "value_wrong", '"audience"'),
        (("channels",), ["fax"], "value_wrong", '"channels"'),
        (("needs_presence",), 1, "value_wrong", '"needs_presence"'),
        (("domicile_case",), "fishing", "value_wrong", '"domicile_case"'),
        (("description",), "<p onclick='x'>a</p>", "text_active", '"description"'),
        (("description",), "<marquee>a</marquee>", "html_refused", '"description"'),
        (("description",), "<img src='/x'>", "html_refused", '"description"'),
        (("description",), "<a href='ftp://x'>a</a>", "html_refused", '"description"'),
        (("law", "regime"), "maybe", "value_wrong", '"regime"'),
        (("law", "months"), 2.5, "value_wrong", '"months"'),
        (("law", "months"), True, "value_wrong", '"months"'),
        (("law", "months"), 61, "value_wrong", '"months"'),
        (("law", "checked_on"), "2026-02-30", "value_wrong", '"checked_on"'),
        (("law", "state"), "x", "key_unknown", '"state"'),
        (("law",), [], "value_wrong", '"law"'),
        (("privacy", "purpose"), None, "value_wrong", '"purpose"'),
        (("references", "cerfa"), KeyError, "key_missing", '"references"'),
        (("documents",), {}, "value_wrong", '"documents"'),
        (("documents", 0, "max_mb"), 101, "value_wrong", '"max_mb"'),
        (("documents", 0, "formats"), [], "value_wrong", '"formats"'),
        (("documents", 0, "code"), "A B", "value_wrong", '"code": "A B"'),
        (("documents",), [document(), document()], "document_twice", None),
        (("documents",), [], "document_not_described", '"document": "ATTEST"'),
        (
            ("documents",),
            [document(), document("OTHER")],
            "document_not_asked",
            '"code": "OTHER"',
        ),
        (("form",), [], "value_wrong", '"form"'),
        (("form", "pages"), [], "no_page", '"pages"'),
        ((*ITEM, "onclick"), "x", "key_unknown", '"onclick"'),
        ((*ITEM, "type"), "nir", "type_unknown", '"nir"'),
        ((*ITEM, "code"), "Nom", "code_wrong", '"Nom"'),
        ((*ITEM, "visible_if"), {"sql": "1=1"}, "condition_operator", '"visible_if"'),
    ],
)
def test_wrong_structure_is_refused_with_its_line(path, value, code, where):
    content = json.dumps(changed(path, value), indent=1)
    found = portable.parse(content.encode()).faults
    fault = next(one for one in found if one.code == code)
    line = content.split("\n")[fault.line - 1]
    assert where is None or where in line


def test_a_prestation_without_form():
    assert read(whole(form=None, documents=[])).faults == []
    assert [one.code for one in read(whole(form=None)).faults] == ["document_not_asked"]


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_quietly(content):
    parsed = portable.parse(content)
    assert parsed.data is None and parsed.faults


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda child: st.lists(child) | st.dictionaries(st.text(), child),
        max_leaves=20,
    )
)
def test_any_json_is_refused_quietly(value):
    parsed = portable.parse(json.dumps(value).encode())
    assert parsed.data is None and parsed.faults


@given(st.data())
def test_any_value_anywhere_is_refused_or_understood(data):
    file = whole()
    spot = data.draw(st.sampled_from(sorted(file)))
    value = data.draw(
        st.sampled_from([None, True, 3, -1, 2.5, "", "x", [], {}, [None], {"a": []}])
    )
    parsed = read(file | {spot: value})
    assert bool(parsed.data) != bool(parsed.faults)
    if parsed.data:
        assert portable.parse(portable.dump(parsed.data)).data == parsed.data


# === THE SCHEMA THAT SHIPS === #


def test_the_schema_that_ships_is_that_of_the_rules():
    shipped = prestation_schema.TARGET.read_text(encoding="utf-8")
    assert shipped == prestation_schema.text(), "run scripts/prestation_schema.py"


def test_the_schema_names_every_key():
    assert list(SCHEMA["properties"]) == names("file")
    for kind in set(KEYS) - {"file"}:
        assert list(SCHEMA["$defs"][kind]["properties"]) == names(kind)
    for kind in set(FORM_KEYS) - {"question"}:
        known = {key.rstrip("!") for key in FORM_KEYS[kind]}
        assert set(SCHEMA["$defs"][kind]["properties"]) == known
    asked = SCHEMA["$defs"]["question"]["oneOf"]
    assert [one["properties"]["type"]["const"] for one in asked] == list(TYPES)


@pytest.mark.parametrize("data", [whole(), whole(form=None, documents=[])])
def test_what_the_rules_accept_the_schema_accepts(data):
    assert wrong(data, SCHEMA, SCHEMA) == []
    assert wrong(read(data).data, SCHEMA, SCHEMA) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("code",), KeyError),
        (("model",), "x"),
        (("nature",), "ticket"),
        (("law", "regime"), "maybe"),
        ((*ITEM, "type"), "nir"),
        ((*ITEM, "onclick"), "x"),
        ((*ITEM, "visible_if"), {"sql": "1=1"}),
    ],
)
def test_what_the_schema_refuses(path, value):
    assert wrong(changed(path, value), SCHEMA, SCHEMA)


# === CHANGES, FINGERPRINTS === #


def test_the_order_of_keys_does_not_change_the_fingerprint():
    data = read(whole()).data
    turned = dict(reversed(list(data.items())))
    assert portable.fingerprint(data) == portable.fingerprint(turned)


def test_what_belongs_to_the_town_is_not_compared():
    data = read(whole()).data
    other = read(whole(service="Culture", theme="Fêtes", code="SALLE-2")).data
    assert portable.own(data) == portable.own(other)
    assert portable.sheet_changes(data, other) == []


def test_what_changes_in_the_sheet_is_named():
    law = whole()["law"] | {"months": 4}
    changed_file = read(whole(cost="10 €", law=law)).data
    assert portable.sheet_changes(read(whole()).data, changed_file) == [
        "cost",
        "law.months",
    ]


def test_a_form_in_normal_form_stays_so():
    once = normal.form(hall())
    assert normal.form(once) == once


def test_every_fault_has_its_params():
    known = portable.FILE_FAULTS | codes.FAULTS
    for path, value in (
        (("model",), "x"),
        (("documents",), []),
        (("description",), "<marquee>a</marquee>"),
    ):
        for fault in read(changed(path, value)).faults:
            assert set(fault.params) == set(known[fault.code])


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a</p>", "<p>a</p>"),
        ('<p style="x" class="y">a<br>b</p>', '<p class="y">a<br>b</p>'),
        ("<script>x</script><p>a</p>", "<p>a</p>"),
        ("<font>a &lt; b</font>", "a &lt; b"),
        ('<a href="javascript:x">a</a>', "<a>a</a>"),
        ('<a href="/x">a</a>', '<a href="/x">a</a>'),
        ("<img src='x'>", ""),
    ],
)
def test_rich_text_is_cleaned_without_losing_words(html, expected):
    assert markup.cleaned(html) == expected
    assert markup.refused_in(markup.cleaned(html)) == []


@given(st.text(alphabet="<>/abps &;\"'=!-", max_size=60))
def test_what_is_cleaned_is_accepted_and_stays(html):
    cleaned = markup.cleaned(html)
    assert markup.refused_in(cleaned) == []
    assert markup.cleaned(cleaned) == cleaned


def test_hall_can_travel():
    asked = portable.documents_asked(hall())
    data = whole(form=hall(), documents=[document(code) for code in sorted(asked)])
    assert read(data).faults == []
    assert page("p2")["code"] == "p2"
