"""What a JSON Web Token says of itself (RFC 7519 §3).

The signature is not checked: that is the archive's business, and most of the keys are its
secret. Nothing is decided by the claims but what is shown and when a new token is asked for.
"""

from __future__ import annotations

import binascii
import json
import math
import re
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from typing import Any

_SEGMENT = re.compile(r"[A-Za-z0-9_-]+")
_LONGEST = 65_536
"""Longest token that is looked into, in characters."""

LATEST = 253_402_300_799.0
"""Unix time of the last second of the year 9999, beyond which there are no dates."""


def claims_of(token: str) -> dict[str, Any] | None:
    """Return the claims of a token, or None for what is no readable JWT."""
    parts = token.split(".")
    if len(token) > _LONGEST or len(parts) != 3 or not _SEGMENT.fullmatch(f"0{parts[2]}"):
        return None
    if _segment(parts[0]) is None:
        return None
    return _segment(parts[1])


def expiry(claims: Mapping[str, Any], early: float = 0) -> float | None:
    """Return `exp` in Unix seconds (integer or fraction), None unless it is a finite number.

    Parameters
    ----------
    claims
        Of the token. An end before 1970 or after the year 9999 is moved to there.
    early
        Seconds that the end comes earlier.
    """
    value = claims.get("exp")
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        seconds = float(value)
    except OverflowError:
        return None
    return min(max(seconds - early, 0.0), LATEST) if math.isfinite(seconds) else None


def roles_of(claims: Mapping[str, Any]) -> tuple[str, ...]:
    """Return `roles`, which is a list or a text with commas; blanks around a role do not count."""
    value = claims.get("roles")
    listed = value.split(",") if isinstance(value, str) else value
    if not isinstance(listed, list):
        return ()
    names = (role.strip() for role in listed if isinstance(role, str))
    return tuple(dict.fromkeys(name for name in names if name))


def first_text(claims: Mapping[str, Any], *names: str) -> str | None:
    """Return the first of some members that is a text with something in it."""
    values = (claims.get(name) for name in names)
    return next((value for value in values if isinstance(value, str) and value.strip()), None)


def _segment(text: str) -> dict[str, Any] | None:
    """Decode a segment: base64url (RFC 4648 §5), whose padding is left out in tokens."""
    if not _SEGMENT.fullmatch(text):
        return None
    try:
        value = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
