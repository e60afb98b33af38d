"""The end of a link and what follows; proofs by a link; two agents; certificates."""

from datetime import date
from itertools import product

import pytest
from grc_rules.grc_franceconnect import birth, decisions, ends, errors, proofs

# === THE END OF A LINK (RGPD art. 5) === #


@pytest.mark.parametrize(
    ("reason", "closes", "blocks", "opens", "keeps", "tells"),
    [
        ("asked", False, False, False, True, True),
        ("civil_status", False, False, False, True, True),
        ("lost", False, False, False, True, True),
        ("usurped", False, True, True, True, False),
        ("error", False, True, False, False, True),
        ("deceased", True, False, False, True, False),
    ],
)
def test_what_follows_from_each_end(reason, closes, blocks, opens, keeps, tells):
    found = ends.effects(reason)
    assert found == ends.Effects(closes, blocks, opens, keeps, tells)


def test_every_reason_of_an_agent_has_its_effects():
    assert {ends.effects(reason).blocks_subject for reason in ends.AGENT_REASONS}
    blocking = {r for r in ends.AGENT_REASONS if ends.effects(r).blocks_subject}
    assert blocking == set(ends.CONTESTED)
    for other in ("citizen", "merged", "apart", "agent", ""):
        with pytest.raises(ValueError, match=f"^{other}$"):
            ends.effects(other)


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ((True, False, False, False), ""),
        ((False, False, False, False), "not_ended"),
        ((False, True, True, True), "not_ended"),
        ((True, False, False, True), "gone"),
        ((True, True, False, False), "taken"),
        ((True, True, True, False), "taken"),
        ((True, False, True, False), "replaced"),
    ],
)
def test_a_link_is_given_back_when_nothing_took_its_place(facts, why):
    names = ("is_ended", "is_taken", "is_replaced", "is_gone")
    assert ends.why_not_given_back(**dict(zip(names, facts, strict=True))) == why


# === A LINK BY MESSAGE (RGPD art. 5) === #


@pytest.mark.parametrize(
    ("asked", "under_way", "may"),
    [(0, 0, True), (2, 2, True), (3, 0, False), (0, 3, False), (9, 9, False)],
)
def test_three_links_at_most(asked, under_way, may):
    assert proofs.may_send_link(asked, under_way) is may


def test_a_link_proves_only_when_everything_is_as_it_was():
    names = ("is_account_hers", "is_address_same", "is_open_to_citizens")
    for facts in product((True, False), repeat=3):
        good = proofs.is_link_good(**dict(zip(names, facts, strict=True)))
        assert good is all(facts)


# === WHO DECIDES, AND FOR HOW LONG (RGPD art. 5) === #


@pytest.mark.parametrize(
    ("needs_two", "proposed_by", "agent", "step"),
    [
        (False, None, 1, "decide"),
        (False, 1, 1, "decide"),
        (True, None, 1, "propose"),
        (True, 1, 1, "refuse"),
        (True, 1, 2, "decide"),
    ],
)
def test_two_agents_are_two(needs_two, proposed_by, agent, step):
    found = decisions.next_step(
        needs_two=needs_two, proposed_by=proposed_by, agent=agent
    )
    assert found == step


@pytest.mark.parametrize(
    ("certified_on", "today", "days", "again"),
    [
        (date(2026, 1, 1), date(2026, 1, 31), 30, False),
        (date(2026, 1, 1), date(2026, 2, 1), 30, True),
        (date(2026, 1, 1), date(2040, 1, 1), 0, False),
        (date(2026, 1, 1), date(2040, 1, 1), -1, False),
        (None, date(2026, 1, 1), 30, False),
        (date(2026, 2, 1), date(2026, 1, 1), 1, False),
    ],
)
def test_how_long_a_certificate_is_believed(certified_on, today, days, again):
    assert decisions.is_to_ask_again(certified_on, today, days) is again


# === INCIDENTS OF OUR SETTINGS === #


@pytest.mark.parametrize(
    ("detail", "kind"),
    [
        ("invalid_client Y04EA6EF 1a2b", "client"),
        ("unauthorized_client", "client"),
        ("invalid_scope", "scope"),
        ("incomplete", "scope"),
        ("invalid_acr", "level"),
        ("acr", "level"),
        ("invalid_redirect_uri", "address"),
        ("unsigned", "signature"),
        ("algorithm", "signature"),
        ("keys", "document"),
        ("discovery", "document"),
        ("invalid_request", "other"),
        ("jean.dupont@example.org", "other"),
        ("", "other"),
        (None, "other"),
    ],
)
def test_what_an_administrator_mends(detail, kind):
    assert errors.incident_kind(detail) == kind
    assert kind in errors.INCIDENTS


# === COMMUNES MERGED SINCE === #


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("01340", "01015"),  # Saint-Bois, Arboys en Bugey, 2016
        ("14187", "14762"),  # Souleuvre en Bocage, 2016
        ("14513", "50592"),  # Pont-Farcy, of another département since
        ("50129", ""),  # Cherbourg-Octeville kept its number in Cherbourg-en-Cotentin
        ("75056", ""),
        ("69123", ""),
        ("", ""),
        ("99999", ""),
    ],
)
def test_a_former_commune_is_found_back(old, new):
    assert birth.merged_into(old) == new


def test_two_communes_merged_into_one_are_two_places():
    # two former communes of Souleuvre en Bocage
    assert birth.merged_into("14187") == birth.merged_into("14351") == "14762"
    assert birth.places_agree("14187", "14762")
    assert birth.places_agree("14762", "14351")
    assert not birth.places_agree("14187", "14351")


def test_no_commune_is_merged_into_a_former_one():
    table = birth._merged()
    assert len(table) > 4000
    assert not [old for old, new in table.items() if new in table or old == new]
    assert all(birth.is_place(code) for pair in table.items() for code in pair)
