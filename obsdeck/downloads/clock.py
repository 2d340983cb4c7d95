"""Time, passed in so that tests need not wait for it."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True)
class Clock:
    """The clocks of the queue.

    Attributes
    ----------
    now
        Unix time in seconds.
    monotonic
        Seconds since some moment, never set back.
    sleep
        Waits so many seconds.
    chance
        Gives a number from 0 to 1, which spreads repeated attempts.
    """

    now: Callable[[], float] = time.time
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    chance: Callable[[], float] = random.random

    def time_of_day(self) -> str:
        """Return “21:04 UTC”."""
        return f"{datetime.fromtimestamp(self.now(), UTC):%H:%M} UTC"
