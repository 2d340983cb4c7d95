"""Where rows are from, as it is written into files."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pyarrow as pa

from obsdeck.credentials.redact import redact
from obsdeck.tables.columns import printable

KEYS = {
    "archive": "publisher",
    "service": "request",
    "query": "query",
    "date": "request_date",
}
"""Keys of the schema's metadata (after `obsdeck.`), and names of INFO elements (DataOrigin)."""

_LONGEST = 100_000
_MOST_QUERIES = 100


@dataclass(frozen=True)
class Provenance:
    """What was asked of whom, and when; empty where it is not known.

    Attributes
    ----------
    archive
        Name of the archive.
    service
        Address of the service.
    query
        ADQL; the first one of several.
    date
        ISO 8601, UTC.
    more
        The other queries whose rows follow, each once; the first hundred of them.
    slices
        How many times rows were asked for: a list of targets goes in slices, which may be the
        same query with another upload each.
    """

    archive: str = ""
    service: str = ""
    query: str = ""
    date: str = ""
    more: tuple[str, ...] = ()
    slices: int = 1

    @classmethod
    def of(cls, schema: pa.Schema) -> Provenance:
        """Read what the page put into a schema; whatever looks like a secret is masked."""
        metadata = schema.metadata or {}

        def text_of(key: str) -> str:
            found: bytes = metadata.get(f"obsdeck.{key}".encode(), b"")
            return found.decode("utf-8", "replace")

        archive, service, query, date = (_shown(text_of(key)) for key in KEYS)
        more = tuple(_shown(text) for text in _texts(text_of("queries")))
        count = text_of("slices")
        slices = int(count) if count.isascii() and count.isdigit() and len(count) < 7 else 1
        slices = max(slices, len(more) + 1)
        return cls(archive, service, query, date, more, slices)

    def infos(self) -> list[tuple[str, str]]:
        """Return what is known, with names of INFO elements; of several queries each has one."""
        pairs = [(name, getattr(self, key)) for key, name in KEYS.items()]
        pairs += [("query", text) for text in self.more]
        if self.slices > 1:
            pairs.append(("slices", str(self.slices)))
        return [(name, text) for name, text in pairs if text]


def _shown(text: str) -> str:
    return redact(printable(text[:_LONGEST]))


def _texts(packed: str) -> list[str]:
    """Return the texts of a JSON list, or none where it is something else."""
    try:
        found = json.loads(packed) if len(packed) <= _LONGEST else None
    except (ValueError, RecursionError):
        return []
    texts = found if isinstance(found, list) else []
    return [text for text in texts if isinstance(text, str)][:_MOST_QUERIES]
