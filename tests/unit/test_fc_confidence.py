"""Two identities: one person's, near, or two people's. The people are invented."""

import pytest
from fc_provider import ABROAD, ANGELA, but
from grc_rules.grc_franceconnect import birth, names, pivot
from grc_rules.grc_franceconnect.pivot import Pivot, confidence
from hypothesis import given, settings
from hypothesis import strategies as st

# === NAMES === #


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("LE GOFF", "Le Goff"),
        ("D'ARC", "d’Arc"),
        ("D ARC", "D-ARC"),
        ("LEBŒUF", "LEBOEUF"),
        ("Lætitia", "LAETITIA"),
        ("Élodie", "ELODIE"),
        ("E\u0301lodie", "Élodie"),
        ("MAÇON", "macon"),
        ("Saint\u2011Exupéry", "SAINT EXUPERY"),
        ("WEISS", "Weiß"),
        ("Łukasz", "LUKASZ"),
        ("Nuñez", "NUNEZ"),
        ("ＤＵＢＯＩＳ", "DUBOIS"),
    ],
)
def test_one_name_written_twice(a, b):
    assert names.name_key(a) == names.name_key(b) != ""


@pytest.mark.parametrize("name", ["", " ", "-", "王", "Иванов", "A王", "R2D2", None])
def test_a_name_without_latin_letters_has_no_key(name):
    assert names.name_key(name) == ""
    assert names.name_keys(("Jean", name)) == ()


def test_different_names_stay_different():
    for a, b in (("MARTIN", "MARTINE"), ("DUPONT", "DUPOND"), ("LEROI", "LEROY")):
        assert names.name_key(a) != names.name_key(b)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Jean Paul", ("Jean", "Paul")),
        ("Jean Noël, Paul", ("Jean Noël", "Paul")),
        ("Jean-Noël  Paul ", ("Jean-Noël", "Paul")),
        (", Paul,", ("Paul",)),
        ("", ()),
        (None, ()),
    ],
)
def test_given_names_in_one_text(text, parts):
    assert names.split_given_names(text) == parts


# === ONE PERSON? === #


def test_exact_is_everything_alike():
    other = Pivot(
        ("ANGÉLA", "claire", "Louise"),
        "Du-Bois",
        "Someone",
        "1962-08-24",
        "female",
        "75107",
        "99100",
    )
    assert confidence(ANGELA, other) == ("exact", ())
    assert confidence(ABROAD, ABROAD) == ("exact", ())


@pytest.mark.parametrize(
    ("values", "level", "reasons"),
    [
        # presumed births: many share 1 January
        ({"birth_date": "1962-08-00"}, "near", ("partial_date",)),
        ({"birth_date": "1962-00-00"}, "near", ("partial_date",)),
        ({"is_date_certain": False}, "near", ("uncertain_date",)),
        # given names: fewer, split otherwise, in another order, only the second
        ({"given_names": ("Angela",)}, "near", ("given_names",)),
        ({"given_names": ("Claire",)}, "near", ("given_names",)),
        ({"given_names": ("Angela Claire", "Louise")}, "near", ("given_names",)),
        ({"given_names": ("Claire", "Angela", "Louise")}, "near", ("given_names",)),
        ({"given_names": ("Angela", "Claire")}, "near", ("given_names",)),
        # civil status
        ({"gender": "male"}, "near", ("gender",)),
        ({"gender": ""}, "near", ("incomplete",)),
        ({"birth_place": ""}, "near", ("incomplete",)),
        ({"birth_place": "", "birth_country": ""}, "near", ("incomplete",)),
        ({"birth_place": "75056"}, "near", ("former_place",)),
        (
            {"family_name": "MARTIN", "preferred_username": "Dubois"},
            "near",
            ("usage_name",),
        ),
        (
            {"family_name": "", "preferred_username": "Dubois"},
            "near",
            ("usage_name",),
        ),
        # contradictions
        ({"birth_place": "75108"}, "none", ()),
        ({"birth_place": "", "birth_country": "99352"}, "none", ()),
        ({"birth_date": "1962-08-25"}, "none", ()),
        ({"birth_date": "1963-08-24"}, "none", ()),
        ({"birth_date": "1962-09-00"}, "none", ()),
        ({"birth_date": ""}, "none", ()),
        ({"birth_date": "24/08/1962"}, "none", ()),
        ({"family_name": "DUBOYS"}, "none", ()),
        ({"family_name": ""}, "none", ()),
        ({"given_names": ("Anne", "Marie")}, "none", ()),
        ({"given_names": ()}, "none", ()),
    ],
)
def test_what_differs_from_angela(values, level, reasons):
    # RGPD art. 5: nobody is taken for another
    assert confidence(ANGELA, but(**values)) == (level, reasons)
    assert confidence(but(**values), ANGELA) == (level, reasons)


def test_two_presumed_births_are_never_exact():
    presumed = but(birth_date="1962-00-00")
    assert confidence(presumed, presumed) == ("near", ("partial_date",))


def test_twins_are_two_people():
    assert confidence(ANGELA, but(given_names=("Béatrice", "Claire"))).level == "none"


def test_nobody_without_family_name_is_ever_exact():
    person = but(family_name="")
    assert confidence(person, person) == ("near", ("family_name",))
    assert confidence(person, but(person, given_names=("Angela",))).level == "none"


def test_a_name_in_another_script_never_matches():
    person = but(family_name="王")
    assert confidence(person, person).level == "none"
    assert pivot.same_pivot(person, person)
    assert not pivot.same_pivot(person, but(family_name="李"))
    married = but(person, preferred_username="Dubois")
    assert confidence(married, ANGELA) == ("near", ("usage_name",))


def test_an_address_recognises_nobody():
    assert not any("mail" in name for name in Pivot.__dataclass_fields__)


@pytest.mark.parametrize(
    ("a", "b", "agree"),
    [
        ("75107", "75107", True),
        ("20004", "2A004", True),  # Ajaccio, 1976
        ("20033", "2B033", True),  # Bastia
        ("75012", "92012", True),  # Boulogne-Billancourt, 1968
        ("78018", "95018", True),  # Argenteuil
        ("75056", "75101", True),  # Paris and its districts
        ("69123", "69389", True),
        ("13055", "13216", True),
        ("75056", "75120", True),
        ("75056", "75121", False),
        ("69123", "69381", True),
        ("13055", "13201", True),
        ("13055", "13217", False),
        ("13055", "13200", False),
        ("75101", "75102", False),
        ("69123", "69390", False),
        ("2A004", "2B004", False),
        ("92012", "93012", False),
        ("75012", "92013", False),
        ("33063", "13055", False),
        ("13055", "2A004", False),
    ],
)
def test_past_and_present_codes_of_a_place(a, b, agree):
    assert birth.places_agree(a, b) is agree
    assert birth.places_agree(b, a) is agree


def test_what_differs_is_named_in_order():
    other = but(family_name="Martin", birth_place="", preferred_username="X")
    assert pivot.differences(ANGELA, other) == ("family_name", "birth_place")
    assert pivot.same_pivot(ANGELA, but(family_name="dubois", preferred_username="X"))
    assert pivot.same_pivot(Pivot(), Pivot())


# === ANY TWO PEOPLE === #

PEOPLE = st.builds(
    Pivot,
    st.lists(st.sampled_from(["Jean", "Jean-Paul", "Paul", "Zoé", "王"])).map(tuple),
    st.sampled_from(["", "DUBOIS", "Le Goff", "LEGOFF", "王"]),
    st.sampled_from(["", "Dubois", "MARTIN"]),
    st.sampled_from(
        ["", "1962-08-24", "1962-08-00", "1962-00-00", "1963-01-01", "1962"]
    ),
    st.sampled_from(["", "female", "male"]),
    st.sampled_from(["", "75107", "75056", "20004", "2A004"]),
    st.sampled_from(["", "99100", "99352"]),
    st.booleans(),
)


@given(PEOPLE, PEOPLE)
@settings(max_examples=120)
def test_confidence_of_any_two_people(a, b):
    found = confidence(a, b)
    assert found == confidence(b, a)
    assert (found.level == "near") is bool(found.reasons)
    if found.level == "exact":
        assert pivot.same_pivot(a, b)
        assert a.is_complete and b.is_complete
        assert birth.is_full(a.birth_date)
    if found.level != "none":
        assert set(pivot.search_keys(a)) & set(pivot.search_keys(b))
        dates = pivot.search_dates(a)
        assert not dates or b.birth_date in dates
    assert len(pivot.search_keys(a)) <= 2


def test_search_keys_are_short_and_readable():
    person = but(preferred_username="Martin")
    assert pivot.search_keys(person) == ("1962:DUBOIS", "1962:MARTIN")
    assert pivot.search_keys(but(birth_date="")) == ()


def test_dates_to_search_by_are_those_that_may_agree():
    assert pivot.search_dates(but(birth_date="1962-08-24")) == (
        "1962-08-24",
        "1962-08-00",
        "1962-00-00",
    )
    assert pivot.search_dates(but(birth_date="1962-08-00")) == ()
    assert pivot.search_dates(but(birth_date="")) == ()


@given(st.text("aÉœß’- 王1\u0301", max_size=8))
def test_a_key_is_its_own_key(name):
    assert names.name_key(names.name_key(name)) == names.name_key(name)
