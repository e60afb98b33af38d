"""Who is this? What a sign-in gives, decided from facts, never silently a merge."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from .pivot import EXACT, NEAR, NONE, Confidence

# What is done.
KNOWN_SUB = "known_sub"
LINK_TO = "link_to"
NEW_CITIZEN = "new_citizen"
TO_QUEUE = "to_queue"
ASK_PROOF = "ask_proof"
REFUSED = "refused"
ACTIONS = (KNOWN_SUB, LINK_TO, NEW_CITIZEN, TO_QUEUE, ASK_PROOF, REFUSED)

# Why it waits for an agent.
QUEUE_REASONS = (
    "declared_record",
    "identity_differs",
    "already_linked",
    "several_matches",
    "near_match",
    "deceased",
    "no_proof",
    "recent_unlink",
    "contested",
)
# Why nobody signs in; the citizen reads one neutral text.
REFUSAL_REASONS = ("incomplete", "account_closed", "internal_user", "sub_taken")

UNLINK_DAYS = 30


@dataclass(frozen=True)
class Known:
    """The account that this subject of this issuer already opens.

    :param citizen: id of the citizen
    :param identity: id of the link, given back in the decision
    """

    citizen: int
    is_active: bool = True
    is_internal: bool = False
    identity: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Account:
    """The account of the session in which the citizen asks for a link.

    :param confidence: between its identity and the one received; None without one
    :param has_fresh_proof: password or passkey given again just now
    :param is_linked: an active link to another subject
    """

    citizen: int
    confidence: Confidence | None
    has_fresh_proof: bool
    is_linked: bool = False
    is_internal: bool = False
    is_deceased: bool = False


@dataclass(frozen=True)
class Candidate:
    """A citizen whose identity is exact or near.

    :param is_verified: identity seen by an agent, or by FranceConnect before
    :param has_login: somebody can sign in as this citizen
    :param is_linked: an active link to another subject
    :param is_internal: the contact of an agent
    """

    citizen: int
    confidence: Confidence
    is_verified: bool
    has_login: bool
    is_linked: bool = False
    is_internal: bool = False
    is_deceased: bool = False


@dataclass(frozen=True)
class Decision:
    """What to do.

    ``to_queue`` and ``new_citizen`` outside a session open a new, empty account;
    ``to_queue`` in a session leaves that account as it is. ``ask_proof`` shows
    neither the login nor the address of the account.

    :param action: one of ``ACTIONS``
    :param citizen: whom it is about, or None
    :param reason: one of ``QUEUE_REASONS`` or ``REFUSAL_REASONS``, or empty
    :param others: citizens that an agent compares; the citizen never hears of them
    :param identity: id of the link of ``known_sub``
    """

    action: str
    citizen: int | None = None
    reason: str = ""
    others: tuple[int, ...] = ()
    identity: int | None = field(default=None, compare=False)


def recognise(
    *,
    is_complete: bool,
    certifies: bool,
    known: Known | None = None,
    account: Account | None = None,
    candidates: Iterable[Candidate] = (),
    is_proof_declined: bool = False,
    unlinked_from: int | None = None,
    contested_from: int | None = None,
) -> Decision:
    """Decide what a verified sign-in gives.

    The subject is the key; an identity only leads to a record that was verified and
    that nobody signs in to, or to an account with its own proof. An e-mail address
    is no part of it.

    :param is_complete: the pivot identity received is
    :param certifies: the provider has checked it (FranceConnect); otherwise nobody is
        recognised by it
    :param known: what the subject already opens
    :param account: account of the session, when the purpose is to link it
    :param candidates: exact and near ones, in any order
    :param is_proof_declined: « this is not my account », or the proof failed
    :param unlinked_from: citizen that this subject left less than 30 days ago
    :param contested_from: citizen whose link to this subject an agent ended as
        usurped, or as an error: however long ago, only an agent decides

    Source: RGPD art. 5 (accuracy, confidentiality): nobody is taken for another.
    """
    if known:
        return _known(known, account)
    if certifies and not is_complete:
        return Decision(REFUSED, reason="incomplete")
    seen = [c for c in candidates if certifies and c.confidence.level != NONE]
    # The contact of an agent is never joined, nor put before another agent.
    seen = [c for c in seen if not c.is_internal]
    decision = _linked(account, seen) if account else _first(seen, is_proof_declined)
    if contested_from is not None:
        return _contested(decision, contested_from, account)
    return _after_unlink(decision, unlinked_from)


def is_recent_unlink(unlinked_on: date | None, today: date) -> bool:
    """Tell whether an unlink is less than 30 days old: a new link waits for an agent.

    Source: none (technical).
    """
    if unlinked_on is None:
        return False
    return today < unlinked_on + timedelta(days=UNLINK_DAYS)


def _known(known: Known, account: Account | None) -> Decision:
    if known.is_internal:
        return Decision(REFUSED, reason="internal_user")
    if not known.is_active:
        return Decision(REFUSED, reason="account_closed")
    if account and account.citizen != known.citizen:
        return Decision(REFUSED, reason="sub_taken")
    return Decision(KNOWN_SUB, known.citizen, identity=known.identity)


def _linked(account: Account, seen: list[Candidate]) -> Decision:
    citizen = account.citizen
    others = _ids(c for c in seen if c.citizen != citizen)
    if account.is_internal:
        return Decision(REFUSED, reason="internal_user")
    if not account.has_fresh_proof:
        return Decision(ASK_PROOF, citizen)
    if account.is_deceased:
        return Decision(TO_QUEUE, citizen, "deceased", others)
    if account.is_linked:
        return Decision(TO_QUEUE, citizen, "already_linked", others)
    if _contradicts(account.confidence):
        return Decision(TO_QUEUE, citizen, "identity_differs", others)
    return Decision(LINK_TO, citizen, others=others)


def _contradicts(confidence: Confidence | None) -> bool:
    if confidence is None:
        return False
    return confidence.level == NONE or "gender" in confidence.reasons


def _first(seen: list[Candidate], is_proof_declined: bool) -> Decision:
    exact = [c for c in seen if c.confidence.level == EXACT]
    near = [c for c in seen if c.confidence.level == NEAR]
    if not seen:
        return Decision(NEW_CITIZEN)
    if len(exact) > 1:
        return Decision(TO_QUEUE, reason="several_matches", others=_ids(seen))
    if not exact:
        reason = "near_match" if len(near) == 1 else "several_matches"
        return Decision(TO_QUEUE, reason=reason, others=_ids(near))
    return _one_exact(exact[0], _ids(near), is_proof_declined)


def _one_exact(
    candidate: Candidate, near: tuple[int, ...], is_proof_declined: bool
) -> Decision:
    everybody = (candidate.citizen, *near)
    if candidate.is_deceased:
        return Decision(TO_QUEUE, reason="deceased", others=everybody)
    if candidate.is_linked:
        return Decision(TO_QUEUE, reason="already_linked", others=everybody)
    if candidate.has_login and is_proof_declined:
        return Decision(TO_QUEUE, reason="no_proof", others=everybody)
    if candidate.has_login:
        return Decision(ASK_PROOF, candidate.citizen, others=near)
    if not candidate.is_verified:
        return Decision(TO_QUEUE, reason="declared_record", others=everybody)
    return Decision(LINK_TO, candidate.citizen, others=near)


def _after_unlink(decision: Decision, unlinked_from: int | None) -> Decision:
    """Send to an agent a subject that would pass from one citizen to another."""
    if unlinked_from is None or decision.action not in (LINK_TO, NEW_CITIZEN):
        return decision
    if decision.citizen == unlinked_from:
        return decision
    met = (unlinked_from, decision.citizen, *decision.others)
    others = tuple(dict.fromkeys(citizen for citizen in met if citizen is not None))
    return Decision(TO_QUEUE, reason="recent_unlink", others=others)


def _contested(
    decision: Decision, contested_from: int, account: Account | None
) -> Decision:
    """Send to an agent a subject whose link was contested, whatever it matches."""
    if decision.action == REFUSED or (account and not account.has_fresh_proof):
        return decision
    own = account.citizen if account else None
    met = (contested_from, decision.citizen, *decision.others)
    others = tuple(c for c in dict.fromkeys(met) if c is not None and c != own)
    return Decision(TO_QUEUE, own, "contested", others)


def _ids(candidates: Iterable[Candidate]) -> tuple[int, ...]:
    return tuple(candidate.citizen for candidate in candidates)
