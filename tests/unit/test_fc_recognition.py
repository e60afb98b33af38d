"""Who is this? The table of decisions, row by row, then every combination."""

from datetime import date
from itertools import product

import pytest
from grc_rules.grc_franceconnect.pivot import Confidence
from grc_rules.grc_franceconnect.recognition import (
    ACTIONS,
    QUEUE_REASONS,
    REFUSAL_REASONS,
    Account,
    Candidate,
    Decision,
    Known,
    is_recent_unlink,
    recognise,
)

EXACT = Confidence("exact")
NEAR = Confidence("near", ("given_names",))
GENDER = Confidence("near", ("gender",))
NONE = Confidence("none")


def decide(**values) -> Decision:
    return recognise(**{"is_complete": True, "certifies": True} | values)


def met(citizen=1, confidence=EXACT, is_verified=True, has_login=False, **values):
    return Candidate(citizen, confidence, is_verified, has_login, **values)


def session(confidence=None, has_fresh_proof=True, **values) -> Account:
    return Account(7, confidence, has_fresh_proof, **values)


# === THE TABLE === #


@pytest.mark.parametrize(
    ("known", "account", "decision"),
    [
        (Known(5), None, Decision("known_sub", 5)),
        (Known(5, is_active=False), None, Decision("refused", reason="account_closed")),
        (Known(5, is_internal=True), None, Decision("refused", reason="internal_user")),
        (Known(7), session(), Decision("known_sub", 7)),
        # « déjà relié »: the other account is not named
        (Known(5), session(), Decision("refused", reason="sub_taken")),
    ],
)
def test_the_subject_is_the_key(known, account, decision):
    for is_complete in (True, False):
        found = decide(known=known, account=account, is_complete=is_complete)
        assert found == decision


@pytest.mark.parametrize(
    ("candidates", "decision"),
    [
        ([], Decision("new_citizen")),
        ([met(confidence=NONE)], Decision("new_citizen")),
        ([met()], Decision("link_to", 1)),
        (
            [met(is_verified=False)],
            Decision("to_queue", reason="declared_record", others=(1,)),
        ),
        ([met(has_login=True)], Decision("ask_proof", 1)),
        ([met(has_login=True, is_verified=False)], Decision("ask_proof", 1)),
        (
            [met(is_linked=True)],
            Decision("to_queue", reason="already_linked", others=(1,)),
        ),
        (
            [met(is_linked=True, has_login=True)],
            Decision("to_queue", reason="already_linked", others=(1,)),
        ),
        ([met(is_deceased=True)], Decision("to_queue", reason="deceased", others=(1,))),
        ([met(is_internal=True)], Decision("new_citizen")),
        ([met(is_internal=True, has_login=True)], Decision("new_citizen")),
        (
            [met(1), met(2)],
            Decision("to_queue", reason="several_matches", others=(1, 2)),
        ),
        (
            [met(1, NEAR)],
            Decision("to_queue", reason="near_match", others=(1,)),
        ),
        (
            [met(1, GENDER), met(2, NEAR)],
            Decision("to_queue", reason="several_matches", others=(1, 2)),
        ),
        # the only exact one wins; an agent sees the near one beside
        ([met(1, NEAR), met(2)], Decision("link_to", 2, others=(1,))),
        # an agent's contact beside a citizen does not count
        ([met(1, is_internal=True), met(2)], Decision("link_to", 2)),
    ],
)
def test_first_sign_in(candidates, decision):
    # RGPD art. 5: nobody is taken for another
    assert decide(candidates=candidates) == decision


@pytest.mark.parametrize("is_verified", [True, False])
def test_a_planted_account_does_not_catch_its_victim(is_verified):
    # threat 11: the victim cannot prove the attacker's account, and gets a clean one
    planted = [met(has_login=True, is_verified=is_verified)]
    found = decide(candidates=planted, is_proof_declined=True)
    assert found == Decision("to_queue", reason="no_proof", others=(1,))


@pytest.mark.parametrize(
    ("account", "decision"),
    [
        (session(None), Decision("link_to", 7)),
        (session(EXACT), Decision("link_to", 7)),
        (session(NEAR), Decision("link_to", 7)),
        (session(NONE), Decision("to_queue", 7, "identity_differs")),
        (session(GENDER), Decision("to_queue", 7, "identity_differs")),
        (session(EXACT, False), Decision("ask_proof", 7)),
        (session(EXACT, is_linked=True), Decision("to_queue", 7, "already_linked")),
        (session(EXACT, is_deceased=True), Decision("to_queue", 7, "deceased")),
        (session(is_internal=True), Decision("refused", reason="internal_user")),
    ],
)
def test_link_asked_from_a_session(account, decision):
    assert decide(account=account) == decision


def test_a_duplicate_is_left_to_an_agent():
    found = decide(account=session(), candidates=[met(7), met(8), met(9, NEAR)])
    assert found == Decision("link_to", 7, others=(8, 9))


def test_an_incomplete_identity_is_refused_by_franceconnect_only():
    assert decide(is_complete=False) == Decision("refused", reason="incomplete")
    found = decide(is_complete=False, certifies=False, candidates=[met()])
    assert found == Decision("new_citizen")


def test_who_certifies_nothing_recognises_nobody():
    assert decide(certifies=False, candidates=[met()]) == Decision("new_citizen")
    found = decide(certifies=False, account=session(), candidates=[met()])
    assert found == Decision("link_to", 7)


@pytest.mark.parametrize(
    ("values", "unlinked_from", "decision"),
    [
        ({"candidates": [met(1)]}, 1, Decision("link_to", 1)),
        (
            {"candidates": [met(1)]},
            2,
            Decision("to_queue", reason="recent_unlink", others=(2, 1)),
        ),
        ({}, 2, Decision("to_queue", reason="recent_unlink", others=(2,))),
        ({"account": session()}, 7, Decision("link_to", 7)),
        (
            {"account": session()},
            2,
            Decision("to_queue", reason="recent_unlink", others=(2, 7)),
        ),
        ({"known": Known(1)}, 2, Decision("known_sub", 1)),
        ({"candidates": [met(1, has_login=True)]}, 2, Decision("ask_proof", 1)),
    ],
)
def test_a_subject_that_passes_to_another_citizen(values, unlinked_from, decision):
    assert decide(unlinked_from=unlinked_from, **values) == decision


@pytest.mark.parametrize(
    ("values", "decision"),
    [
        # usurped, or linked by error: neither a record nor a proof is enough
        ({"candidates": [met(1)]}, Decision("to_queue", None, "contested", (1,))),
        (
            {"candidates": [met(1, has_login=True)]},
            Decision("to_queue", None, "contested", (1,)),
        ),
        (
            {"candidates": [met(2)]},
            Decision("to_queue", None, "contested", (1, 2)),
        ),
        ({}, Decision("to_queue", None, "contested", (1,))),
        ({"account": session()}, Decision("to_queue", 7, "contested", (1,))),
        (
            {"account": session(has_fresh_proof=False)},
            Decision("ask_proof", 7),
        ),
        # what an agent decided since, or a refusal, stays
        ({"known": Known(1)}, Decision("known_sub", 1)),
        ({"is_complete": False}, Decision("refused", reason="incomplete")),
        (
            {"account": session(is_internal=True)},
            Decision("refused", reason="internal_user"),
        ),
    ],
)
def test_a_contested_subject_waits_for_an_agent(values, decision):
    assert decide(contested_from=1, **values) == decision
    assert decide(contested_from=1, unlinked_from=1, **values) == decision


def test_a_contested_subject_in_its_own_session_waits_too():
    found = decide(contested_from=7, account=session())
    assert found == Decision("to_queue", 7, "contested")


@pytest.mark.parametrize(
    ("unlinked_on", "recent"),
    [
        (None, False),
        (date(2026, 11, 24), True),
        (date(2026, 10, 26), True),  # 29 days before
        (date(2026, 10, 25), False),  # 30 days before
    ],
)
def test_thirty_days_after_an_unlink(unlinked_on, recent):
    assert is_recent_unlink(unlinked_on, date(2026, 11, 24)) is recent


# === EVERY COMBINATION === #

FLAGS = (True, False)
EVERY_CANDIDATE = [
    Candidate(1, *values)
    for values in product(
        (EXACT, NEAR, GENDER, NONE), FLAGS, FLAGS, FLAGS, FLAGS, FLAGS
    )
]
EVERY_ACCOUNT = [None] + [
    Account(7, *values)
    for values in product((None, EXACT, NEAR, GENDER, NONE), FLAGS, FLAGS, FLAGS, FLAGS)
]


def may_be_joined(candidate: Candidate) -> bool:
    """The only case in which a record is joined without its own proof."""
    blocked = (
        candidate.has_login
        or candidate.is_linked
        or candidate.is_internal
        or candidate.is_deceased
    )
    return candidate.confidence == EXACT and candidate.is_verified and not blocked


def test_without_session_only_a_verified_record_without_login_is_joined():
    for candidate in EVERY_CANDIDATE:
        for declined, certifies, complete in product(FLAGS, FLAGS, FLAGS):
            found = recognise(
                is_complete=complete,
                certifies=certifies,
                candidates=[candidate],
                is_proof_declined=declined,
            )
            joined = certifies and complete and may_be_joined(candidate)
            assert (found.action == "link_to") is joined
            assert_closed(found)
            if candidate.is_internal or not certifies:
                assert found.citizen is None and not found.others


def test_in_a_session_only_its_own_account_is_joined():
    for account, candidate in product(EVERY_ACCOUNT[1:], EVERY_CANDIDATE[::3]):
        found = decide(account=account, candidates=[candidate])
        assert_closed(found)
        assert found.citizen in (None, 7)
        if found.action == "link_to":
            assert account.has_fresh_proof and not account.is_linked
            assert account.confidence in (None, EXACT, NEAR)
            assert not account.is_internal and not account.is_deceased


def test_two_matches_join_nobody_unless_one_alone_is_exact():
    for one in EVERY_CANDIDATE[::5]:
        for other in EVERY_CANDIDATE[::5]:
            pair = [one, Candidate(2, *list(vars(other).values())[1:])]
            found = decide(candidates=pair)
            assert_closed(found)
            if found.action == "link_to":
                exact = [c for c in pair if c.confidence == EXACT and not c.is_internal]
                assert [c.citizen for c in exact] == [found.citizen]
                assert may_be_joined(exact[0])


def test_a_known_subject_is_never_led_elsewhere():
    for active, internal, account in product(FLAGS, FLAGS, EVERY_ACCOUNT):
        known = Known(5, active, internal)
        found = decide(known=known, account=account, candidates=EVERY_CANDIDATE)
        assert found.action in ("known_sub", "refused")
        assert found.citizen in (None, 5)
        assert not found.others


def assert_closed(found: Decision) -> None:
    assert found.action in ACTIONS
    allowed = {"to_queue": QUEUE_REASONS, "refused": REFUSAL_REASONS}
    assert found.reason in allowed.get(found.action, ("",))
