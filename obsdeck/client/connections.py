"""Connections that put the secrets in while they send, below everything that prints or logs."""

from __future__ import annotations

from functools import cache
from typing import Any, cast

from urllib3 import PoolManager
from urllib3.connection import HTTPConnection
from urllib3.connectionpool import HTTPConnectionPool

from obsdeck.client.stamps import SignedHeaders, Stamps


class SigningConnection(HTTPConnection):
    """What `http.client` and `urllib3` do, with stand-ins for secrets up to the socket.

    It never prints: `http.client`'s debug level, which shows header lines on the output of a
    cell, has no effect here.
    """

    debuglevel = 0
    _stamps: Stamps | None = None

    def request(
        self,
        method: str,
        url: str,
        body: Any = None,
        headers: Any = None,
        **options: Any,
    ) -> None:
        """Send a request; one whose headers are `SignedHeaders` gets its signature."""
        try:
            if isinstance(headers, SignedHeaders) and headers.signature is not None:
                self._stamps = Stamps(headers.signature)
                url, body, headers = self._stamps.apply(method, url, body, headers)
            super().request(method, url, body=body, headers=headers, **options)
        finally:
            self._stamps = None

    def send(self, data: Any) -> None:
        """Hand bytes to the socket, the secrets in their places.

        Raises
        ------
        OSError
            As the socket does, without the frames that held the bytes.
        """
        if self._stamps is None or not isinstance(data, bytes):
            super().send(data)
            return
        if self.sock is None:
            self.connect()
        try:
            self.sock.sendall(self._stamps.fill(data))
        except BaseException as error:
            raise error.with_traceback(None)  # noqa: B904 - the same one, its inner frames cut off


def sign_connections(manager: PoolManager) -> None:
    """Make a pool manager of any kind (direct, proxy, SOCKS) open signing connections."""
    manager.pool_classes_by_scheme = {
        scheme: _signing(pool) for scheme, pool in manager.pool_classes_by_scheme.items()
    }


@cache
def _signing(pool: type[HTTPConnectionPool]) -> type[HTTPConnectionPool]:
    opened = cast("type[HTTPConnection]", pool.ConnectionCls)
    connection = type(f"Signing{opened.__name__}", (SigningConnection, opened), {})
    return type(f"Signing{pool.__name__}", (pool,), {"ConnectionCls": connection})
