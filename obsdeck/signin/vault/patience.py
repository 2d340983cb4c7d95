"""Calls that may never come back: some keyrings hang, others wait for somebody to click."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import TypeVar

T = TypeVar("T")


@dataclass
class Patience:
    """Waits for a call as long as told, and for a while gives up at once after one that hung.

    Attributes
    ----------
    seconds
        How long a call may take.
    pause
        Seconds for which nothing is called after one took longer.
    clock
        Seconds.
    """

    seconds: float
    pause: float = 60.0
    clock: Callable[[], float] = time.monotonic
    _resume: float = 0.0

    def call(self, function: Callable[[], T]) -> T:
        """Return what a function returns; its errors are raised here.

        Raises
        ------
        TimeoutError
            If it took longer. It goes on in a thread that does not keep the process alive.
        """
        if self.clock() < self._resume:
            raise TimeoutError
        results: SimpleQueue[tuple[T | None, BaseException | None]] = SimpleQueue()

        def run() -> None:
            try:
                results.put((function(), None))
            except BaseException as error:  # raised again where it was called
                results.put((None, error))

        threading.Thread(target=run, name="obsdeck-keyring", daemon=True).start()
        try:
            result, error = results.get(timeout=self.seconds)
        except Empty:
            self._resume = self.clock() + self.pause
            raise TimeoutError from None
        if error is not None:
            raise error
        return result  # type: ignore[return-value] # None only where T is
