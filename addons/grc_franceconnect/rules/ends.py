"""Why a link ends, and what follows from it."""

from dataclasses import dataclass

CIVIL_STATUS, DECEASED = "civil_status", "deceased"
USURPED, LOST, ASKED, ERROR = "usurped", "lost", "asked", "error"
# What an identity manager chooses from.
AGENT_REASONS = (ASKED, CIVIL_STATUS, LOST, USURPED, ERROR, DECEASED)
# The link itself is contested: what it led to is not believed any more.
CONTESTED = (USURPED, ERROR)


@dataclass(frozen=True)
class Effects:
    """What an end changes besides the link. Sessions are closed by every end.

    :param closes_account: nobody signs in to the account any more, by any way
    :param blocks_subject: this subject is recognised by nobody but an agent
    :param opens_case: an agent has to decide what comes next
    :param keeps_certified: the sheet still says that its facts are certified
    :param tells_citizen: the address on file is written to
    """

    closes_account: bool
    blocks_subject: bool
    opens_case: bool
    keeps_certified: bool
    tells_citizen: bool


def effects(reason: str) -> Effects:
    """Return what follows when a link ends for ``reason``.

    The address on file is not written to when it may be a usurper's, or that of
    somebody who died; an error certified the facts of somebody else.

    :param reason: one of ``AGENT_REASONS``
    :raise ValueError: for any other

    Source: RGPD art. 5 (accuracy, confidentiality): a link that is contested opens
    nothing, and nobody is taken for another.
    """
    if reason not in AGENT_REASONS:
        raise ValueError(reason)
    return Effects(
        closes_account=reason == DECEASED,
        blocks_subject=reason in CONTESTED,
        opens_case=reason == USURPED,
        keeps_certified=reason != ERROR,
        tells_citizen=reason not in (USURPED, DECEASED),
    )


# Why an ended link is not given back.
TAKEN, REPLACED, GONE, NOT_ENDED = "taken", "replaced", "gone", "not_ended"


def why_not_given_back(
    *, is_ended: bool, is_taken: bool, is_replaced: bool, is_gone: bool
) -> str:
    """Return why an ended link cannot be given back, empty when it can.

    :param is_taken: the subject opens another account now
    :param is_replaced: the citizen signs in with another subject now
    :param is_gone: the account or the sheet is no longer there, or no longer hers

    Source: RGPD art. 5 (accuracy): one subject, one citizen.
    """
    if not is_ended:
        return NOT_ENDED
    if is_gone:
        return GONE
    if is_taken:
        return TAKEN
    return REPLACED if is_replaced else ""
