"""A town's own wording of an acknowledgement loses no mention of the law."""

import pytest
from grc_rules.grc_sve.wording import (
    BLOCKS,
    allowed_placeholders,
    fill,
    guarded_mentions,
    lost_mentions,
    mention_article,
    mention_carriers,
    rename_placeholders,
    tidy,
    wording_faults,
)
from hypothesis import given
from hypothesis import strategies as st

FULL = (
    "<p>{received_on}</p><p>{service}<br/>{address}<br/>{phone}</p>"
    "<p>{silence}</p><p>{attestation}</p><p>{missing_documents}</p>"
)
CASES = [("aee", "none"), ("are", "sva"), ("are", "svr"), ("are", "none")]


def test_a_full_wording_has_no_fault():
    assert lost_mentions("are", "sva", FULL) == ()
    assert wording_faults("are", "sva", FULL) == ((), (), False)


@pytest.mark.parametrize(("kind", "regime"), CASES)
def test_each_mention_that_a_wording_loses_is_told_with_its_article(kind, regime):
    # CRPA R112-11-1, R112-11-2, R112-11-4; CJA R421-5
    everything = "".join(
        f"<p>{{{name}}}</p>" for name in allowed_placeholders(kind, regime)
    )
    assert lost_mentions(kind, regime, everything) == ()
    for mention in guarded_mentions(kind, regime):
        assert mention_article(mention, kind)
        html = everything
        for names in mention_carriers(mention):
            html = html.replace(f"{{{names[0]}}}", "")
        assert mention in lost_mentions(kind, regime, html)


def test_one_address_of_two_is_not_enough():
    # A service may have a postal address only, or an e-mail address only.
    half = FULL.replace("{address}", "{postal_address}")
    assert lost_mentions("are", "sva", half) == ("address",)
    both = FULL.replace("{address}", "{postal_address}<br/>{email}")
    assert lost_mentions("are", "sva", both) == ()


def test_registration_wants_the_day_only():
    assert guarded_mentions("aee", "none") == ("received_on",)
    assert lost_mentions("aee", "none", "<p>{received_on}</p>") == ()


def test_a_regime_says_nothing_of_another():
    assert wording_faults("are", "none", "<p>{silence}</p>")[0] == ("silence",)
    assert wording_faults("are", "sva", "<p>{appeal_ways}</p>")[0] == ("appeal_ways",)
    assert wording_faults("aee", "none", "<p>{odd}</p>")[0] == ("odd",)
    with pytest.raises(ValueError):
        allowed_placeholders("are", "unknown")


@pytest.mark.parametrize(
    "html",
    [
        "<p>never: {silence}</p>",
        "<h2>{silence}</h2>",
        "<ul><li>{silence}</li></ul>",
        "<p><strong>{silence}</strong></p>",
        "<p>{silence}</p><p>{silence}</p>",
    ],
)
def test_what_the_law_says_stands_alone_and_once(html):
    assert wording_faults("are", "sva", html)[1] == ("silence",)


@pytest.mark.parametrize(
    "html", ["<p>{</p>", "<p>}</p>", "<p>{rece<strong>ived_on}</strong></p>", "{ a }"]
)
def test_a_lonely_brace_is_told(html):
    assert wording_faults("are", "sva", html)[2]


def test_placeholders_under_other_names():
    html = "<p>{phone} {odd} {</p>"
    renamed = rename_placeholders(html, {"phone": "telephone"})
    assert renamed == "<p>{telephone} {odd} {</p>"
    assert rename_placeholders(renamed, {"telephone": "phone"}) == html


def test_values_are_escaped_and_never_read_again():
    values = {"subject": "<script>x</script> {phone}", "phone": "01"}
    assert fill("<p>{subject} {phone}</p>", values, {}) == (
        "<p>&lt;script&gt;x&lt;/script&gt; {phone} 01</p>"
    )


def test_a_line_without_any_value_disappears():
    html = "<p>{service}<br/>Telephone: {phone}</p><p>{email}</p><p>Bye</p>"
    assert fill(html, {"service": "S"}, {}) == "<p>S</p><p>Bye</p>"
    assert fill("<ul><li>{a}</li><li>b<ul><li>{c}</li></ul></li></ul>", {}, {}) == (
        "<ul><li>b<ul></ul></li></ul>"
    )
    assert fill("<ul><li>{a}<ul><li>b</li></ul></li></ul>", {"a": "1"}, {}) == (
        "<ul><li>1<ul><li>b</li></ul></li></ul>"
    )


def test_a_block_takes_the_place_of_its_paragraph():
    blocks = {"silence": "<p>One</p><p>Two</p>"}
    assert (
        fill("<p> {silence} </p><p>{missing_documents}</p>", {}, blocks)
        == (blocks["silence"])
    )


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p style="display:none">{phone}<!-- {email} --></p>', "<p>{phone}</p>"),
        ("<s>{phone}</s>", "<p>{phone}</p>"),
        ("<p hidden>{phone}</p>", "<p>{phone}</p>"),
        ("<script>{phone}</script>", ""),
        ("<template>{phone}</template>", ""),
        ("<div>a<p>b</p></div>", "<p>a</p><p>b</p>"),
        ("<h1>T</h1>", "<h2>T</h2>"),
        ("<p><strong>x<br></p><p><br></p>", "<p><strong>x<br/></strong></p>"),
        ('<p><a href="javascript:x">k</a></p>', "<p>k</p>"),
        ('<p><a href="https://a.b/{phone}">k</a></p>', "<p>k</p>"),
        (
            '<p><a href="https://a.b/?a=1&amp;b=2">k</a></p>',
            '<p><a href="https://a.b/?a=1&amp;b=2">k</a></p>',
        ),
        ("<p>a\xa0: &lt;b&gt;</p>", "<p>a\xa0: &lt;b&gt;</p>"),
        ("", ""),
    ],
)
def test_nothing_hides_a_mention(html, expected):
    assert tidy(html) == expected


@given(st.text(alphabet="<>/pbrliuh2&;{}a \n\xa0\"'=!-", max_size=60))
def test_tidying_twice_changes_nothing(html):
    once = tidy(html)
    assert tidy(once) == once


def test_blocks_are_those_of_the_law():
    assert set(BLOCKS) == {
        "silence",
        "attestation",
        "appeal_ways",
        "missing_documents",
    }
