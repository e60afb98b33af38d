"""The chain of the events of a request: any change shows (CRPA L112-11)."""

import hashlib
from datetime import datetime

import pytest
from grc_rules.grc_base.chain import (
    event_hash,
    first_broken_link,
    text_hash,
    went_back,
)
from hypothesis import given
from hypothesis import strategies as st

FACTS = [
    {"kind": "received", "on": "2026-09-15", "payload": {"files": ["a.pdf"]}},
    {"kind": "taken", "on": "2026-09-16", "payload": {}},
    {"kind": "decided", "on": "2026-09-17", "payload": {"outcome": "granted"}},
]


def chain_of(facts):
    links, previous = [], ""
    for fact in facts:
        own = event_hash(previous, fact)
        links.append((previous, own, fact))
        previous = own
    return links


def test_the_seal_is_a_sha256_that_anybody_can_redo():
    text = '["",{"kind":"reçu","on":"2026-09-15"}]'
    assert event_hash("", {"on": "2026-09-15", "kind": "reçu"}) == (
        hashlib.sha256(text.encode()).hexdigest()
    )


def test_the_order_of_the_keys_does_not_matter():
    assert event_hash("x", {"a": 1, "b": 2}) == event_hash("x", {"b": 2, "a": 1})


def test_the_previous_seal_matters():
    assert event_hash("x", FACTS[0]) != event_hash("y", FACTS[0])


def test_a_whole_chain_holds():
    assert first_broken_link(chain_of(FACTS)) is None
    assert first_broken_link([]) is None


@pytest.mark.parametrize("position", [0, 1, 2])
def test_a_changed_fact_breaks_its_link(position):
    links = chain_of(FACTS)
    previous, own, facts = links[position]
    links[position] = (previous, own, facts | {"on": "2020-01-01"})
    assert first_broken_link(links) == position


@pytest.mark.parametrize("position", [0, 1])
def test_a_removed_fact_breaks_the_next_link(position):
    links = chain_of(FACTS)
    del links[position]
    assert first_broken_link(links) == position


def test_an_added_fact_breaks_the_chain():
    links = chain_of(FACTS)
    forged = {"kind": "closed", "on": "2026-09-16", "payload": {}}
    links.insert(1, (links[0][1], event_hash(links[0][1], forged), forged))
    assert first_broken_link(links) == 2


def test_a_fact_rewritten_with_its_seal_breaks_the_next():
    links = chain_of(FACTS)
    forged = FACTS[1] | {"on": "2020-01-01"}
    links[1] = (links[0][1], event_hash(links[0][1], forged), forged)
    assert first_broken_link(links) == 2


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=5,
)
FACT = st.dictionaries(st.text(max_size=8), JSON, max_size=4)


@given(st.lists(FACT, max_size=5))
def test_every_chain_holds(facts):
    assert first_broken_link(chain_of(facts)) is None


def test_a_text_is_proved_without_being_repeated():
    assert text_hash("Bonjour") == hashlib.sha256(b"Bonjour").hexdigest()
    assert text_hash(None) == text_hash("")
    assert text_hash("Bonjour") != text_hash("bonjour")


def test_a_clock_that_goes_back_by_more_than_a_minute_is_told():
    last = datetime(2026, 10, 1, 9, 0)
    assert went_back(last, datetime(2026, 10, 1, 8, 58, 59))
    assert not went_back(last, datetime(2026, 10, 1, 8, 59))
    assert not went_back(last, last)
