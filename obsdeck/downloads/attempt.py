"""One file from waiting to whole."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from obsdeck.downloads import finish, here, refusals
from obsdeck.downloads.content import fitting_name
from obsdeck.downloads.finish import Whole
from obsdeck.downloads.fresh import fresh_address
from obsdeck.downloads.item import Item
from obsdeck.downloads.manifest import Entry, is_manifest
from obsdeck.downloads.names import numbered
from obsdeck.downloads.outcomes import (
    DiskError,
    HereError,
    OldAddressError,
    StartAgainError,
    UnfinishedError,
)
from obsdeck.downloads.part import Part
from obsdeck.downloads.queue import Queue
from obsdeck.downloads.room import Room
from obsdeck.downloads.signed import has_ended, is_signed
from obsdeck.downloads.surroundings import Surroundings
from obsdeck.downloads.transfer import Arrival, Beginning, Transfer
from obsdeck.downloads.trials import Trials
from obsdeck.downloads.way import Way
from obsdeck.errors import ObsdeckError

_PASSING = frozenset({"unavailable", "timeout", "rate-limited"})
"""Kinds of failures that may be over some day."""


@dataclass
class Attempt:
    """Fetches one file.

    Attributes
    ----------
    item
        The file.
    queue
        Whose it is.
    around
        The way out, threads, time.
    trials
        How often it was tried.
    room
        Who may use how much of the disk.
    known
        Gives what the manifest of a folder says of a file (blocking).
    ended
        Told that the archive has given all it has to.
    """

    item: Item
    queue: Queue
    around: Surroundings
    trials: Trials
    room: Room
    known: Callable[[Item], Entry | None]
    ended: Callable[[], None]
    _folder: Path = Path()

    async def run(self) -> Whole:
        """Fetch it.

        Returns
        -------
        Whole
            The partial file with all its bytes, which fit their checksum.

        Raises
        ------
        UnfinishedError
            When something else has to happen first.
        ObsdeckError
            When nothing helps. Nothing of it is left on disk then, unless the archive only
            fails for now.
        """
        item = self.item
        archive = self.around.find(item.request.archive)
        wallet = self.around.wallet() if item.request.as_me else None
        way = Way(archive, self.around.client, wallet, self.around.clock)
        part = await self._prepared()
        item.received = part.size
        try:
            return await self._until_whole(part, way)
        except ObsdeckError as error:
            if error.kind not in _PASSING:
                await part.begin_anew()
                item.forget_progress()
            raise
        finally:
            await self._let_go(part)

    async def _prepared(self) -> Part:
        """Return the partial file, open; who is cancelled meanwhile leaves none open."""
        opening = asyncio.ensure_future(self.around.apart(self._prepare))
        try:
            return await asyncio.shield(opening)
        except asyncio.CancelledError:
            with contextlib.suppress(UnfinishedError, ObsdeckError):
                await self._let_go(await opening)
            raise

    async def _let_go(self, part: Part) -> None:
        """Close the partial file; remove it where nothing is in it, or nobody wants it any more."""
        await part.close()
        self.item.received = part.size
        if not part.size or self.queue.roster.get(self.item.id) is not self.item:
            with contextlib.suppress(OSError):  # its folder went away
                await self.around.apart(part.path.unlink, True)

    async def _until_whole(self, part: Part, way: Way) -> Whole:
        item = self.item
        if item.needs_address or has_ended(item.request.url, self.around.clock.now()):
            await self._renew(way)
        while True:
            try:
                await Transfer(item, way, part, Arrival(self._name, self._room, self.ended)).run()
            except StartAgainError:
                await self._begin_anew(part, way)
                continue
            except OldAddressError as old:
                if self.trials.is_renewed:
                    raise old.error from None
                self.trials.is_renewed = True
                await self._renew(way, old.error)
                continue
            whole = Whole(item, self._folder, part.sums(), part.size)
            wrong = finish.misfit(whole)
            if not wrong:
                return whole
            if self.trials.is_rechecked:
                text = f"{way.archive.name}: {item.label} does not fit its checksum ({wrong})."
                raise refusals.bad_file(f"{text} Nothing was saved.", way.archive)
            self.trials.is_rechecked = True
            await self._begin_anew(part, way)

    async def _begin_anew(self, part: Part, way: Way) -> None:
        if not self.trials.restart():
            text = f"{way.archive.name}: {self.item.label} is never the same file twice."
            raise refusals.bad_file(text, way.archive)
        self.item.forget_progress()
        await part.begin_anew(name for name, _ in self.item.digests)
        self.queue.touch(self.item, keep=True)

    async def _renew(self, way: Way, refusal: ObsdeckError | None = None) -> None:
        """Get a fresh address; an address that only led to a signed one is asked again."""
        item = self.item
        source = item.request.source
        if source is not None and (item.needs_address or is_signed(item.request.url)):
            url = await fresh_address(item, source, way)
            item.request, item.needs_address = replace(item.request, url=url), False
        elif is_signed(item.request.url) and refusal is not None:
            refusal.hint = "Get the address from its links again."
            raise refusal

    def _usable(self) -> int:
        """Return how much of what is on disk may be gone on from."""
        item = self.item
        can_tell = item.validator.condition or item.published or item.request.digest
        return sys.maxsize if can_tell else 0

    def _prepare(self) -> Part:
        """Make the folder and open the partial file (blocking).

        Raises
        ------
        UnfinishedError
            `HereError` when the whole file is there already; when the disk fails.
        """
        item = self.item
        self._folder = self.queue.place.made(item.folder)
        found = here.found(item, self._folder, self.known(item))
        if found is not None:
            (self._folder / item.part_name).unlink(missing_ok=True)
            raise HereError(found.name, found.size)
        part = Part(self._folder / item.part_name, self.around.threads, self.around.clock.monotonic)
        part.open(self._usable(), (name for name, _ in item.digests))
        return part

    async def _name(self, proposed: str, plain: bytes, beginning: Beginning) -> None:
        """Decide on the name, now that the archive has told its own."""
        item = self.item
        name = item.name if item.expected else proposed or item.name
        if not item.expected:
            name = fitting_name(name, plain)
        seen = await self.around.apart(self._survey, name)
        if seen.has_size and not item.coding:
            await self._compare(name, beginning)
        while self.queue.roster.is_taken(item, seen.name):  # another file was faster
            seen = await self.around.apart(self._survey, name)
        self.queue.roster.rename(item, seen.name)
        self.queue.touch(item, keep=True)
        self.room.check(item, item.total or 0, seen.free)

    async def _compare(self, name: str, beginning: Beginning) -> None:
        """Find out whether the file of that name is the one that begins to arrive.

        Raises
        ------
        HereError
        """
        size, start = self.item.total or 0, await beginning.first(here.COMPARED)
        if await self.around.apart(here.is_same, self._folder / name, size, start):
            raise HereError(name, size)

    def _survey(self, name: str) -> _Seen:
        """Look at the disk (blocking)."""
        return _Seen(
            numbered(name, self._is_taken),
            bool(self.item.total) and here.size_of(self._folder / name) == self.item.total,
            self._free(),
        )

    def _free(self) -> int:
        try:
            return shutil.disk_usage(self._folder).free
        except OSError as error:
            raise DiskError(error.strerror or "unknown cause") from None

    def _is_taken(self, name: str) -> bool:
        if is_manifest(name):
            return True
        return self.queue.roster.is_taken(self.item, name) or os.path.lexists(self._folder / name)

    async def _room(self, more: int) -> None:
        self.room.check(self.item, more, await self.around.apart(self._free))


@dataclass(frozen=True)
class _Seen:
    """What the disk looks like: a name that is free, whether a file of the size is there, room."""

    name: str
    has_size: bool
    free: int
