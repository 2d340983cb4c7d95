"""Finishes files in batches: one trip to the disk for all that ended meanwhile."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from obsdeck.downloads import finish
from obsdeck.downloads.finish import DamagedError, Whole
from obsdeck.downloads.item import Item
from obsdeck.downloads.queue import Queue
from obsdeck.downloads.surroundings import Surroundings
from obsdeck.errors import ObsdeckError
from obsdeck.files import sync_folder

_log = logging.getLogger("obsdeck")

OTHER = "The archive gives another content now than when the manifest was written."


class Finisher:
    """Gives whole files their names.

    The order is what makes it safe to be killed anywhere: the bytes are on the disk before the
    journal says that only the name is missing, and this it says before the name is there.

    Parameters
    ----------
    queue
        Whose files they are.
    around
        Threads and time.
    finished
        Called with each file that has its name.
    """

    def __init__(
        self, queue: Queue, around: Surroundings, finished: Callable[[Item], None]
    ) -> None:
        self._queue = queue
        self._around = around
        self._finished = finished
        self._waiting: list[Whole] = []
        self._working: asyncio.Task[None] | None = None

    def take(self, whole: Whole) -> None:
        """Finish a file soon."""
        whole.item.is_finishing = True
        self._waiting.append(whole)
        if self._working is None or self._working.done():
            self._working = asyncio.create_task(self._work())

    async def close(self) -> None:
        """Wait for what was taken."""
        if self._working is not None:
            await asyncio.wait([self._working])

    async def _work(self) -> None:
        while self._waiting:
            taken, self._waiting = self._waiting, []
            try:
                await self._finish(taken)
            except Exception as error:
                _log.exception("obsdeck: files could not be finished")
                for whole in taken:
                    self._fail(whole, _explained(error))

    async def _finish(self, taken: Sequence[Whole]) -> None:
        kept = [whole for whole in taken if self._is_wanted(whole)]
        safe = await self._around.apart(_made_safe, kept)
        ready = []
        for whole, problem in safe:
            if problem:
                self._fail(whole, problem)
                continue
            item = whole.item
            item.received = item.total = whole.size
            item.saved_digest, item.is_ready = whole.sums["sha-256"], True
            self._queue.touch(item, keep=True)
            ready.append(whole)
        await self._queue.settle()
        for whole, problem in await self._around.apart(_named, ready):
            self._end(whole, problem)

    def _is_wanted(self, whole: Whole) -> bool:
        return self._queue.roster.get(whole.item.id) is whole.item

    def _end(self, whole: Whole, problem: str) -> None:
        item = whole.item
        if problem:
            self._fail(whole, problem)
            return
        item.is_finishing = False
        item.end = "checked" if finish.is_checked(item) else "saved"
        item.ended = self._around.clock.now()
        if item.expected not in {"", "-", item.saved_digest}:
            item.note = OTHER
        item.request = item.request.unsigned()
        if self._is_wanted(whole):
            self._queue.roster.rename(item, item.name)
            self._queue.change(item, "done")
            self._finished(item)

    def _fail(self, whole: Whole, problem: str) -> None:
        whole.item.is_finishing = whole.item.is_ready = False
        error = ObsdeckError("unavailable", problem, archive=whole.item.request.archive)
        self._queue.change(whole.item, "failed", error)


def _made_safe(wholes: Sequence[Whole]) -> list[tuple[Whole, str]]:
    """Bring bytes to the disk, unpacked where the connection had packed them (blocking)."""
    done = []
    for whole in wholes:
        try:
            if whole.item.coding:
                free = shutil.disk_usage(whole.folder).free
                unpacked = finish.unpack(whole, free)
            else:
                _sync(whole.part)
                unpacked = whole
            size = whole.part.stat().st_size
            done.append((replace(unpacked, size=size), ""))
        except DamagedError as error:
            whole.part.unlink(missing_ok=True)
            done.append((whole, f"Nothing was saved, because {error}."))
        except OSError as error:
            done.append((whole, _cannot_write(whole, error)))
    return done


def _named(wholes: Sequence[Whole]) -> list[tuple[Whole, str]]:
    """Give files their names, and sync each folder once (blocking)."""
    done: list[tuple[Whole, str]] = []
    for whole in wholes:
        try:
            finish.take_name(whole)
            done.append((whole, ""))
        except OSError as error:
            done.append((whole, _cannot_write(whole, error)))
    for folder in {whole.folder for whole in wholes}:
        sync_folder(folder)
    return done


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _explained(error: Exception) -> str:
    if isinstance(error, ObsdeckError):
        return error.message
    return f"It could not be finished ({type(error).__name__})."


def _cannot_write(whole: Whole, error: OSError) -> str:
    folder = whole.item.folder or "Jupyter's root folder"
    return f"{folder} cannot be written: {error.strerror or 'unknown cause'}."
