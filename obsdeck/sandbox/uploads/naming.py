"""Which tables a request brings along, and under which names (TAP 1.1, 2.5.1)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from obsdeck.sandbox.adql.words import RESERVED
from obsdeck.sandbox.uploads.upload import UploadError, UploadLimits

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")


@dataclass(frozen=True)
class Named:
    """A table by name and the part of the request it stands in."""

    name: str
    part: str


def named_uploads(values: Sequence[str], limits: UploadLimits) -> list[Named]:
    """Read the values of UPLOAD.

    Raises
    ------
    UploadError
        For a name no query can write, a table that is elsewhere, and too many tables.
    """
    if values and not limits.tables:
        raise UploadError("This service takes no tables: leave UPLOAD out.")
    found: dict[str, Named] = {}
    for name, uri in _pairs(values):
        if name.lower() in found:
            raise UploadError(f"UPLOAD names the table {name} more than once.")
        found[name.lower()] = Named(_checked(name), _part(name, uri))
    if len(found) > limits.tables:
        raise UploadError(f"UPLOAD brings {len(found)} tables, but {limits.tables} is the most.")
    return list(found.values())


def _pairs(values: Sequence[str]) -> Iterator[tuple[str, str]]:
    for value in values:
        for pair in filter(str.strip, value.split(";")):
            name, comma, uri = pair.strip().partition(",")
            if not comma or not uri.strip():
                raise UploadError("UPLOAD must be a name and a URI with a comma in between.")
            yield name.strip(), uri.strip()


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name) or name.upper() in RESERVED:
        raise UploadError(
            f"{_shortened(name)} is no name for an uploaded table: give letters, digits and _, "
            "a letter first, and no word of ADQL."
        )
    return name


def _part(name: str, uri: str) -> str:
    scheme, colon, part = uri.partition(":")
    if not colon or scheme.lower() != "param":
        raise UploadError(
            f"The table {name} is at {_shortened(uri)}, but this service fetches nothing from "
            "elsewhere: send it in the request, as param:<part>."
        )
    return part


def _shortened(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:57] + "...")
