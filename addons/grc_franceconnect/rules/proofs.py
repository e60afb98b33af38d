"""The proof of an account by a link sent to the address on file."""

LINK_MINUTES = 30
MAX_LINKS = 3


def may_send_link(asked: int, under_way: int) -> bool:
    """Tell whether one more link may be sent.

    :param asked: links asked for since this sign-in, this one left out
    :param under_way: links to the same account that are less than 30 minutes old

    Source: none (technical): nobody fills the mailbox of another.
    """
    return asked < MAX_LINKS and under_way < MAX_LINKS


def is_link_good(
    *, is_account_hers: bool, is_address_same: bool, is_open_to_citizens: bool
) -> bool:
    """Tell whether a link that came back still proves the account.

    :param is_account_hers: the account is still that of the citizen it was sent for
    :param is_address_same: its address is still the one that was written to
    :param is_open_to_citizens: in use, and no agent's

    Source: RGPD art. 5 (confidentiality): an account is opened by whom it belongs to.
    """
    return is_account_hers and is_address_same and is_open_to_citizens
