"""Whether a pasted text can be a token at all, told before it is sent anywhere."""

from __future__ import annotations

import re

from obsdeck.archives.archive import Archive

_PRINTABLE = re.compile(r"[\x21-\x7e]+")
_SCHEME = re.compile(r"(bearer|token|basic)\s", re.IGNORECASE)
_QUOTES = "\"'`“”\u2018\u2019"
_LONGEST = 16_384
"""Characters: what fits into the header block of common servers."""


def well_formed(archive: Archive, text: str) -> bool:
    """Whether a text has the form of the archive's tokens or keys."""
    return wrong_form(archive, text, "token") is None


def can_be_sent(text: str) -> bool:
    """Whether a text that an archive hands out as a token fits into a header line."""
    return len(text) <= _LONGEST and _PRINTABLE.fullmatch(text) is not None


def wrong_form(archive: Archive, text: str, word: str) -> str | None:
    """Return what is wrong with a text, as sentences that do not repeat it; None if nothing is.

    Parameters
    ----------
    archive
        Its `pattern` must match as a whole; `patternHint` describes it.
    text
        What was pasted, without blanks around it.
    word
        What the archive calls it: “token”, “API key”.
    """
    reason = _slip(text, word)
    if reason is not None:
        return reason
    sign_in = archive.definition["signIn"]
    pattern = sign_in.get("pattern")
    if pattern is None or re.fullmatch(pattern, text, re.ASCII):
        return None
    hint = sign_in.get("patternHint", "")
    return f"This is no {word} of {archive.name}. {hint}".rstrip()


def _slip(text: str, word: str) -> str | None:
    """Return what commonly goes wrong in copying."""
    if _SCHEME.match(text):
        return f"Leave out the word “{text.split(maxsplit=1)[0]}” before the {word}."
    if text[:1] in _QUOTES or text[-1:] in _QUOTES:
        return f"Leave out the quotation marks around the {word}."
    if re.search(r"\s", text):
        return f"The {word} holds a blank or a line break: copy it in one piece."
    if not _PRINTABLE.fullmatch(text):
        return f"The {word} holds characters that none can have: copy it again."
    if len(text) > _LONGEST:
        return f"The {word} is longer than any can be: copy it again."
    return None
