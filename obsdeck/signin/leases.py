"""Pages that are open: what “until I close this page” means to a server."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from obsdeck.errors import ObsdeckError

USUAL_SECONDS = 300.0
"""From the last sign of life on; a page gives one every 30 s."""

LEAVING_SECONDS = 150.0
"""After a page said that it closes: one that is only reloaded comes back in time, and so does
the next sign of life of its duplicate in a hidden tab, which comes every two minutes."""

_MOST = 200
"""Pages remembered for one identity; beyond that the ones silent for longest are closed."""

_PAGE = re.compile(r"[A-Za-z0-9_-]{8,64}")


@dataclass
class Leases:
    """Which pages are open, by identity and the id a page gave itself.

    Attributes
    ----------
    clock
        Seconds that stand still while the machine sleeps, so that sleeping closes no page.
    """

    clock: Callable[[], float] = time.monotonic
    _ends: dict[tuple[str, str], float] = field(default_factory=dict)

    def beat(self, identity: str, page: str) -> None:
        """Take a sign of life.

        Raises
        ------
        ObsdeckError
            `rejected` for what is no id of a page.
        """
        if not _PAGE.fullmatch(page):
            raise ObsdeckError("rejected", "The request names no page.")
        self._forget_silent(identity)
        self._ends[identity, page] = self.clock() + USUAL_SECONDS

    def leave(self, identity: str, page: str) -> None:
        """Take note that a page closes; one that is not known stays unknown."""
        if self.is_open(identity, page):
            self._ends[identity, page] = self.clock() + LEAVING_SECONDS

    def is_open(self, identity: str, page: str) -> bool:
        """Tell whether a page is open as far as one knows."""
        return self._ends.get((identity, page), 0.0) > self.clock()

    def _forget_silent(self, identity: str) -> None:
        now = self.clock()
        self._ends = {key: end for key, end in self._ends.items() if end > now}
        mine = sorted((end, key) for key, end in self._ends.items() if key[0] == identity)
        for _, key in mine[: max(0, len(mine) - _MOST + 1)]:
            del self._ends[key]
