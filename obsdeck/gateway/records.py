"""Encrypted connections, read by what has arrived and not by the record.

A TLS record holds at most 16 kB. Handed on one by one, each takes the whole way through the HTTP
client and Jupyter's server, which is four times as often as the network delivers something.
"""

from __future__ import annotations

import ssl
from typing import Any

import httpcore


class GatheringStream(httpcore.AsyncNetworkStream):
    """A connection that hands on all records which are there together.

    Parameters
    ----------
    stream
        The connection; encrypted or not yet.
    """

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self._stream = stream
        self._session: ssl.SSLObject | None = stream.get_extra_info("ssl_object")
        self._failure: ssl.SSLError | None = None

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        """Wait for bytes and return those that are there; none at the end.

        Raises
        ------
        httpcore.ReadError, httpcore.ReadTimeout
        """
        if self._failure is not None:
            # OpenSSL names its reason once; asked again, a broken connection looks like an end.
            raise httpcore.ReadError(str(self._failure)) from self._failure
        first = await self._stream.read(max_bytes, timeout)
        if self._session is None or not first:
            return first
        return first + self._arrived(self._session, max_bytes - len(first))

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        """Send bytes (httpcore's interface)."""
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        """Close the connection."""
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109  httpcore's interface
    ) -> httpcore.AsyncNetworkStream:
        """Encrypt the connection."""
        return GatheringStream(await self._stream.start_tls(ssl_context, server_hostname, timeout))

    def get_extra_info(self, info: str) -> Any:
        """Return a fact about the connection (httpcore's interface)."""
        return self._stream.get_extra_info(info)

    def _arrived(self, session: ssl.SSLObject, room: int) -> bytes:
        """Return what further records hold that need not be waited for."""
        pieces: list[bytes] = []
        try:
            while room > 0 and (piece := session.read(room)):
                pieces.append(piece)
                room -= len(piece)
        except ssl.SSLWantReadError:
            pass
        except ssl.SSLError as error:
            self._failure = error
        return b"".join(pieces)
