"""How often a file was tried, and when again."""

from __future__ import annotations

from dataclasses import dataclass

from obsdeck.downloads.clock import Clock

MOST_FAILURES = 6
"""In a row, none of which brought anything."""

_MOST_ATTEMPTS = 200
"""In all: an archive that sends one byte at a time is given up as well."""

_MOST_RESTARTS = 3
_FIRST_WAIT = 1.0
_LONGEST_WAIT = 60.0
_LONGEST_ASKED = 3_600.0
"""Seconds; who asks for more is asked again after an hour."""


@dataclass
class Trials:
    """What is remembered of one file while the server runs."""

    failures: int = 0
    attempts: int = 0
    restarts: int = 0
    is_renewed: bool = False
    is_rechecked: bool = False
    _reached: int = 0

    def fail(self, received: int, asked: float | None, clock: Clock) -> float | None:
        """Count an attempt that failed; return the seconds to wait, None to give up.

        Parameters
        ----------
        received
            Bytes there are; more than the last time is progress.
        asked
            Seconds the archive asks to wait, None where it does not say.
        """
        self.attempts += 1
        has_grown = received > self._reached
        self.failures = 1 if has_grown else self.failures + 1
        # A large file may take longer than an address is good for.
        self.is_renewed = self.is_renewed and not has_grown
        self._reached = max(received, self._reached)
        if self.failures > MOST_FAILURES or self.attempts > _MOST_ATTEMPTS:
            return None
        if asked is not None:
            return min(asked, _LONGEST_ASKED)
        doubled = _FIRST_WAIT * 2.0 ** (self.failures - 1)
        # Many files that failed together must not come back together.
        return min(doubled, _LONGEST_WAIT) * (0.5 + clock.chance())

    def restart(self) -> bool:
        """Count a new beginning; False when there were too many."""
        self.restarts += 1
        self._reached = 0
        return self.restarts <= _MOST_RESTARTS
