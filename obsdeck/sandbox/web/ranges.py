"""Which part of a file a request asks for (RFC 9110, 13.1.5 and 14)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

#: One range of bytes; several at once are answered with the whole file, as RFC 9110 allows.
_RANGE = re.compile(r"\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Part:
    """A part of a file.

    Attributes
    ----------
    status
        200 for the whole, 206 for a range of it, 304 for what the client has, 416 for a range
        that lies beyond the end.
    start, end
        First byte, and the byte after the last.
    """

    status: int
    start: int
    end: int


def part_of(headers: Mapping[str, str], size: int, etag: str, modified: str) -> Part:
    """Return what a request asks for.

    Parameters
    ----------
    headers
        Of the request.
    size
        Bytes of the file.
    etag, modified
        Its validators, as its answers carry them.
    """
    if headers.get("If-None-Match", "").strip() in (etag, "*"):
        return Part(304, 0, 0)
    whole = Part(200, 0, size)
    matched = _RANGE.fullmatch(headers.get("Range", ""))
    if matched is None or matched.groups() == ("", ""):
        return whole
    # A part of another version would spoil what the client has: it gets the whole again.
    if headers.get("If-Range", etag) not in (etag, modified):
        return whole
    first, last = matched.groups()
    if not first:
        start, end = max(size - int(last), 0), size
    else:
        start, end = int(first), min(int(last) + 1 if last else size, size)
        if last and int(last) < start:
            return whole
    return Part(206, start, end) if start < end else Part(416, 0, 0)
