"""Which header lines cross the gateway; everything else stays behind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from http import HTTPStatus

from obsdeck import __version__

USER_AGENT = f"Obsdeck/{__version__} (+JupyterLab)"

_REQUEST_ALLOWED = (
    "Accept",
    "Accept-Encoding",
    "Accept-Language",
    "Content-Type",
    "Range",
    "If-Range",
    "If-None-Match",
    "If-Modified-Since",
)

_ANSWER_ALLOWED = {
    "content-type": "Content-Type",
    # Durations are counted by the archive's own clock.
    "date": "Date",
    "content-encoding": "Content-Encoding",
    "content-disposition": "Content-Disposition",
    "content-range": "Content-Range",
    "accept-ranges": "Accept-Ranges",
    "etag": "ETag",
    "last-modified": "Last-Modified",
    "retry-after": "Retry-After",
    "x-ratelimit-limit": "X-RateLimit-Limit",
    "x-ratelimit-remaining": "X-RateLimit-Remaining",
    "x-ratelimit-reset": "X-RateLimit-Reset",
    "x-ratelimit-resource": "X-RateLimit-Resource",
    "x-ratelimit-used": "X-RateLimit-Used",
    # Under its own name a browser would open its password box.
    "www-authenticate": "X-Obsdeck-Challenge",
}

_MADE = frozenset({HTTPStatus.CREATED, HTTPStatus.ACCEPTED})
_MADE_ALLOWED = {"location": "X-Obsdeck-Location"}
"""Where that is which the request made; nothing follows it but the page's next request."""

_BODY_LINES = frozenset({b"content-type", b"content-length", b"transfer-encoding"})

_SENDABLE = re.compile(r"[\x09\x20-\x7e\x80-\xff]*")
_LENGTH = re.compile(r"[0-9]{1,18}")

RawHeaders = list[tuple[bytes, bytes]]
"""Header lines as httpcore takes and gives them."""


def request_headers(page: Mapping[str, str]) -> RawHeaders:
    """Return what is sent to an archive: the allow-list, our name, nothing of Jupyter's."""
    passed = [(name, page[name]) for name in _REQUEST_ALLOWED if name in page]
    lines = [("User-Agent", USER_AGENT), *passed]
    return [(name.encode("ascii"), value.encode("latin-1")) for name, value in lines]


def without_body(headers: RawHeaders) -> RawHeaders:
    """Drop the lines that describe a body which is not sent again."""
    return [line for line in headers if line[0].lower() not in _BODY_LINES]


def answer_headers(status: int, upstream: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Return the header lines of an archive's answer that the page gets to see."""
    allowed = _ANSWER_ALLOWED | (_MADE_ALLOWED if status in _MADE else {})
    passed: dict[str, str] = {}
    for raw_name, raw_value in upstream:
        name = allowed.get(raw_name.decode("latin-1").lower())
        value = raw_value.decode("latin-1")
        if name is None or not _SENDABLE.fullmatch(value):
            continue
        if name == "X-Obsdeck-Challenge" and name in passed:
            passed[name] += f", {value}"
        else:
            passed.setdefault(name, value)
    return passed


def content_length(upstream: Iterable[tuple[bytes, bytes]]) -> int | None:
    """Return the length of a body in byte if the archive gave exactly one valid figure."""
    lines = [(name.lower(), value) for name, value in upstream]
    if any(name == b"transfer-encoding" for name, _ in lines):
        return None
    found = {value.decode("latin-1").strip() for name, value in lines if name == b"content-length"}
    if len(found) != 1:
        return None
    (text,) = found
    return int(text) if _LENGTH.fullmatch(text) else None
