"""Pivot identity: what is received, kept, or refused.

The people are invented. CRPA R112-9-1: a person is known by name and given name.
"""

import json

import pytest
from fc_provider import but, identity
from grc_rules.grc_franceconnect import birth, profile
from grc_rules.grc_franceconnect.pivot import confidence, pivot_from_claims
from grc_rules.grc_franceconnect.refusal import Refused
from hypothesis import given
from hypothesis import strategies as st

# === WHAT IS RECEIVED === #


def test_the_identity_is_kept_as_received():
    found = pivot_from_claims(identity(preferred_username="  Martin  Dubois "))
    assert found == but(preferred_username="Martin Dubois")
    assert found.is_complete and found.is_date_certain
    assert "Angela" not in repr(found) and "1962" not in repr(found)


def test_elsewhere_the_preferred_username_is_a_login():
    claims = identity(preferred_username="adubois", usual_name="Martin")
    found = pivot_from_claims(claims, is_franceconnect=False)
    assert found.preferred_username == "Martin"
    assert pivot_from_claims(claims).preferred_username == "adubois"


@pytest.mark.parametrize(
    ("claims", "given_names"),
    [
        ({}, ("Angela", "Claire", "Louise")),
        ({"given_name_array": ["Jean Noël", "Paul"]}, ("Jean Noël", "Paul")),
        ({"given_name_array": None}, ("Angela", "Claire", "Louise")),
        ({"given_name_array": []}, ("Angela", "Claire", "Louise")),
        ({"given_name_array": [" ", "Zoé"]}, ("Zoé",)),
        ({"given_name_array": None, "given_name": None}, ()),
    ],
)
def test_several_given_names(claims, given_names):
    assert pivot_from_claims(identity(**claims)).given_names == given_names


@pytest.mark.parametrize(
    ("birthdate", "provider", "found", "certain"),
    [
        ("1962-08-24", "1962-08-24", "1962-08-24", True),
        ("1962-08-24", None, "1962-08-24", True),
        ("1962-08-01", "1962-08-00", "1962-08-00", True),
        ("1962-01-01", "1962-00-00", "1962-00-00", True),
        ("1962-01-01", "1962-01-00", "1962-01-00", True),
        ("1962-01-01", "1962-01-01", "1962-01-01", True),
        ("1962-01-01", None, "1962-01-01", False),  # perhaps a presumed one
        ("1962-01-01", "1962-08-24", "1962-01-01", False),
        ("1962-08-24", "1962-00-00", "1962-08-24", True),  # the register knows better
        ("1962", None, "1962-00-00", True),
        ("1962-08", None, "1962-08-00", True),
        ("1962-02-30", None, "", True),
        ("0000-08-24", None, "", True),
        (None, "1962-08-24", "", True),
    ],
)
def test_presumed_births(birthdate, provider, found, certain):
    claims = identity(birthdate=birthdate, idp_birthdate=provider)
    received = pivot_from_claims(claims)
    assert (received.birth_date, received.is_date_certain) == (found, certain)


def test_a_first_of_the_month_abroad_may_be_presumed():
    claims = {"birthdate": "1970-05-01", "idp_birthdate": None}
    abroad = identity(birthcountry="99352", birthplace="", **claims)
    assert not pivot_from_claims(abroad).is_date_certain
    assert pivot_from_claims(identity(**claims)).is_date_certain


@pytest.mark.parametrize(
    ("place", "country", "kept"),
    [
        ("75107", "99100", "75107"),
        ("2a004", "99100", "2A004"),
        ("20004", "99100", "20004"),  # Ajaccio before 1976: the code is no more
        ("98729", "99100", "98729"),
        ("", "99352", ""),
        ("Alger", "99352", ""),  # free text abroad: never read
        ("91352", "99352", ""),
        ("PARIS", "99100", ""),
        ("75107", "", ""),
        ("７５１０７", "99100", ""),
    ],
)
def test_places_of_birth(place, country, kept):
    found = pivot_from_claims(identity(birthplace=place, birthcountry=country))
    assert found.birth_place == kept


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ({}, ()),
        ({"family_name": ""}, ()),
        ({"given_names": ()}, ()),
        ({"birth_date": "1962-00-00"}, ()),
        ({"birth_place": "", "birth_country": "99352"}, ()),
        ({"family_name": "", "given_names": ()}, ("family_name", "given_names")),
        ({"birth_date": "", "gender": ""}, ("birth_date", "gender")),
        ({"birth_place": ""}, ("birth_place",)),
        ({"birth_place": "", "birth_country": ""}, ("birth_place", "birth_country")),
    ],
)
def test_what_an_identity_lacks(values, missing):
    found = but(**values)
    assert found.missing == missing
    assert found.is_complete is not bool(missing)


@pytest.mark.parametrize("code", ["FR", "9910", "100", "", None, 99100])
def test_what_is_no_code(code):
    assert not birth.is_country(code)
    assert not birth.is_place(code)
    assert pivot_from_claims(identity(birthcountry="FR")).birth_country == ""


def test_codes():
    assert birth.is_country("99352") and not birth.is_country("75107")
    assert birth.is_place("2B033") and birth.is_place("99100")


def test_gender_is_one_of_two_or_unknown():
    assert pivot_from_claims(identity(gender="male")).gender == "male"
    assert pivot_from_claims(identity(gender="M")).gender == ""
    assert not pivot_from_claims(identity(gender=None)).is_complete


@pytest.mark.parametrize(
    "claims",
    [
        {"family_name": 12},
        {"family_name": ["DUBOIS"]},
        {"family_name": "D" * 201},
        {"family_name": "DU\0BOIS"},
        {"family_name": "DU\ud800BOIS"},
        {"family_name": "DU\u202eBOIS"},  # turns the text around
        {"given_name_array": "Angela"},
        {"given_name_array": ["Angela", None, 12]},
        {"given_name_array": ["A"] * 31},
        {"birthdate": 1962},
        {"birthplace": {"code": "75107"}},
    ],
)
def test_malformed_claims(claims):
    with pytest.raises(Refused, match="malformed") as caught:
        pivot_from_claims(identity(**claims))
    assert "BOIS" not in str(caught.value)


@pytest.mark.parametrize(
    ("received", "kept"),
    [
        ("angela@example.org", "angela@example.org"),
        ("ange.la+x@sub.example.org", "ange.la+x@sub.example.org"),
        ("angela", ""),
        ("a@b", ""),
        ("a@b.fr, c@d.fr", ""),
        ("<a@b.fr>", ""),
        ("a@b.fr\nBcc: c@d.fr", ""),
        ("a" * 250 + "@b.fr", ""),
        (None, ""),
        (["a@b.fr"], ""),
    ],
)
def test_an_address_is_only_to_write_to(received, kept):
    assert profile.email_from_claims({"email": received}) == kept


@pytest.mark.parametrize(
    ("received", "kept"),
    [("  Zoé   Petit ", "Zoé Petit"), (None, ""), (["Zoé"], ""), ("x" * 201, "")],
)
def test_the_name_of_a_provider_that_gives_one_text_only(received, kept):
    assert profile.name_from_claims({"name": received}) == kept


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("1962-08-24", "1962-08-24"),
        ("1962-08-00", "1962-08-00"),
        ("1962-00-24", ""),
        ("1962-13-00", ""),
        ("2000-02-29", "2000-02-29"),
        ("1900-02-29", ""),
        ("0000-00-00", ""),
        ("62-08-24", ""),
        ("1962-08-24T00:00", ""),
        (None, ""),
    ],
)
def test_dates_of_birth(text, date):
    assert birth.clean_date(text) == date


def test_no_date_agrees_with_none():
    assert not birth.dates_agree("", "")
    assert not birth.is_full("")
    assert birth.dates_agree("1962", "1962-08-24")
    assert not birth.dates_agree("1962-08-00", "1962-09-24")


CLAIMS = st.none() | st.integers() | st.text("aé1-9 \0", max_size=6) | st.just(["é", 1])


@given(st.dictionaries(st.sampled_from(sorted(identity())), CLAIMS))
def test_whatever_is_received_is_kept_or_refused(claims):
    try:
        found = pivot_from_claims(identity() | claims)
    except Refused as refused:
        assert refused.code == "malformed"
    else:
        assert confidence(found, found).level in ("exact", "near", "none")
        json.dumps(found.given_names)
