"""What a service says in a refusal: in its own words, unshortened as far as people read."""

from __future__ import annotations

import html
import json
import re
from typing import Any

from obsdeck.credentials.redact import redact, without_people
from obsdeck.downloads.content import kind_of
from obsdeck.downloads.signed import is_signed, without_signature

MOST_BYTES = 16_384
"""Of an error document that are read."""

_LONGEST = 2_000
_STATUS = re.compile(
    r"<(?:\w+:)?INFO\b[^>]*\bQUERY_STATUS\b[^>]*>(.*?)</(?:\w+:)?INFO>", re.DOTALL | re.IGNORECASE
)
_ELEMENT = re.compile(
    r"<(?:\w+:)?(?:Message|ExceptionText|Code|title|h1)\b[^>]*>(.*?)</", re.DOTALL | re.IGNORECASE
)
_TAG = re.compile(r"<[^>]*>")
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_ADDRESS = re.compile(r"https?://[^\s\"'<>“”]+")
_MEMBERS = ("detail", "message", "error", "description", "msg", "title")


def words_of(body: bytes) -> str:
    """Return the text of an error document in one line, with nothing secret; may be empty."""
    text = body[:MOST_BYTES].decode("utf-8", "replace")
    found = _in_json(text) or _in_markup(body, text) or text
    plain = " ".join(_printable(found).split())
    masked = _ADDRESS.sub(_without_secret, plain)
    return without_people(redact(masked))[:_LONGEST].strip(" .")


def is_error_table(body: bytes) -> bool:
    """Return whether a VOTable says that it is an error (DALI 1.1 §4.4)."""
    text = body[:MOST_BYTES].decode("utf-8", "replace")
    found = re.search(r"<(?:\w+:)?INFO\b[^>]*\bQUERY_STATUS\b[^>]*>", text, re.IGNORECASE)
    return found is not None and re.search(r"""value\s*=\s*["']ERROR""", found[0]) is not None


def _in_json(text: str) -> str:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    return _sentence(value)


def _sentence(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return " ".join(filter(None, map(_sentence, value[:10])))
    if isinstance(value, dict):
        named = (_sentence(value[member]) for member in _MEMBERS if member in value)
        return next(filter(None, named), "")
    return ""


def _in_markup(body: bytes, text: str) -> str:
    kind = kind_of(body[:MOST_BYTES])
    if kind == "":
        return ""
    text = _CDATA.sub(lambda found: html.escape(found[1]), text)
    pattern = _STATUS if kind == "votable" else _ELEMENT
    found = [html.unescape(_TAG.sub(" ", piece)) for piece in pattern.findall(text)]
    return ": ".join(dict.fromkeys(piece.strip() for piece in found if piece.strip()))


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _without_secret(found: re.Match[str]) -> str:
    return without_signature(found[0]) if is_signed(found[0]) else found[0]
