"""Calls to another service: short, bounded, to the host that was asked, no other."""

import time
from dataclasses import dataclass, field

import requests


class Unavailable(Exception):
    """The other side did not give a usable answer.

    :param code: ``network``, ``timeout``, ``too_large`` or ``status``; may be logged
    """

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Answer:
    """What the other side answered.

    :param date: the ``Date`` of the answer, as written
    :param content_type: its ``Content-Type``, as written
    """

    status: int
    body: bytes = field(repr=False)
    date: str = ""
    content_type: str = ""

    @property
    def is_ok(self) -> bool:
        return self.status == 200

    @property
    def text(self) -> str:
        """Return the body as text; a body in no known letters becomes no token."""
        return self.body.decode("utf-8", "replace").strip()


def call(method, url, *, timeout, limit, **kwargs) -> Answer:
    """Call ``url`` and read its answer, never longer than twice ``timeout``.

    A redirection is not followed: it would lead to another host.

    :param float timeout: seconds to connect, then to receive everything
    :param int limit: bytes of the body, at most
    :param kwargs: ``params``, ``headers``, ``data``… as ``requests`` takes them
    :raise Unavailable: when there is no answer, or too long a one
    """
    ends = time.monotonic() + timeout * 2
    try:
        with requests.request(
            method,
            url,
            timeout=timeout,
            allow_redirects=False,
            stream=True,
            **kwargs,
        ) as response:
            body, heads = _read(response, limit, ends), response.headers
            return Answer(
                response.status_code,
                body,
                heads.get("Date", ""),
                heads.get("Content-Type", ""),
            )
    except requests.Timeout:
        raise Unavailable("timeout") from None
    except (requests.RequestException, OSError, ValueError):
        raise Unavailable("network") from None


def _read(response, limit, ends) -> bytes:
    """Read the body by what arrives, so that a slow one cannot hold the worker."""
    chunks, size = [], 0
    while chunk := response.raw.read1(16_384, decode_content=True):
        size += len(chunk)
        if size > limit:
            raise Unavailable("too_large")
        if time.monotonic() > ends:
            raise Unavailable("timeout")
        chunks.append(chunk)
    return b"".join(chunks)
