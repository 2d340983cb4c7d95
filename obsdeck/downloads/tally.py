"""Figures of the queue as a whole, kept up to date file by file."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field

from obsdeck.downloads.item import GOES_ON, Item

_WINDOW_SECONDS = 5.0


@dataclass
class Meter:
    """Bytes per second over the last seconds."""

    _seen: deque[tuple[float, int]] = field(default_factory=deque)

    def take(self, at: float, count: int) -> float | None:
        """Note how much there is at a moment (monotonic seconds), and return the rate."""
        if self._seen and count < self._seen[-1][1]:
            self._seen.clear()
        self._seen.append((at, count))
        while len(self._seen) > 2 and at - self._seen[0][0] > _WINDOW_SECONDS:
            self._seen.popleft()
        begun, before = self._seen[0]
        return (count - before) / (at - begun) if at > begun else None


class Tally:
    """Sums over all files."""

    def __init__(self) -> None:
        self._counted: dict[str, dict[str, int]] = {}
        self._sums: Counter[str] = Counter()

    def put(self, item: Item) -> None:
        """Count a file as it stands now."""
        self.drop(item.id)
        size = item.size
        wanted = max(size or 0, item.received)
        counted = {
            "files": 1,
            "done": int(item.state == "done"),
            "failed": int(item.state == "failed"),
            "paused": int(item.state == "paused"),
            "active": int(item.state in GOES_ON),
            "bytes": wanted,
            "received": item.received,
            "ahead": wanted - item.received if item.state in GOES_ON else 0,
            "unsized": int(size is None and item.state in GOES_ON),
        }
        self._counted[item.id] = counted
        self._sums.update(counted)

    def drop(self, item: str) -> None:
        """Forget a file."""
        counted = self._counted.pop(item, None)
        if counted is not None:
            self._sums.subtract(counted)

    def totals(self, rate: float | None, folder: str, free: int) -> dict[str, object]:
        """Return `IDownloadTotals`."""
        sums = self._sums
        left = None
        if rate and not sums["unsized"] and sums["active"]:
            left = round(sums["ahead"] / rate, 1)
        return {
            "files": sums["files"],
            "done": sums["done"],
            "failed": sums["failed"],
            "bytes": sums["bytes"],
            "received": sums["received"],
            "rate": rate,
            "left": left,
            "isPaused": bool(sums["paused"]) and not sums["active"],
            "folder": folder,
            "free": free,
        }
