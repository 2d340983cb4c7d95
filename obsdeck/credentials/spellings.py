"""The forms in which a secret turns up where it has no business: quoted, encoded, in part."""

from __future__ import annotations

import html
import json
import re
from base64 import b64decode, b64encode
from collections.abc import Iterator
from urllib.parse import quote, quote_plus

SHORTEST = 6
"""Characters below which a text is not looked for: it would be found everywhere."""

_SHORTEST_BASE64 = 12
"""Characters of base64 below which a match is chance."""

_ESCAPE = re.compile(r"%[0-9A-F]{2}")
_SCHEME = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9_-]{0,20}) +(?P<value>\S.*)")


def encoded(text: str) -> bytes:
    """Return a text as UTF-8, halves of characters as well: JSON and environments may hold them."""
    return text.encode("utf-8", "surrogatepass")


def spellings(text: str) -> tuple[str, ...]:
    """Return every form of a secret that is looked for, the longest first.

    That is the text, URL-encoded once and twice with hexadecimal digits of either case, as JSON
    and HTML write it, and in base64 at each of the three offsets; for the value of an
    `Authorization` line also those of its value without the scheme, for a Basic one also those
    of the pair and the password.
    """
    found = {form for part in _parts(text) for form in _forms(part)}
    return tuple(sorted(found, key=lambda form: (-len(form), form)))


def _parts(text: str) -> Iterator[str]:
    yield text
    match = _SCHEME.fullmatch(text)
    if match is None:
        return
    yield match["value"]
    if match["scheme"].lower() == "basic":
        pair = _decoded(match["value"])
        yield from {pair, pair.partition(":")[2]}


def _decoded(value: str) -> str:
    try:
        return b64decode(value, validate=True).decode("utf-8")
    except ValueError:
        return ""


def _forms(part: str) -> Iterator[str]:
    if len(part) < SHORTEST:
        return
    yield part
    data = encoded(part)
    for quoted in (quote(data, ""), quote_plus(data), quote(data), quote(quote(data, ""))):
        yield quoted
        yield _ESCAPE.sub(lambda escape: escape[0].lower(), quoted)
    yield json.dumps(part)[1:-1]
    yield html.escape(part)
    for offset in range(3):
        core = _base64_core(data, offset)
        if len(core) >= _SHORTEST_BASE64:
            yield core
            yield core.translate(str.maketrans("+/", "-_"))


def _base64_core(data: bytes, offset: int) -> str:
    """Return the part of the base64 of a longer text that depends on these bytes alone.

    Parameters
    ----------
    data
        What is hidden.
    offset
        How many bytes stand before it, modulo three.
    """
    encoded = b64encode(bytes(offset) + data).decode("ascii")
    first = -(-offset * 8 // 6)
    return encoded[first : (offset + len(data)) * 8 // 6]
