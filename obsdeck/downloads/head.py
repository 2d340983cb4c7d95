"""What the header lines of an answer say about the file."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import cached_property

from obsdeck.downloads.item import Validator
from obsdeck.gateway.call import Answer
from obsdeck.gateway.headers import content_length

_RANGE = re.compile(r"bytes\s+(?:(\d{1,18})-(\d{1,18})|\*)/(\d{1,18}|\*)")
_LENGTHS = {"md5": 16, "sha-256": 32, "sha-512": 64}
_LONGEST_VALIDATOR = 1_000


@dataclass(frozen=True)
class Range:
    """`Content-Range`: first byte, byte behind the last, bytes in all; None where not said."""

    start: int | None
    stop: int | None
    total: int | None


@dataclass(frozen=True)
class Head:
    """Status and header lines of an answer."""

    answer: Answer

    @cached_property
    def lines(self) -> dict[str, str]:
        """Header lines by name in lower case; lines of one name are joined."""
        joined: dict[str, str] = {}
        for raw_name, raw_value in self.answer.headers:
            name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1").strip()
            joined[name] = f"{joined[name]}, {value}" if name in joined else value
        return joined

    @property
    def status(self) -> int:
        """HTTP status."""
        return self.answer.status

    @property
    def length(self) -> int | None:
        """Bytes of the body; None where not said."""
        return content_length(self.answer.headers)

    @property
    def content_type(self) -> str:
        """Media type in lower case without parameters."""
        return self.lines.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def coding(self) -> str:
        """`Content-Encoding` in lower case; empty for a plain body."""
        found = self.lines.get("content-encoding", "").strip().lower()
        return "" if found == "identity" else found

    @property
    def validator(self) -> Validator:
        """What tells later whether the file is still the same."""
        etag, modified = (
            found if len(found := self.lines.get(name, "")) <= _LONGEST_VALIDATOR else ""
            for name in ("etag", "last-modified")
        )
        return Validator(etag, modified)

    @property
    def range(self) -> Range | None:
        """`Content-Range` (RFC 9110 §14.4), None where there is none that can be read."""
        found = _RANGE.fullmatch(self.lines.get("content-range", ""))
        if found is None:
            return None
        start, last, total = found.groups()
        return Range(
            None if start is None else int(start),
            None if last is None else int(last) + 1,
            None if total == "*" else int(total),
        )

    def wait(self, now: float) -> float | None:
        """Return `Retry-After` in seconds from `now` (Unix time), None where there is none."""
        written = self.lines.get("retry-after", "")
        if written.isascii() and written.isdigit():
            return float(written[:12])
        try:
            return max(0.0, parsedate_to_datetime(written).timestamp() - now)
        except (TypeError, ValueError, OverflowError):
            return None

    @property
    def published(self) -> str:
        """Checksum of the whole file, `algorithm:hexadecimal`; empty where there is none.

        `Repr-Digest` (RFC 9530), `Digest` (RFC 3230), those of Google and Amazon, and
        `Content-MD5`, which is about the body and so fits whole answers only.
        """
        found = _digests(self.lines, is_whole=self.status == 200)
        for algorithm in ("sha-512", "sha-256", "md5"):
            value = _hexadecimal(algorithm, found.get(algorithm, ""))
            if value:
                return f"{algorithm}:{value}"
        return ""


def _digests(lines: dict[str, str], *, is_whole: bool) -> dict[str, str]:
    """Return checksums in Base64 by algorithm; those that came first are the plainest."""
    found: dict[str, str] = {}
    if is_whole and "content-md5" in lines:
        found["md5"] = lines["content-md5"]
    if lines.get("x-goog-stored-content-encoding", "identity") == "identity":
        found |= _members(lines.get("x-goog-hash", ""))
    if lines.get("x-amz-checksum-type", "FULL_OBJECT") == "FULL_OBJECT":
        found["sha-256"] = lines.get("x-amz-checksum-sha256", "")
    found |= _members(lines.get("digest", ""))
    found |= _members(lines.get("repr-digest", ""))
    return found


def _members(text: str) -> dict[str, str]:
    pairs = (part.strip().partition("=") for part in text.split(","))
    return {name.strip().lower(): value.strip().strip(":") for name, _, value in pairs}


def _hexadecimal(algorithm: str, written: str) -> str:
    try:
        raw = base64.b64decode(written, validate=True)
    except (binascii.Error, ValueError):
        return ""
    return raw.hex() if len(raw) == _LENGTHS[algorithm] else ""
