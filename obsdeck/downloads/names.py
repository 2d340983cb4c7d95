"""Names of files that an archive proposed, made safe for any disk."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import PurePosixPath
from urllib.parse import unquote

LONGEST = 200
"""Bytes; most file systems take 255, and a file has a longer name while it is written."""

_BAD = re.compile(
    r'[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\\/*?"<>|]'
    + (r"|:" if os.name == "nt" else "")
)
"""What some file system refuses or reads as something else, or what turns text around.

Colons stay where they can: times in the names of frames have them.
"""

_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?")
"""Devices on Windows, whatever follows the dot; the folder may be a shared one."""

_EXTENSION = re.compile(r"(?:\.[A-Za-z0-9_-]{1,12}){1,2}$")
_COMPRESSED = re.compile(r"(?i)\.(?:z|gz|fz|bz2)$")

_PARAMETER = re.compile(r';\s*(filename\*?)\s*=\s*("(?:\\.|[^"\\])*"|[^;]*)', re.IGNORECASE)
_EXTENDED = re.compile(r"(?i)(utf-8|iso-8859-1)'[^']*'(.*)")


def safe_name(proposed: str) -> str:
    """Return the base name of a proposal as a name every file system takes; empty if none is left.

    Folders, leading dots, control characters and blanks at the ends are dropped; a device's
    name gets an underscore; what is too long is cut before its extension.
    """
    base = re.split(r"[/\\]", proposed)[-1]
    named = _BAD.sub("_", base).strip().lstrip(". ").rstrip(". ")
    if not named.strip("_"):
        return ""
    if _RESERVED.fullmatch(named):
        named = f"_{named}"
    return _shortened(named)


def name_in_disposition(header: str) -> str:
    """Return the file name in `Content-Disposition` (RFC 6266), unchecked; empty if there is none.

    `filename*` (RFC 8187) wins over `filename`.
    """
    found: dict[str, str] = {}
    for name, value in _PARAMETER.findall(f";{header}" if "=" in header else ""):
        found.setdefault(name.lower(), value.strip())
    extended = _EXTENDED.fullmatch(found.get("filename*", "").strip('"'))
    if extended is not None:
        return unquote(extended[2], extended[1].lower(), "replace")
    plain = found.get("filename", "")
    if plain.startswith('"'):
        plain = re.sub(r"\\(.)", r"\1", plain[1:-1])
    return _as_utf8(plain)


def name_in_url(url: str) -> str:
    """Return what follows the last slash of an address's path, unchecked."""
    path = re.split(r"[?#]", url.partition("://")[2], maxsplit=1)[0]
    return unquote(path.rpartition("/")[2]) if "/" in path else ""


def numbered(name: str, is_taken: Callable[[str], bool]) -> str:
    """Return a name that is free: `a.fits.fz`, `a-2.fits.fz`, `a-3.fits.fz` …."""
    if not is_taken(name):
        return name
    extension = _extension(name)
    stem, number = name[: len(name) - len(extension)], 2
    while is_taken(candidate := f"{stem}-{number}{extension}"):
        number += 1
    return candidate


def unpacked_name(name: str) -> str | None:
    """Return the name a file has once it is decompressed, None if it is not compressed."""
    return _COMPRESSED.sub("", name) if _COMPRESSED.search(name) else None


def folder_of(text: str) -> str:
    """Return a text, such as an identifier, as the name of one folder; empty if none is left."""
    return safe_name(text.replace("/", "_").replace("\\", "_"))


def _extension(name: str) -> str:
    """Return the extension; two of them where the last one says how it is compressed."""
    suffix = PurePosixPath(name).suffix
    found = _EXTENSION.search(name)
    if found and _COMPRESSED.search(name):
        return found[0]
    return suffix


def _shortened(name: str) -> str:
    encoded = name.encode("utf-8")
    if len(encoded) <= LONGEST:
        return name
    extension = _extension(name)
    room = LONGEST - len(extension.encode("utf-8"))
    stem = encoded[: max(room, 1)].decode("utf-8", "ignore")
    return f"{stem}{extension}"[:LONGEST]


def _as_utf8(text: str) -> str:
    """Read a header line again as what most servers mean; it arrived as ISO 8859-1."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text
