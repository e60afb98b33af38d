"""A household: minors, who acts for whom, and who is named twice."""

from datetime import date

import pytest
from grc_rules.grc_base import household

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("birth", "years"),
    [
        ("2008-11-25", 18),
        ("2008-11-26", 17),
        ("2026-11-25", 0),
        ("2026-11-26", None),
        ("2008-00-00", 18),
        ("2008-12-00", 17),
        ("", None),
        ("not a day", None),
    ],
)
def test_age_in_complete_years(birth, years):
    assert household.age(birth, TODAY) == years


def test_born_on_a_29_february_of_age_on_1_march():
    """Code civil art. 388: years of age are complete years."""
    assert household.is_minor("2008-02-29", date(2026, 2, 28))
    assert not household.is_minor("2008-02-29", date(2026, 3, 1))


def test_a_child_is_a_minor_child_until_eighteen():
    assert household.is_minor_child("child", "2016-05-14", TODAY)
    assert not household.is_minor_child("child", "2000-05-14", TODAY)
    assert not household.is_minor_child("relative", "2016-05-14", TODAY)
    assert not household.is_minor_child("child", "", TODAY)


def test_a_link_holds_from_its_first_day_and_not_on_its_end():
    first, end = date(2026, 1, 1), TODAY
    assert household.is_current(None, None, TODAY)
    assert household.is_current(first, None, first)
    assert not household.is_current(TODAY, None, date(2026, 11, 24))
    assert household.is_current(first, end, date(2026, 11, 24))
    assert not household.is_current(first, end, TODAY)


@pytest.mark.parametrize(
    ("role", "has_authority", "birth", "article"),
    [
        ("child", True, "2016-05-14", "372-2"),
        ("child", False, "2016-05-14", ""),
        ("child", True, "2000-05-14", ""),
        ("child", True, "", ""),
        ("relative", True, "2016-05-14", "377"),
        ("relative", True, "1950-05-14", ""),
        ("ward", True, "1950-05-14", "473"),
        ("ward", True, "2016-05-14", "408"),
        ("ward", False, "1950-05-14", ""),
        ("partner", True, "1990-05-14", ""),
        ("dependant", True, "1990-05-14", ""),
    ],
)
def test_who_may_act_for_whom(role, has_authority, birth, article):
    """Code civil art. 371-1, 372-2, 377; art. 408; art. 473."""
    assert household.acting_article(role, has_authority, birth, TODAY) == article


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("Martin", "Léo", "2016-05-14"), ("MARTIN", "leo", "2016-05-14"), True),
        (("Martin", "Léo", "2016-05-14"), ("Martin", "Léo", ""), True),
        (("Martin", "Léo Paul", ""), ("Martin", "Léo", ""), True),
        (("Martin", "Léo", "2016-05-14"), ("Martin", "Léo", "2016-05-15"), False),
        (("Martin", "Léo", ""), ("Martin", "Léa", ""), False),
        (("Martin", "Léo", ""), ("Marin", "Léo", ""), False),
        (("Le Goff", "Anne-Marie", ""), ("Le-Goff", "Anne Marie", ""), True),
        (("Martin", "", ""), ("Martin", "", ""), False),
    ],
)
def test_one_person_named_twice(one, other, same):
    assert household.is_same_person(one, other) is same
