"""The download queues of a server: one for each identity, going on where the last one ended."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path

from obsdeck.addresses.url import BadAddressError, parse_target
from obsdeck.archives.store import ArchiveStore
from obsdeck.downloads import finish
from obsdeck.downloads.clock import Clock
from obsdeck.downloads.item import GOES_ON
from obsdeck.downloads.journal import Record
from obsdeck.downloads.keeper import Keeper
from obsdeck.downloads.kept import head_of, kept_identities, open_kept
from obsdeck.downloads.ledgers import Ledgers
from obsdeck.downloads.part import size_of
from obsdeck.downloads.place import Place
from obsdeck.downloads.queue import Queue
from obsdeck.downloads.request import Request
from obsdeck.downloads.runner import Runner
from obsdeck.downloads.surroundings import Surroundings
from obsdeck.errors import ObsdeckError
from obsdeck.gateway import faults
from obsdeck.gateway.client import GatewayClient
from obsdeck.signin.identity import Identities, Identity
from obsdeck.signin.service import Accounts

_log = logging.getLogger("obsdeck")

_THREADS = 8


@dataclass
class Desk:
    """A queue with all that belongs to it."""

    queue: Queue
    runner: Runner
    keeper: Keeper
    ledgers: Ledgers
    free_lock: Callable[[], None]

    async def close(self) -> None:
        """Stop, and let another server have it."""
        await self.runner.close()
        await self.keeper.close()
        self.free_lock()


@dataclass
class Downloads:
    """Queues of all identities.

    Attributes
    ----------
    folder
        Where the journals are, `downloads-<hash>.journal`; made with mode 0700.
    root
        Gives Jupyter's root folder.
    store, client, accounts, identities
        The server half's services.
    clock
        Time.
    reserve
        Bytes that are left free on the disk.
    """

    folder: Path
    root: Callable[[], Path]
    store: ArchiveStore
    client: GatewayClient
    accounts: Accounts
    identities: Identities
    clock: Clock = field(default_factory=Clock)
    reserve: int = 200_000_000
    _desks: dict[str, asyncio.Task[Desk]] = field(default_factory=dict)
    _threads: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(_THREADS, "obsdeck-downloads"), repr=False
    )

    async def start(self) -> None:
        """Go on with what was started before the server ended."""
        self.accounts.watchers.append(self._signed_in)
        for key in await asyncio.to_thread(kept_identities, self.folder, self.root()):
            identity = self.identities.kept(key)
            if identity is None:
                continue
            try:
                await self.desk(identity)
            except ObsdeckError as error:
                _log.warning("obsdeck: %s", error.message)

    async def desk(self, identity: Identity) -> Desk:
        """Return the queue of an identity.

        Raises
        ------
        ObsdeckError
            `unavailable` when it cannot be read, or another server has it.
        """
        opening = self._desks.get(identity.key)
        if opening is None or (opening.done() and opening.exception() is not None):
            opening = asyncio.create_task(self._open(identity))
            self._desks[identity.key] = opening
        return await asyncio.shield(opening)

    async def close(self) -> None:
        """Stop all queues; they go on when the server starts again."""
        for opening in self._desks.values():
            await asyncio.wait([opening])
            if opening.exception() is None:
                await opening.result().close()
        self._desks.clear()

    async def _open(self, identity: Identity) -> Desk:
        root = self.root()
        around = Surroundings(
            self.store.get,
            self.client,
            lambda: self.accounts.wallet(identity),
            self._threads,
            self.clock,
            self.reserve,
        )
        queue = Queue(Place(root), self._threads, self._objection)
        kept = await around.apart(open_kept, self.folder, root, identity.key, self.clock.now)
        queue.keeper = keeper = Keeper(
            kept.journal, partial(_live, head_of(root, identity.key), queue)
        )
        ledgers = Ledgers(queue.place)
        runner = Runner(queue, around, ledgers)
        queue.restore(kept.items)
        await around.apart(queue.remove_parts, kept.dropped)
        await around.apart(_measure, queue)
        self._go_on(queue, runner)
        return Desk(queue, runner, keeper, ledgers, kept.free_lock)

    def _go_on(self, queue: Queue, runner: Runner) -> None:
        note = f"Went on after a restart, {self.clock.time_of_day()}."
        for item in queue.roster.all():
            if item.state in GOES_ON:
                item.note = note
            if item.state == "done" and item.end != "here":
                runner.write_down(item)
            queue.touch(item)
        runner.wake()

    def _objection(self, request: Request) -> ObsdeckError | None:
        """Return why a request can never be fetched; private addresses show when they are."""
        try:
            archive = self.store.get(request.archive)
        except ObsdeckError as error:
            return error
        try:
            parse_target(request.url)
        except BadAddressError as error:
            return faults.bad_address(str(error), archive)
        return None

    def _signed_in(self, identity: Identity, archive: str) -> None:
        """Let files go on that waited for a sign-in."""
        opening = self._desks.get(identity.key)
        if opening is None or not opening.done() or opening.exception() is not None:
            return
        queue = opening.result().queue
        waiting = [
            item.id
            for item in queue.roster.all()
            if item.state == "sign-in" and item.request.archive == archive
        ]
        if waiting:
            queue.retry(waiting)


def _live(head: Record, queue: Queue) -> tuple[int, Iterable[Record]]:
    count, records = queue.live()
    return count + 1, chain([head], records)


def _measure(queue: Queue) -> None:
    """Find out what is on disk of each file (blocking)."""
    for item in queue.roster.all():
        folder = queue.place.part(item.folder, "")
        if item.state == "done" or folder is None:
            continue
        if item.is_ready and finish.found_again(item, folder):
            item.state, item.request = "done", item.request.unsigned()
            item.ended = (folder / item.name).stat().st_mtime
            item.end = "checked" if finish.is_checked(item) else "saved"
            continue
        item.is_ready = False
        item.received = size_of(folder / item.part_name)
