"""The queue of one identity: what people do with its files, and who is told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

from obsdeck.downloads import reading
from obsdeck.downloads.feed import Feed
from obsdeck.downloads.item import GOES_ON, Item, State, Wish, new_item
from obsdeck.downloads.keeper import Keeper
from obsdeck.downloads.names import folder_of, name_in_url, safe_name
from obsdeck.downloads.place import Place, laid_out
from obsdeck.downloads.request import Layout, Plan, Request
from obsdeck.downloads.roster import Roster, key_of
from obsdeck.downloads.tally import Tally
from obsdeck.errors import ObsdeckError

T = TypeVar("T")

MOST_FILES = 20_000
MOST_FEEDS = 40
"""Pages that listen at the same time."""


def _nobody(_item: Item) -> None:
    """Stop nothing (no runner is there yet)."""


@dataclass
class Queue:
    """Files in their order.

    Attributes
    ----------
    place
        Where they go.
    threads
        For what blocks.
    objection
        Says why a request can never be fetched, None if it may be.
    keeper
        Where the journal is kept.
    woken
        Called when a file may have become ready to start.
    stopped
        Called with a file that must not go on.
    folder, layout
        Those of the last plan.
    free
        Bytes free there, as far as known.
    """

    place: Place
    threads: Executor
    objection: Callable[[Request], ObsdeckError | None]
    keeper: Keeper | None = None
    woken: Callable[[], None] = lambda: None
    stopped: Callable[[Item], None] = _nobody
    folder: str = "data"
    layout: Layout = "flat"
    free: int = 0
    roster: Roster = field(default_factory=Roster)
    _tally: Tally = field(default_factory=Tally)
    _feeds: list[Feed] = field(default_factory=list)

    def restore(self, items: Iterable[Item]) -> None:
        """Take what the journal held."""
        for item in sorted(items, key=lambda item: item.rank):
            self._take(item)
            self.folder, self.layout = item.base, item.layout

    async def add(self, requests: Sequence[Request], plan: Plan) -> list[str]:
        """Add files as a plan lays them out; see `wish`."""
        plan = replace(plan, folder=await self.apart(self.place.checked, plan.folder))
        self.folder, self.layout = plan.folder, plan.layout
        self.free = await self.apart(self.place.free, plan.folder)
        return await self.wish([wish_of(request, plan) for request in requests], plan)

    async def wish(self, wishes: Sequence[Wish], plan: Plan) -> list[str]:
        """Add files; return their ids in order. The same file twice in one folder is one.

        Raises
        ------
        ObsdeckError
            `rejected` for a folder nothing may be put into, or for too many files;
            `unavailable` when the list cannot be kept.
        """
        if len(self.roster) + len(wishes) > MOST_FILES:
            raise reading.refused(f"the list has room for {MOST_FILES:,} files")
        lost = await self.apart(self._lost, self.roster.all())
        items = [self._added(wish, plan, lost) for wish in wishes]
        await self.settle()
        self.woken()
        return [item.id for item in items]

    def start(self, ids: Sequence[str] | None) -> None:
        """Let files begin that were added without starting."""
        self._let("waiting", ids, {"held"})

    def pause(self, ids: Sequence[str] | None) -> None:
        """Stop files where they are."""
        self._let("paused", ids, {*GOES_ON, "sign-in"})

    def resume(self, ids: Sequence[str] | None) -> None:
        """Let stopped files go on."""
        self._let("waiting", ids, {"paused"})

    def retry(self, ids: Sequence[str] | None) -> None:
        """Let failed files, and those that wait for anything, be tried again at once."""
        self._let("waiting", ids, {"failed", "sign-in", "retrying"})

    def clear(self) -> None:
        """Forget finished files; they stay on disk."""
        self.drop([item for item in self.roster.all() if item.state == "done"])

    def move(self, ids: Sequence[str], before: str | None) -> None:
        """Put files before another one, at the end where it is None or unknown."""
        for item in self.roster.move(ids, before):
            self.touch(item, keep=True)
        for feed in self._feeds:
            feed.reorder()
        self.woken()

    async def cancel(self, ids: Sequence[str]) -> None:
        """Remove files, and what came of them; finished ones stay on disk."""
        gone = self.roster.chosen(ids)
        for item in gone:
            self.stopped(item)
        self.drop(gone)
        await self.settle()
        await self.apart(self.remove_parts, gone)
        self.woken()

    def drop(self, items: Collection[Item]) -> None:
        """Forget files."""
        for item in items:
            self.roster.drop(item)
            self._tally.drop(item.id)
            for feed in self._feeds:
                feed.remove(item.id)
        if items and self.keeper is not None:
            self.keeper.drop(item.id for item in items)

    def touch(self, item: Item, *, keep: bool = False) -> None:
        """Tell everybody that a file changed, and the journal where that has to last."""
        if self.roster.get(item.id) is not item:
            return
        self._tally.put(item)
        for feed in self._feeds:
            feed.change(item.id)
        if keep and self.keeper is not None:
            self.keeper.put(item.id, item.to_journal())

    def change(self, item: Item, state: State, error: ObsdeckError | None = None) -> None:
        """Let a file have a state, and nothing left of the one before."""
        item.state, item.retry_at, item.rate = state, None, None
        item.kind = error.kind if error else None
        item.message = error.message if error else ""
        self.touch(item, keep=True)

    def listen(self) -> Feed:
        """Return a feed of changes; end it with `leave`.

        Raises
        ------
        ObsdeckError
            `rate-limited` when too many pages listen.
        """
        if len(self._feeds) >= MOST_FEEDS:
            raise ObsdeckError("rate-limited", "Too many pages show the downloads.", status=429)
        feed = Feed()
        self._feeds.append(feed)
        return feed

    def leave(self, feed: Feed) -> None:
        """End a feed."""
        self._feeds.remove(feed)

    def stir(self) -> None:
        """Tell everybody that the totals changed."""
        for feed in self._feeds:
            feed.stir()

    def totals(self) -> dict[str, object]:
        """Return `IDownloadTotals`."""
        rates = [item.rate for item in self.roster.all() if item.rate is not None]
        return self._tally.totals(sum(rates) if rates else None, self.folder, self.free)

    def live(self) -> tuple[int, Iterable[dict[str, object]]]:
        """Return how many records a journal of what there is now has, and these records."""
        items = self.roster.all()
        return len(items), ({"put": item.to_journal()} for item in items)

    async def settle(self) -> None:
        """Wait until the journal has everything.

        Raises
        ------
        ObsdeckError
            `unavailable`.
        """
        try:
            if self.keeper is not None:
                await self.keeper.settle()
        except OSError as error:
            raise ObsdeckError(
                "unavailable",
                f"The list of downloads cannot be written: {error.strerror or 'unknown cause'}.",
                hint="Make room in Jupyter's data folder; what runs goes on.",
                status=500,
            ) from None

    async def apart(self, function: Callable[..., T], *args: object) -> T:
        """Call what blocks in a thread."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.threads, partial(function, *args))

    def remove_parts(self, items: Iterable[Item]) -> None:
        """Remove what is on disk of files that were not finished (blocking)."""
        for item in items:
            if item.state != "done" and (path := self.place.part(item.folder, item.part_name)):
                path.unlink(missing_ok=True)

    def _lost(self, items: Iterable[Item]) -> frozenset[str]:
        """Return the finished files that somebody has removed since (blocking)."""
        done = (item for item in items if item.state == "done")
        paths = ((item.id, self.place.file(item.path)) for item in done)
        return frozenset(each for each, path in paths if path is None or not path.is_file())

    def _added(self, wish: Wish, plan: Plan, lost: Collection[str]) -> Item:
        item = new_item(wish, plan, self.roster.next_rank())
        same = self.roster.same(key_of(item))
        if same is not None:
            return self._again(same, item, is_lost=same.id in lost)
        self._take(item)
        error = self.objection(item.request)
        self.change(item, "failed" if error else item.state, error)
        return item

    def _again(self, item: Item, asked: Item, *, is_lost: bool) -> Item:
        """Let a file that is in the list already serve another request for it."""
        if item.state != "running":
            item.request, item.needs_address = asked.request, False
        if item.state == "done" and is_lost:
            item.forget_progress()
            item.end, item.note = None, ""
            self.change(item, asked.state)
        elif item.state == "failed" or (item.state == "held" and asked.state == "waiting"):
            self.change(item, asked.state)
        return item

    def _take(self, item: Item) -> None:
        self.roster.take(item)
        self._tally.put(item)

    def _let(self, state: State, ids: Sequence[str] | None, among: Collection[State]) -> None:
        chosen = [
            item
            for item in self.roster.chosen(ids)
            if item.state in among and not item.is_finishing
        ]
        for item in chosen:
            self.stopped(item)
            self.change(item, state)
        if chosen:
            self.woken()


def wish_of(request: Request, plan: Plan) -> Wish:
    """Return a request as a plan lays it out, with the name it has until the archive tells one."""
    name = safe_name(request.name or "") or safe_name(name_in_url(request.address))
    name = name or folder_of(request.source.id if request.source else "") or "file"
    return Wish(request, laid_out(plan.folder, plan.layout, request), name)
