"""The log of the web server: no code, state nor link of a sign-in in it."""

import logging
import re

_QUERY = re.compile(r"(/franceconnect/retour[\w-]*)\?[^\s\"']*")
_TOKEN = re.compile(r"(/franceconnect/(?:lien|preuve)/)[\w-]+")


class MaskReturns(logging.Filter):
    """Hide what comes back from a provider in the addresses that are logged."""

    def filter(self, record):
        if isinstance(record.msg, str):
            record.msg = _masked(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_masked(arg) for arg in record.args)
        return True


def _masked(value):
    if not isinstance(value, str):
        return value
    return _TOKEN.sub(r"\1…", _QUERY.sub(r"\1?…", value))


def install():
    """Mask the log of addresses, once."""
    logger = logging.getLogger("werkzeug")
    if not any(isinstance(known, MaskReturns) for known in logger.filters):
        logger.addFilter(MaskReturns())
