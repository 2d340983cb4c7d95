"""What a queue left on disk: found, locked and read when it is opened."""

from __future__ import annotations

import contextlib
import logging
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from obsdeck.downloads.item import Item, read_item
from obsdeck.downloads.journal import Journal, Record
from obsdeck.errors import ObsdeckError
from obsdeck.files import damaged_name
from obsdeck.locks import hold
from obsdeck.sharedfile import name_of

VERSION = 1

_log = logging.getLogger("obsdeck")


@dataclass
class Kept:
    """A queue as its journal tells it.

    Attributes
    ----------
    journal
        The file, written anew and ready for more.
    items
        Its files.
    dropped
        Files that were removed since the journal was last written anew; something may be left
        of them.
    free_lock
        Lets another server have it.
    """

    journal: Journal
    items: list[Item]
    dropped: list[Item]
    free_lock: Callable[[], None]


@dataclass
class _Replay:
    """What the lines of a journal add up to."""

    items: dict[str, Item] = field(default_factory=dict)
    dropped: list[Item] = field(default_factory=list)
    damaged: int = 0
    is_newer: bool = False

    def take(self, record: Record) -> None:
        """Apply one line."""
        if "head" in record:
            version = record["head"].get("version") if isinstance(record["head"], dict) else None
            self.is_newer = isinstance(version, int) and version > VERSION
        elif "put" in record:
            try:
                item = read_item(record["put"])
            except (ObsdeckError, TypeError, ValueError, KeyError):
                self.damaged += 1
            else:
                self.items[item.id] = item
        for each in record.get("drop", ()):
            if item_gone := self.items.pop(each, None):
                self.dropped.append(item_gone)


def head_of(root: Path, identity: str) -> Record:
    """Return the first record of a journal: whose it is, and where its files go."""
    return {"head": {"version": VERSION, "identity": identity, "root": str(root.resolve())}}


def kept_identities(folder: Path, root: Path) -> list[str]:
    """Return the identities that have a queue for a root folder (blocking)."""
    found: list[str] = []
    for path in sorted(folder.glob("downloads-*.journal")):
        with contextlib.suppress(OSError, StopIteration):
            head: Any = next(Journal(path).read()).get("head")
            if isinstance(head, dict) and head.get("root") == str(root.resolve()):
                found.append(str(head.get("identity")))
    return found


def open_kept(folder: Path, root: Path, identity: str, now: Callable[[], float]) -> Kept:
    """Read and lock the queue of an identity (blocking).

    Raises
    ------
    ObsdeckError
        `unavailable` when it cannot be read, or another server has it.
    """
    stem = f"downloads-{name_of(f'{root.resolve()}//{identity}')}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        free_lock = hold(folder / f"{stem}.lock")
        if free_lock is None:
            raise _unavailable("another Jupyter server with the same folder has it", 409)
        try:
            return _read(folder / f"{stem}.journal", head_of(root, identity), free_lock, now)
        except BaseException:
            free_lock()
            raise
    except OSError as error:
        raise _unavailable(error.strerror or "unknown cause", 500) from None


def _read(
    path: Path, head: Record, free_lock: Callable[[], None], now: Callable[[], float]
) -> Kept:
    journal, replay = Journal(path), _Replay()
    for record in journal.read():
        replay.take(record)
    if replay.is_newer:
        raise _unavailable("a newer version of Obsdeck wrote it", 409)
    # A torn last line is what a crash leaves; anything more is kept for whoever wants to look.
    if journal.damaged > 1 or replay.damaged:
        aside = damaged_name(path, now)
        shutil.copy(path, aside)
        _log.warning("obsdeck: the list of downloads was damaged; a copy is %s", aside.name)
    items = list(replay.items.values())
    journal.rewrite([head, *({"put": item.to_journal()} for item in items)])
    return Kept(journal, items, replay.dropped, free_lock)


def _unavailable(reason: str, status: int) -> ObsdeckError:
    return ObsdeckError(
        "unavailable",
        f"The list of downloads cannot be opened: {reason}.",
        hint="Stop the other server, or look at the downloads there." if status == 409 else "",
        status=status,
    )
