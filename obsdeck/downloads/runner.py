"""Starts what waits, and decides what follows from how an attempt ended."""

from __future__ import annotations

import asyncio
import logging
from functools import partial

from obsdeck.downloads.attempt import Attempt
from obsdeck.downloads.finisher import Finisher
from obsdeck.downloads.item import GOES_ON, Item
from obsdeck.downloads.lanes import Lane, Lanes, Slot
from obsdeck.downloads.ledgers import Ledgers
from obsdeck.downloads.outcomes import (
    DiskError,
    HereError,
    NoRoomError,
    SignInError,
    TryAgainError,
    UnfinishedError,
)
from obsdeck.downloads.queue import Queue
from obsdeck.downloads.reckoning import amount
from obsdeck.downloads.room import Room
from obsdeck.downloads.scribe import Scribe
from obsdeck.downloads.surroundings import Surroundings
from obsdeck.downloads.tally import Meter
from obsdeck.downloads.trials import Trials
from obsdeck.errors import ObsdeckError

_log = logging.getLogger("obsdeck")

_TICK_SECONDS = 0.25


class Runner:
    """Fetches the files of one queue.

    Parameters
    ----------
    queue
        Whose files they are.
    around
        The way out, threads, time.
    ledgers
        What the manifests say is there already.
    """

    def __init__(self, queue: Queue, around: Surroundings, ledgers: Ledgers) -> None:
        self._queue = queue
        self._around = around
        self._ledgers = ledgers
        self._scribe = Scribe(queue.place, around)
        self._finisher = Finisher(queue, around, self._scribe.take)
        self._lanes = Lanes(around.parallel, around.clock.now)
        self._room = Room(around.reserve, self.arriving)
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._timers: set[asyncio.Task[None]] = set()
        self._trials: dict[str, Trials] = {}
        self._meters: dict[str, Meter] = {}
        self._ticking: asyncio.Task[None] | None = None
        self._is_open = True
        queue.woken, queue.stopped = self.wake, self.stop

    def arriving(self) -> list[Item]:
        """Return the files that arrive now."""
        items = (self._queue.roster.get(each) for each in self._tasks)
        return [item for item in items if item is not None and item.state == "running"]

    def wake(self) -> None:
        """Look at the queue anew and start what may start."""
        self._lanes.line_up(self._queue.roster.all())
        self._fill()

    def stop(self, item: Item) -> None:
        """Let a file not arrive any more; what is there of it stays."""
        self._trials.pop(item.id, None)
        task = self._tasks.get(item.id)
        if task is not None:
            task.cancel()

    def write_down(self, item: Item) -> None:
        """Have a file that was finished earlier in the manifest."""
        self._scribe.take(item)

    async def close(self) -> None:
        """Stop everything; what runs goes on when the server starts again."""
        self._is_open = False
        tasks = [*self._tasks.values(), *self._timers]
        for task in (*tasks, *([self._ticking] if self._ticking else [])):
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)
        await self._finisher.close()
        await self._scribe.close()

    def _fill(self) -> None:
        while self._is_open and (taken := self._lanes.take()):
            lane, item = taken
            before = self._tasks.get(item.id)
            item.state, item.message, item.kind = "running", "", None
            self._queue.touch(item)
            slot = Slot(partial(self._free, lane))
            task = asyncio.create_task(self._fetch(lane, slot, item, before))
            # A task that is cancelled before its first step runs no line of its own.
            task.add_done_callback(partial(self._ended, item, slot, before))
            self._tasks[item.id] = task
        if self._tasks and (self._ticking is None or self._ticking.done()):
            self._ticking = asyncio.create_task(self._tick())

    def _free(self, lane: Lane) -> None:
        self._lanes.free(lane)
        self._fill()

    async def _fetch(
        self, lane: Lane, slot: Slot, item: Item, before: asyncio.Task[None] | None
    ) -> None:
        try:
            if before is not None:
                await asyncio.wait([before])  # it still writes what had arrived
            await self._attempt(lane, slot, item)
        except Exception as error:
            _log.exception("obsdeck: a download failed unexpectedly")
            text = f"It could not be fetched ({type(error).__name__})."
            self._queue.change(item, "failed", ObsdeckError("unavailable", text))

    def _ended(
        self,
        item: Item,
        slot: Slot,
        before: asyncio.Task[None] | None,
        task: asyncio.Task[None],
    ) -> None:
        if self._tasks.get(item.id) is task:
            self._forget(item, before)
        item.rate = None
        self._queue.touch(item)
        slot.free()

    def _forget(self, item: Item, before: asyncio.Task[None] | None) -> None:
        """Forget the newest attempt; who comes next waits for one before it that still writes."""
        if before is None or before.done():
            del self._tasks[item.id]
        else:
            self._tasks[item.id] = before
        self._meters.pop(item.id, None)

    async def _attempt(self, lane: Lane, slot: Slot, item: Item) -> None:
        trials = self._trials.setdefault(item.id, Trials())
        known = self._ledgers.entry
        attempt = Attempt(item, self._queue, self._around, trials, self._room, known, slot.free)
        try:
            whole = await attempt.run()
        except ObsdeckError as error:
            self._give_up(item, error)
        except UnfinishedError as outcome:
            self._follow(lane, item, trials, outcome)
        else:
            self._trials.pop(item.id, None)
            item.received = whole.size
            self._finisher.take(whole)

    def _follow(self, lane: Lane, item: Item, trials: Trials, outcome: UnfinishedError) -> None:
        queue = self._queue
        if isinstance(outcome, TryAgainError):
            self._postpone(lane, item, trials, outcome)
        elif isinstance(outcome, SignInError):
            self._wait_for_sign_in(item, outcome.error)
        elif isinstance(outcome, NoRoomError):
            self._wait_for_room(item)
        elif isinstance(outcome, HereError):
            queue.roster.rename(item, outcome.name)
            item.received = item.total = outcome.size
            item.end, item.ended = "here", self._around.clock.now()
            queue.change(item, "done")
        elif isinstance(outcome, DiskError):
            folder = item.folder or "Jupyter's root folder"
            text = f"{folder} cannot be written: {outcome}."
            self._give_up(item, ObsdeckError("unavailable", text))

    def _give_up(self, item: Item, error: ObsdeckError) -> None:
        self._trials.pop(item.id, None)
        if error.hint and error.kind != "bad-answer":
            error.message = f"{error.message} {error.hint}"
        self._queue.change(item, "failed", error)

    def _postpone(self, lane: Lane, item: Item, trials: Trials, outcome: TryAgainError) -> None:
        clock = self._around.clock
        wait = trials.fail(item.received, outcome.wait, clock)
        if wait is None:
            self._give_up(item, outcome.error)
            return
        self._queue.change(item, "retrying")
        item.retry_at, item.message = clock.now() + wait, outcome.error.message
        if outcome.wait is not None:
            archive = self._around.find(item.request.archive).name
            item.message = f"{archive} asks to wait {wait:,.0f} s."
            self._lanes.close(lane, item.retry_at)
        self._queue.touch(item)
        timer = asyncio.create_task(self._wait(lane, item, wait, item.retry_at))
        self._timers.add(timer)
        timer.add_done_callback(self._timers.discard)

    async def _wait(self, lane: Lane, item: Item, seconds: float, until: float) -> None:
        await self._around.clock.sleep(seconds)
        self._lanes.reopen(lane, until)
        if item.state == "retrying" and item.retry_at == until:
            self._queue.change(item, "waiting")
        self.wake()

    def _wait_for_sign_in(self, item: Item, error: ObsdeckError) -> None:
        """Let all files of the archive wait that go in the user's name; one message is enough."""
        told = ObsdeckError(error.kind, f"{error.message} Finished files are safe.")
        self._queue.change(item, "sign-in", told)
        for other in self._queue.roster.all():
            is_like = other.request.archive == item.request.archive and other.request.as_me
            if is_like and other.state in {"waiting", "retrying"}:
                self._queue.change(other, "sign-in", told)

    def _wait_for_room(self, item: Item) -> None:
        """Stop what has no room, and what would follow it into the same folder."""
        stopped = [
            other
            for other in self._queue.roster.all()
            if other is item or (other.base == item.base and other.state in GOES_ON - {"running"})
        ]
        wanted = sum(max(0, (each.size or 0) - each.received) for each in stopped)
        free = self._queue.free = self._queue.place.free(item.base)
        folder = item.base or "Jupyter's root folder"
        text = f"{amount(wanted)} are wanted, {amount(free)} are free in {folder}."
        for each in stopped:
            self._queue.change(each, "paused", ObsdeckError("rejected", text))

    async def _tick(self) -> None:
        """Measure how fast files arrive, as long as any does."""
        while self._tasks:
            await asyncio.sleep(_TICK_SECONDS)
            at = self._around.clock.monotonic()
            for item in self.arriving():
                meter = self._meters.setdefault(item.id, Meter())
                item.rate = meter.take(at, item.received)
                self._queue.touch(item)
            self._queue.free = await self._around.apart(self._queue.place.free, self._queue.folder)
        self._queue.stir()
