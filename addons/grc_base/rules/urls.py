"""Addresses that may be called, or given to a browser."""

from urllib.parse import urlsplit

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def is_safe_url(url: str, *, allow_loopback: bool = False) -> bool:
    """Tell whether ``url`` may be called, or be an address of return.

    :param url: absolute; ``https``, without user, password nor fragment
    :param allow_loopback: accept ``http`` for this very machine (tests, simulator)

    Source: none (technical): OpenID Connect Core 3.1.2.
    """
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except (ValueError, TypeError, AttributeError):
        return False
    if not host or "@" in parts.netloc or parts.fragment or "\\" in url:
        return False
    if any(ord(char) <= 32 or ord(char) == 127 for char in url):
        return False
    if parts.scheme == "https":
        return True
    return parts.scheme == "http" and allow_loopback and host in _LOOPBACK


def is_loopback(url: str) -> bool:
    """Tell whether ``url`` is on this very machine.

    :param url: absolute

    Source: none (technical)
    """
    try:
        return urlsplit(url).hostname in _LOOPBACK
    except (ValueError, TypeError, AttributeError):
        return False
