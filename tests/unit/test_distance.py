"""Months of distance before the administrative court: CJA R421-7."""

import pytest
from grc_rules.grc_sve.distance import distance_months, residence
from grc_rules.grc_sve.working_days import TERRITORIES
from hypothesis import given
from hypothesis import strategies as st

METROPOLITAN_COURTS = ("FR-MET", "FR-AM", "FR-AM-GF")
OVERSEAS_COURTS = sorted(set(TERRITORIES) - set(METROPOLITAN_COURTS))


@pytest.mark.parametrize(
    ("country", "postcode", "expected"),
    [
        (None, "75011", "metropole"),
        ("FR", "67 000", "metropole"),
        ("", "20090", "metropole"),
        (None, "97200", "FR-972"),
        ("FR", "97410", "FR-974"),
        (None, "97133", "FR-977"),
        (None, "97150", "FR-978"),
        (None, "98800", "FR-988"),
        (None, "98000", "abroad"),  # Monaco
        ("BE", "1000", "abroad"),
        ("ca", "H2X 1Y4", "abroad"),
        ("MQ", "", "FR-972"),
        (None, "", None),
        (None, None, None),
        ("FR", "1000", None),
        (None, "٩٧٢٠٠", None),
    ],
)
def test_an_address_tells_where_one_lives(country, postcode, expected):
    assert residence(country, postcode) == expected


@pytest.mark.parametrize(
    ("court", "lives_in", "months"),
    [
        ("FR-MET", "metropole", 0),
        ("FR-AM-GF", "metropole", 0),
        ("FR-MET", "FR-972", 1),
        ("FR-AM", "FR-988", 1),
        # law.md E5: court of Martinique, resident of Paris: three months
        ("FR-972", "metropole", 1),
        ("FR-972", "FR-972", 0),
        ("FR-972", "FR-971", 1),
        ("FR-972", "abroad", 2),
        ("FR-MET", "abroad", 2),
        ("FR-MET", None, 0),
        ("FR-972", None, 0),
    ],
)
def test_distance_before_the_court(court, lives_in, months):
    assert distance_months(court, lives_in) == months


@given(
    st.sampled_from(sorted(TERRITORIES)),
    st.one_of(st.none(), st.text(max_size=3)),
    st.one_of(st.none(), st.text(max_size=8)),
)
def test_any_address_gives_zero_one_or_two_months(court, country, postcode):
    assert distance_months(court, residence(country, postcode)) in (0, 1, 2)


@pytest.mark.parametrize("court", OVERSEAS_COURTS)
def test_every_overseas_court_knows_its_own_residents(court):
    assert distance_months(court, court) == 0
    assert distance_months("FR-MET", court) == 1
