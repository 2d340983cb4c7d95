"""Where rows are from, as it is written into files."""

from __future__ import annotations

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
        ADQL.
    date
        ISO 8601, UTC.
    """

    archive: str = ""
    service: str = ""
    query: str = ""
    date: str = ""

    @classmethod
    def of(cls, schema: pa.Schema) -> Provenance:
        """Read what the page put into a schema; whatever looks like a secret is masked."""
        metadata = schema.metadata or {}
        found = {key: metadata.get(f"obsdeck.{key}".encode(), b"") for key in KEYS}
        texts = {key: value.decode("utf-8", "replace")[:_LONGEST] for key, value in found.items()}
        return cls(**{key: redact(printable(text)) for key, text in texts.items()})

    def infos(self) -> dict[str, str]:
        """Return what is known by the names of INFO elements."""
        pairs = ((name, getattr(self, key)) for key, name in KEYS.items())
        return {name: text for name, text in pairs if text}
