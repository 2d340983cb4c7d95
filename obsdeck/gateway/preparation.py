"""What every connection needs, made once and off the event loop, best before the first request."""

from __future__ import annotations

import asyncio
import ssl

import httpcore


class Preparation:
    """Reads certificates and loads modules in a thread; calls no archive.

    Both take a tenth of a second, in which the server would serve nobody else.
    """

    def __init__(self) -> None:
        self._making: asyncio.Task[ssl.SSLContext] | None = None

    def begin(self) -> asyncio.Task[ssl.SSLContext]:
        """Start, unless that is done; a failure is told to whom it concerns, by `context`."""
        if self._making is None:
            self._making = asyncio.create_task(asyncio.to_thread(_make))
            self._making.add_done_callback(self._forget_failure)
        return self._making

    async def context(self) -> ssl.SSLContext:
        """Return what servers' certificates are checked by.

        Raises
        ------
        OSError
            If a file of certificates, named in `SSL_CERT_FILE` for instance, cannot be read.
        """
        # One request that is given up must not take it away from the others.
        return await asyncio.shield(self.begin())

    async def end(self) -> None:
        """Wait for what was started."""
        if self._making is not None:
            await asyncio.wait([self._making])

    def _forget_failure(self, made: asyncio.Task[ssl.SSLContext]) -> None:
        if made.cancelled() or made.exception() is not None:
            self._making = None  # the next request tries again


def _make() -> ssl.SSLContext:
    # At its first call httpcore's backend loads the modules it runs on.
    asyncio.run(httpcore.AnyIOBackend().sleep(0))
    return httpcore.default_ssl_context()
