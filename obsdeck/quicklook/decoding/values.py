"""Keywords of a header that may be missing, or anything."""

from __future__ import annotations

import math

from astropy.io import fits


def number_of(header: fits.Header, keyword: str, default: float) -> float:
    """Return a finite number; the default where there is none."""
    value = _value_of(header, keyword)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return default
    return value if math.isfinite(value) else default


def text_of(header: fits.Header, keyword: str) -> str:
    """Return a text without its padding; empty where there is none."""
    value = _value_of(header, keyword)
    return printable(value.strip()) if isinstance(value, str) else ""


def printable(text: str, most: int = 1000) -> str:
    """Return a text of bounded length in which control characters are seen."""
    shown = "".join(
        character if character.isprintable() else f"\\x{ord(character):02x}"
        for character in text[:most]
    )
    return shown + "…" if len(text) > most else shown


def _value_of(header: fits.Header, keyword: str) -> object:
    try:
        return header.get(keyword)
    except (fits.VerifyError, ValueError):
        return None
