"""What a vault stores for one identity, as one JSON document.

`{"version": 1, "entries": {archive: {…}}, "aside": [archive…]}`, the entries as `entry` says.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from obsdeck.signin.held import Contents, Held
from obsdeck.signin.vault.entry import DamagedEntryError, held_from_json

VERSION = 1


class DamagedDocumentError(ValueError):
    """What is stored is no document; the text never quotes it."""


class NewerDocumentError(ValueError):
    """A later version of Obsdeck wrote it."""


@dataclass
class Document:
    """A document that can be changed and written again.

    Attributes
    ----------
    entries
        By archive id, as JSON.
    aside
        Archives whose found credential is left alone.
    """

    entries: dict[str, Any] = field(default_factory=dict, repr=False)
    aside: set[str] = field(default_factory=set)

    @classmethod
    def parse(cls, text: str) -> Document:
        """Read a document.

        Raises
        ------
        DamagedDocumentError, NewerDocumentError
            When it is none, or not one of this version.
        """
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            raise DamagedDocumentError("it is no JSON") from None  # the cause holds the text
        if not isinstance(value, dict) or not isinstance(value.get("version"), int):
            raise DamagedDocumentError("it has no version")
        if value["version"] > VERSION:
            raise NewerDocumentError("it is of a newer version")
        entries, aside = value.get("entries"), value.get("aside")
        if not isinstance(entries, dict) or not isinstance(aside, list):
            raise DamagedDocumentError("a part of it is missing")
        return cls(entries, {archive for archive in aside if isinstance(archive, str)})

    def text(self) -> str:
        """Return the document as it is stored."""
        value = {"version": VERSION, "entries": self.entries, "aside": sorted(self.aside)}
        return json.dumps(value, ensure_ascii=True)

    def contents(self) -> tuple[Contents, Mapping[str, Any]]:
        """Return what the vault holds, and the entries that are damaged, as JSON."""
        good: dict[str, Held] = {}
        damaged: dict[str, Any] = {}
        for archive, entry in self.entries.items():
            try:
                good[archive] = held_from_json(entry)
            except DamagedEntryError:
                damaged[archive] = entry
        return Contents(good, frozenset(self.aside)), damaged
