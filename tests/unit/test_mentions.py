"""What an acknowledgement must say: CRPA R112-11-1, R112-11-2, L112-12."""

import pytest
from grc_rules.grc_sve.mentions import (
    SILENCE_NATURES,
    implied_regime,
    missing_mentions,
    names_a_period,
    required_mentions,
)

SERVICE = ("received_on", "service", "address", "phone")


@pytest.mark.parametrize("regime", ["sva", "svr", "none"])
def test_registration_says_the_day_of_reception(regime):
    # CRPA R112-11-2: the AEE mentions the date of reception
    assert required_mentions("aee", regime) == ("received_on",)


def test_reception_says_the_service_its_address_and_telephone():
    # CRPA R112-11-1, 1° and 2°
    assert required_mentions("are", "none") == SERVICE


def test_silence_that_accepts():
    # CRPA R112-11-1, 3°: the day, and the certificate of L232-3
    assert required_mentions("are", "sva") == (*SERVICE, "implicit_on", "attestation")


def test_silence_that_rejects():
    # CRPA R112-11-1, 3°: the day, the period and the ways of appeal
    assert required_mentions("are", "svr") == (
        *SERVICE,
        "implicit_on",
        "appeal_period",
        "appeal_ways",
    )


def test_nothing_is_promised_under_an_unknown_regime():
    with pytest.raises(ValueError, match="unknown"):
        required_mentions("are", "unknown")
    with pytest.raises(ValueError, match="complement"):
        required_mentions("complement", "sva")


def test_each_empty_mention_is_told():
    # CRPA L112-12: without them the periods of appeal cannot be opposed
    values = dict.fromkeys(required_mentions("are", "svr"), "x")
    assert missing_mentions("are", "svr", values) == ()
    for name in values:
        assert missing_mentions("are", "svr", values | {name: ""}) == (name,)
    assert missing_mentions("are", "none", {}) == SERVICE


@pytest.mark.parametrize("nature", ["complaint", "appeal"])
def test_silence_on_a_complaint_or_an_appeal_rejects(nature):
    # CRPA L231-4, 2°: two months
    assert implied_regime(nature) == ("svr", 2)
    assert nature in SILENCE_NATURES


def test_a_request_alone_says_nothing():
    assert implied_regime("request") == ("unknown", None)
    assert "request" in SILENCE_NATURES


@pytest.mark.parametrize("nature", ["question", "report", "declaration", "document"])
def test_the_rest_starts_no_silence(nature):
    assert implied_regime(nature) == ("none", None)
    assert nature not in SILENCE_NATURES


@pytest.mark.parametrize(
    "text",
    [
        "Saisissez la CADA dans les deux mois qui suivent le refus.",
        "Recours préalable devant le préfet, sous 15 jours.",
    ],
)
def test_ways_of_appeal_name_a_period(text):
    assert names_a_period(text)


@pytest.mark.parametrize("text", ["", None, "Saisissez la CADA.", "le moisson"])
def test_ways_of_appeal_without_a_period(text):
    """CRPA R112-11-1 and CJA R421-5: the period is a mention of its own."""
    assert not names_a_period(text)


def test_an_addition_says_the_day_and_the_service():
    assert required_mentions("addition", "none") == SERVICE
