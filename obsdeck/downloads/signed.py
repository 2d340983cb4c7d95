"""Addresses that are a credential: whoever has one gets the file, until it ends."""

from __future__ import annotations

import calendar
import re
import time
from urllib.parse import parse_qs, unquote_plus

_SIGNATURE = re.compile(r"(?i)x-(?:goog|amz)-signature|signature|sig|temp_url_sig")
_PART_OF_ONE = re.compile(
    r"(?i)x-(?:goog|amz)-.*|signature|sig|expires|policy|key-pair-id|googleaccessid|"
    r"awsaccesskeyid|temp_url_\w+|se|sp|sv|sr|st|skoid|sktid|skt|ske|sks|skv"
)
"""Google, S3 and CloudFront in both of their ways, OpenStack, Azure."""

_ALWAYS_SECRET = re.compile(r"(?i).*(?:token|password|passwd|secret|api[_-]?key|credential).*")

_EARLY_SECONDS = 20.0
"""A signature that ends within is not used: the archive's clock may be ahead."""


def is_signed(url: str) -> bool:
    """Return whether an address has a signature in its query."""
    return any(_SIGNATURE.fullmatch(name) for name in _names(url))


def without_signature(url: str) -> str:
    """Return an address without what is secret in its query; the rest stays byte for byte."""
    path, mark, query = url.partition("?")
    if not mark:
        return url
    signed = is_signed(url)
    kept = [pair for pair in query.split("&") if not _is_secret(pair, signed)]
    return f"{path}?{'&'.join(kept)}" if kept else path


def ends_at(url: str) -> float | None:
    """Return when the signature of an address ends (Unix time), None where it does not say."""
    given = {name.lower(): values[0] for name, values in parse_qs(url.partition("?")[2]).items()}
    for brand in ("goog", "amz"):
        begun, lasts = given.get(f"x-{brand}-date"), given.get(f"x-{brand}-expires")
        if begun and lasts and lasts.isascii() and lasts.isdigit() and len(lasts) < 10:
            start = _moment(begun)
            return None if start is None else start + int(lasts)
    end = given.get("expires", "")
    return float(end) if end.isascii() and end.isdigit() and len(end) < 12 else None


def has_ended(url: str, now: float) -> bool:
    """Return whether a signed address says itself that it is too old."""
    end = ends_at(url) if is_signed(url) else None
    return end is not None and end <= now + _EARLY_SECONDS


def _names(url: str) -> list[str]:
    query = url.partition("?")[2]
    return [unquote_plus(pair.partition("=")[0]) for pair in query.split("&")]


def _is_secret(pair: str, signed: bool) -> bool:
    name = unquote_plus(pair.partition("=")[0])
    if _ALWAYS_SECRET.fullmatch(name):
        return True
    return signed and _PART_OF_ONE.fullmatch(name) is not None


def _moment(written: str) -> float | None:
    try:
        return float(calendar.timegm(time.strptime(written, "%Y%m%dT%H%M%SZ")))
    except ValueError:
        return None
