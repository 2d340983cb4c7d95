"""Masking what is secret in texts that leave this process: errors, header lines, logs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from obsdeck.credentials.secret import Secret, live_secrets
from obsdeck.credentials.spellings import encoded

MARK = "•••"
"""Stands for what was masked."""

PLAIN_MARK = "***"
"""The same where only ASCII has a place, in header lines for instance."""

_WORDS = "token|password|passwd|secret|api[_-]?key|credential"
_NAMES = rf"(?:[A-Za-z_-]{{0,40}}(?:{_WORDS})|pwd|pass|authorization)"
_LOOKS_RANDOM = r"(?=\S*(?:[0-9]|[a-z][A-Z]))"
"""Words of a sentence hold no digit, and capitals only at their beginning."""

_PATTERNS = [
    re.compile(pattern, re.IGNORECASE if ignore_case else 0)
    for ignore_case, pattern in (
        # JSON and Python: "token": "…"
        (True, rf"""(?P<kept>["']{_NAMES}["']\s*:\s*["'])[^"']+"""),
        # query or form, also percent-encoded inside another
        (True, rf"""(?P<kept>(?<![A-Za-z_-]){_NAMES}(?:=|%3D))[^&\s"'<>;,]+"""),
        # header line
        (True, r"(?P<kept>\b(?:proxy-)?authorization:\s*)[^\r\n]+"),
        (True, r"(?P<kept>\b(?:set-)?cookie:\s*)[^\r\n]+"),
        (True, rf"(?P<kept>\b(?:x-[a-z]+-)?{_NAMES}:\s+)(?-i:{_LOOKS_RANDOM})[^\s,;]{{8,}}"),
        (False, rf"(?P<kept>\b(?i:bearer|basic|token)\s+){_LOOKS_RANDOM}[\w.~+/-]{{8,}}=*"),
        # user name and password in an address
        (True, r"(?P<kept>\b[a-z][a-z0-9+.-]{0,20}://)[^/\s@?#\"']{1,300}(?=@)"),
        # tokens of the Rubin Science Platform, JSON Web Tokens
        (False, r"(?P<kept>)\bgt-[\w-]{16,}(?:\.[\w-]+)?"),
        (False, r"(?P<kept>)\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?"),
    )
]

_TELLING_LENGTH = 8

_ADDRESS = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}(?:@|%40)(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,}", re.ASCII
)


def mask(text: str, mark: str = MARK, secrets: Iterable[Secret] | None = None) -> str:
    """Mask known secrets, in whichever form they stand in a text.

    Parameters
    ----------
    text
        Anything.
    mark
        What to put in their place.
    secrets
        Those to look for, where they cannot stand by chance (`is_telling`): a password may be a
        word of a media type. By default all live ones, in every form.
    """
    for secret in live_secrets() if secrets is None else secrets:
        for spelling in secret.spelled():
            if spelling in text and (secrets is None or is_telling(spelling)):
                text = text.replace(spelling, mark)
    return text


def redact(text: str) -> str:
    """Mask known secrets, and whatever looks like one of somebody else."""
    text = mask(text)
    for pattern in _PATTERNS:
        text = pattern.sub(rf"\g<kept>{MARK}", text)
    return text


def without_people(text: str) -> str:
    """Mask e-mail addresses."""
    return _ADDRESS.sub(MARK, text)


def holds_secret(text: str, secrets: Iterable[Secret]) -> bool:
    """Return whether one of some secrets stands in a text, in either case of letters.

    Host names lose their capitals on the way, so that only this finds a secret in one.
    """
    folded = text.casefold()
    return any(
        form.casefold() in folded
        for secret in secrets
        for form in secret.spelled()
        if is_telling(form)
    )


def needles(secrets: Iterable[Secret]) -> tuple[bytes, ...]:
    """Return the byte strings to look for in the body of an answer, the longest first."""
    forms = {form for secret in secrets for form in secret.spelled() if is_telling(form)}
    return tuple(encoded(form) for form in sorted(forms, key=lambda f: (-len(f), f)))


def is_telling(form: str) -> bool:
    """Return whether a text is so unusual that finding it elsewhere is no chance.

    A password may be a word, and documents that hold this word must stay as they are.
    """
    return len(form) >= _TELLING_LENGTH and not (form.isalpha() and len(form) < 2 * _TELLING_LENGTH)
