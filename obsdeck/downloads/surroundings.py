"""What fetching needs from the rest of the server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from obsdeck.archives.archive import Archive
from obsdeck.downloads.clock import Clock
from obsdeck.errors import ObsdeckError
from obsdeck.gateway.call import Wallet
from obsdeck.gateway.client import GatewayClient

T = TypeVar("T")

USUALLY_PARALLEL = 4
"""Files from one origin at the same time, where the archive's definition does not say."""


@dataclass(frozen=True)
class Surroundings:
    """The way out, whose accounts they are, and time.

    Attributes
    ----------
    find
        Gives an archive by its id; raises `ObsdeckError`.
    client
        The way out.
    wallet
        Gives the credentials of the queue's identity.
    threads
        For what blocks.
    clock
        Time.
    reserve
        Bytes that are left free on the disk, for everybody else.
    """

    find: Callable[[str], Archive]
    client: GatewayClient
    wallet: Callable[[], Wallet]
    threads: Executor
    clock: Clock
    reserve: int = 200_000_000

    def parallel(self, archive: str) -> int:
        """Return how many files arrive at the same time from one origin of an archive."""
        try:
            definition = self.find(archive).definition
        except ObsdeckError:  # the file itself will tell
            return USUALLY_PARALLEL
        return int(definition.get("downloads", {}).get("parallel", USUALLY_PARALLEL))

    async def apart(self, function: Callable[..., T], *args: object) -> T:
        """Call what blocks in a thread."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.threads, partial(function, *args))
