"""A {links} document (DataLink 1.1 §3), read so that it reaches for nothing outside of itself."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat

_COLUMNS = ("ID", "access_url", "service_def", "semantics", "description", "error_message")


@dataclass(frozen=True)
class Link:
    """A row (DataLink 1.1 §3.2), the columns that matter for finding a file again."""

    id: str
    access_url: str
    service_def: str
    semantics: str
    description: str
    error_message: str


def links_of(body: bytes) -> list[Link]:
    """Read a {links} document (blocking; astropy takes a while to load).

    Raises
    ------
    Exception
        Whatever astropy raises for what is no VOTable; `ValueError` for one that is more.
    """
    from astropy.io.votable import parse_single_table  # noqa: PLC0415

    # X_check_closed(body)
    _check_closed(body)
    table = parse_single_table(io.BytesIO(body), verify="ignore")
    names = {field.name.lower(): field.name for field in table.fields}
    columns = [names.get(column.lower()) for column in _COLUMNS]
    return [Link(*(_text(row[name]) if name else "" for name in columns)) for row in table.array]


def _check_closed(body: bytes) -> None:
    """Refuse what astropy would follow or unfold.

    It opens the address of a STREAM, be it a file of this computer or a host that only this
    computer reaches. Searching the bytes would not do: they may be in any encoding of XML.
    """
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = _check_element
    parser.Parse(body, True)


def _refuse_doctype(*_told: object) -> None:
    raise ValueError("a document type is no part of a VOTable")


def _check_element(name: str, attributes: Mapping[str, str]) -> None:
    if name.rpartition(":")[2] == "STREAM" and "href" in attributes:
        raise ValueError("its data are elsewhere")


def _text(value: Any) -> str:
    if value is None or getattr(value, "mask", None) is True:
        return ""
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return "" if text == "--" else text.strip()
