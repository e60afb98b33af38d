"""A file keeps the choices of the day it was received (docs/legal.md, section G)."""

import json

import pytest
from grc_rules.grc_sve.clock import DEFAULTS, Conventions, Facts, evaluate
from grc_rules.grc_sve.conventions import (
    changed_conventions,
    conventions_from_values,
    conventions_to_values,
)
from sve_cases import asked, make_facts

CHOICES = (
    DEFAULTS,
    Conventions(extra_weekdays=frozenset({6, 5})),
    Conventions(effect_from_next_day=True, abusive_keeps_silence=False),
)


@pytest.mark.parametrize("conventions", CHOICES)
def test_choices_survive_being_kept(conventions):
    kept = json.loads(json.dumps(conventions_to_values(conventions)))
    assert conventions_from_values(kept) == conventions


@pytest.mark.parametrize("nothing", [None, False, {}])
def test_file_without_choices_follows_the_defaults(nothing):
    assert conventions_from_values(nothing) == DEFAULTS


def test_choice_that_is_not_kept_is_the_default():
    kept = {"extend_silence": True}
    assert conventions_from_values(kept) == Conventions(extend_silence=True)


def test_unknown_choice_is_refused():
    with pytest.raises(ValueError, match="unknown conventions: weather"):
        conventions_from_values({"weather": True})


def test_only_choices_that_differ_are_named():
    assert changed_conventions(DEFAULTS) == ()
    assert changed_conventions(CHOICES[1]) == ("extra_weekdays",)
    assert changed_conventions(CHOICES[2]) == (
        "effect_from_next_day",
        "abusive_keeps_silence",
    )


@pytest.mark.parametrize("conventions", CHOICES)
def test_days_do_not_depend_on_the_explanation(conventions):
    for facts in (
        make_facts(),
        make_facts(asked("2026-09-22", "2026-10-07")),
        make_facts(regime="none", period_months=None),
    ):
        short = evaluate(facts, conventions, with_steps=False)
        assert short.steps == ()
        assert short.as_vals() == evaluate(facts, conventions).as_vals()


def test_facts_compare_whatever_was_read_of_them():
    read, unread = make_facts(), make_facts()
    assert read.live_events() == ()
    assert read == unread
    assert hash(read) == hash(unread)
    assert isinstance(read, Facts)
