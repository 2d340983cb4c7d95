"""Whose turn it is: few at a time at each archive, and none of them waits for another."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from obsdeck.downloads.item import Item

Lane = tuple[str, str]
"""An archive and an origin."""

MOST_AT_ONCE = 16
"""Files that arrive at the same time, all archives together."""


def lane_of(item: Item) -> Lane:
    """Return where a file comes from."""
    return item.request.archive, item.request.origin


class Slot:
    """The right to let one file arrive; given back once, however often that is said.

    Parameters
    ----------
    give_back
        Called when it is given back.
    """

    def __init__(self, give_back: Callable[[], None]) -> None:
        self._give_back: Callable[[], None] | None = give_back

    def free(self) -> None:
        """Let another file arrive."""
        if self._give_back is not None:
            give_back, self._give_back = self._give_back, None
            give_back()


@dataclass
class Lanes:
    """Files that wait, by where they come from.

    Attributes
    ----------
    parallel
        How many files of an archive arrive at the same time from one origin.
    now
        Unix time in seconds.
    """

    parallel: Callable[[str], int]
    now: Callable[[], float]
    _waiting: dict[Lane, deque[Item]] = field(default_factory=lambda: defaultdict(deque))
    _running: Counter[Lane] = field(default_factory=Counter)
    _closed_until: dict[Lane, float] = field(default_factory=dict)

    def line_up(self, items: Iterable[Item]) -> None:
        """Take all files anew, in the order of the queue."""
        self._waiting.clear()
        for item in items:
            if item.state == "waiting":
                self._waiting[lane_of(item)].append(item)

    def take(self) -> tuple[Lane, Item] | None:
        """Return the next file and take it out, None while none may start."""
        if self._running.total() >= MOST_AT_ONCE:
            return None
        candidates = [lane for lane in list(self._waiting) if self._is_open(lane)]
        if not candidates:
            return None
        busy: Counter[str] = Counter()
        for (archive, _), count in self._running.items():
            busy[archive] += count
        lane = min(candidates, key=lambda lane: (busy[lane[0]], self._waiting[lane][0].rank))
        self._running[lane] += 1
        return lane, self._waiting[lane].popleft()

    def free(self, lane: Lane) -> None:
        """Take note that a file does not arrive any more."""
        self._running[lane] -= 1

    def close(self, lane: Lane, until: float) -> None:
        """Start nothing there before a moment (Unix time): the archive asked for it."""
        self._closed_until[lane] = max(until, self._closed_until.get(lane, 0))

    def reopen(self, lane: Lane, until: float) -> None:
        """Take note that the time until a moment has passed, whatever the clock says."""
        if self._closed_until.get(lane, until) <= until:
            self._closed_until.pop(lane, None)

    def _is_open(self, lane: Lane) -> bool:
        waiting = self._waiting[lane]
        while waiting and waiting[0].state != "waiting":
            waiting.popleft()
        if not waiting:
            del self._waiting[lane]
            return False
        return (
            self._running[lane] < self.parallel(lane[0])
            and self._closed_until.get(lane, 0) <= self.now()
        )
