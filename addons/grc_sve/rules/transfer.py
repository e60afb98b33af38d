"""What a transfer to the competent administration changes for the silence."""

from .facts import START_BASES, check_choice

REGIMES = ("sva", "svr", "none", "unknown")


def transfer_effect(regime: str, start_basis: str = "default") -> str:
    """Return from when the silence of a transferred request runs.

    :param regime: a value of ``REGIMES``
    :param start_basis: what starts the silence, as in ``Facts``
    :return: ``first`` (reception by the administration first seized), ``competent``
        (reception by the competent one), ``acknowledgement`` (its sending), ``none``
        (silence makes no decision) or ``unknown`` (either: both are told)
    :raise ValueError: if a value is not in its list

    Source: CRPA art. L114-3, R311-13; C. urb. art. R474-1
    """
    check_choice("regime", regime, REGIMES)
    check_choice("start_basis", start_basis, START_BASES)
    if regime in ("none", "unknown"):
        return regime
    if start_basis == "ack_sent":
        return "acknowledgement"
    if start_basis == "competent" or regime == "sva":
        return "competent"
    return "first"
