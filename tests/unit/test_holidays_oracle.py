"""Our holidays against ``jours_feries_france``, for every territory both know.

Two differences are known and asserted: the library gives Good Friday to the whole of
Alsace-Moselle (C. trav. L3134-13: to some communes), and 28 May to Saint-Martin where
service-public.fr says 27 May (C. trav. L3422-2).
"""

from datetime import date, timedelta

import pytest
from grc_rules.grc_sve.working_days import TERRITORIES, easter, holidays
from jours_feries_france import JoursFeries

ZONES = {
    "FR-MET": "Métropole",
    "FR-AM": "Alsace-Moselle",
    "FR-AM-GF": "Alsace-Moselle",
    "FR-971": "Guadeloupe",
    "FR-972": "Martinique",
    "FR-973": "Guyane",
    "FR-974": "La Réunion",
    "FR-976": "Mayotte",
    "FR-977": "Saint-Barthélémy",
    "FR-978": "Saint-Martin",
}
YEARS = range(2016, 2041)
EQUAL = sorted(set(ZONES) - {"FR-AM", "FR-978"})


def oracle(year: int, territory: str) -> set[date]:
    return set(JoursFeries.for_year(year, ZONES[territory]).values())


def test_the_library_knows_all_our_territories():
    assert set(ZONES) == set(TERRITORIES)


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("territory", EQUAL)
def test_holidays_equal_those_of_the_library(territory, year):
    assert holidays(year, territory) == oracle(year, territory)


@pytest.mark.parametrize("year", YEARS)
def test_good_friday_is_the_only_difference_without_a_temple(year):
    good_friday = easter(year) - timedelta(days=2)
    assert oracle(year, "FR-AM") - holidays(year, "FR-AM") == {good_friday}
    assert holidays(year, "FR-AM") <= oracle(year, "FR-AM")


@pytest.mark.parametrize("year", YEARS)
def test_saint_martin_follows_the_official_site_not_the_library(year):
    ours, theirs = holidays(year, "FR-978"), oracle(year, "FR-978")
    may_27, may_28 = date(year, 5, 27), date(year, 5, 28)
    # A movable holiday can fall on either day: compare the rest, then the two days.
    assert ours - {may_27, may_28} == theirs - {may_27, may_28}
    assert may_27 in ours
    assert (may_28 in theirs) is (year >= 2018 or may_28 in holidays(year, "FR-MET"))
