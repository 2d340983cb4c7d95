"""The formats a client may ask for (DALI 1.1, 3.4.3; TAP 1.1, 2.7.3)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import pyarrow as pa

from obsdeck.sandbox.output.ending import Ending
from obsdeck.sandbox.output.fields import ResultField
from obsdeck.sandbox.output.plain import JsonWriter, SeparatedWriter
from obsdeck.sandbox.output.votable import MIME, VOTableWriter


class Writer(Protocol):
    """Turns a result into bytes piece by piece."""

    def head(self) -> bytes:
        """Return what comes before the rows."""

    def rows(self, batch: pa.RecordBatch) -> bytes:
        """Return one batch."""

    def tail(self, ending: Ending) -> bytes:
        """Return what comes after the rows."""


@dataclass(frozen=True)
class Format:
    """A media type, the short names for it, and its writer."""

    mime: str
    aliases: tuple[str, ...]
    writer: Callable[[list[ResultField]], Writer]


def _votable(serialization: str, *aliases: str) -> Format:
    return Format(
        f"{MIME};serialization={serialization.upper()}",
        aliases,
        partial(VOTableWriter, serialization=serialization),
    )


FORMATS = (
    Format(MIME, ("votable", "text/xml"), partial(VOTableWriter, serialization="tabledata")),
    _votable("tabledata", "votable/td"),
    _votable("binary", "votable/b"),
    _votable("binary2", "votable/b2"),
    Format("text/csv", ("csv", "text/csv;header=present"), partial(SeparatedWriter, delimiter=",")),
    Format("text/tab-separated-values", ("tsv",), partial(SeparatedWriter, delimiter="\t")),
    Format("application/json", ("json",), JsonWriter),
)

_BY_NAME = {name.lower(): one for one in FORMATS for name in (one.mime, *one.aliases)}


def find_format(name: str) -> Format | None:
    """Return the format with this media type or short name; blanks and case do not matter."""
    return _BY_NAME.get(name.replace(" ", "").lower())
