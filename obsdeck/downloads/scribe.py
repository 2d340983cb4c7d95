"""Keeps the manifests beside the data up to date, a moment after files were finished."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict

from obsdeck.downloads.item import Item
from obsdeck.downloads.manifest import Entry, add_to, entry_of
from obsdeck.downloads.place import Place
from obsdeck.downloads.surroundings import Surroundings
from obsdeck.errors import ObsdeckError

_log = logging.getLogger("obsdeck")

_SOON_SECONDS = 1.0


class Scribe:
    """Gathers what is finished and writes it to the manifests.

    Parameters
    ----------
    place
        Jupyter's root folder.
    around
        Threads and time.
    """

    def __init__(self, place: Place, around: Surroundings) -> None:
        self._place = place
        self._around = around
        self._waiting: dict[str, list[Entry]] = defaultdict(list)
        self._writing: asyncio.Task[None] | None = None
        self._one_at_a_time = asyncio.Lock()

    def take(self, item: Item) -> None:
        """Have a finished file written down soon."""
        self._waiting[item.base].append(entry_of(item))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._soon())

    async def close(self) -> None:
        """Write what waits."""
        if self._writing is not None:
            self._writing.cancel()
            await asyncio.wait([self._writing])
        await self._write()

    async def _soon(self) -> None:
        while self._waiting:
            await self._around.clock.sleep(_SOON_SECONDS)
            await asyncio.shield(self._write())

    async def _write(self) -> None:
        async with self._one_at_a_time:
            taken, self._waiting = self._waiting, defaultdict(list)
            for base, entries in taken.items():
                await self._add(base, entries)

    async def _add(self, base: str, entries: list[Entry]) -> None:
        try:
            folder = await self._around.apart(self._place.made, base)
            await self._around.apart(add_to, folder, entries)
        except (OSError, ObsdeckError) as error:
            _log.warning("obsdeck: the manifest in %r cannot be written (%s)", base, error)
