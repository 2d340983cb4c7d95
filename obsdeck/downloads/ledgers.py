"""Manifests as a memory of what was fetched: read once, and again when they changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from obsdeck.downloads.item import Item
from obsdeck.downloads.manifest import NAME, Entry, by_key, read_manifest
from obsdeck.downloads.place import Place
from obsdeck.errors import ObsdeckError

_MOST_KEPT = 16
"""Folders whose manifests are kept in memory."""


@dataclass
class Ledgers:
    """The manifests of folders (all methods block).

    Attributes
    ----------
    place
        Jupyter's root folder.
    """

    place: Place
    _kept: dict[Path, tuple[int, dict[tuple[str, ...], Entry]]] = field(default_factory=dict)

    def entry(self, item: Item) -> Entry | None:
        """Return what the manifest says of a file in its folder, None where it does not."""
        found = self.entries(item.base).get(item.request.key)
        below = item.folder[len(item.base) :].strip("/")
        return found if found and found.path.rpartition("/")[0] == below else None

    def entries(self, folder: str) -> dict[tuple[str, ...], Entry]:
        """Return what a folder's manifest says, by what was asked for; nothing if it is none."""
        path = self.place.file(f"{folder}/{NAME}" if folder else NAME)
        try:
            if path is None:
                return {}
            stamp = path.stat().st_mtime_ns
            if path not in self._kept or self._kept[path][0] != stamp:
                if len(self._kept) >= _MOST_KEPT:
                    self._kept.clear()
                self._kept[path] = (stamp, by_key(read_manifest(path)))
            return self._kept[path][1]
        except (OSError, ObsdeckError):
            return {}
