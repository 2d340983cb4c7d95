"""Requests to archives: checked, pinned, redirected by us, streamed."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from functools import cached_property

import httpcore

from obsdeck.gateway import faults
from obsdeck.gateway.backend import PinnedBackend, Resolver, resolve
from obsdeck.gateway.call import Answer, Call, CredentialSource, no_credential
from obsdeck.gateway.headers import RawHeaders
from obsdeck.gateway.redirects import next_hop

_KEEP_ALIVE_SECONDS = 4.0
"""Shorter than the 5 s of common web servers, so that a kept connection is seldom a dead one."""

# Below this level httpcore logs header lines, among them signed addresses.
logging.getLogger("httpcore").setLevel(logging.INFO)


@dataclass(frozen=True)
class Limits:
    """How long and how far a request may go (seconds; number of redirects)."""

    connect: float = 15.0
    read: float = 180.0
    write: float = 60.0
    redirects: int = 5


@dataclass
class GatewayClient:
    """The one way out of the server half.

    Attributes
    ----------
    own_port
        Gives the port of this Jupyter server, which is never called.
    limits
        Time-outs and number of redirects.
    resolver
        Look-up of names.
    credential_for
        Where a request that is made "as me" gets its credential from.
    """

    own_port: Callable[[], int]
    limits: Limits = field(default_factory=Limits)
    resolver: Resolver = resolve
    credential_for: CredentialSource = no_credential

    @contextlib.asynccontextmanager
    async def open(self, call: Call) -> AsyncIterator[Answer]:
        """Send a request, follow redirects, and give the answer for as long as the block lasts.

        Raises
        ------
        ObsdeckError
            For refused addresses, failed connections, time-outs and circles of redirects.
        """
        seen: set[tuple[str, str]] = set()
        for _ in range(self.limits.redirects + 1):
            step = (call.method, call.target.url)
            if step in seen:
                raise call.rejected(f"{call.target.host} redirects in a circle.")
            seen.add(step)
            async with self._exchange(call) as answer:
                following = next_hop(call, answer)
                if following is None:
                    yield answer
                    return
            call = following
        raise call.rejected(f"more than {self.limits.redirects} redirects, given up.")

    async def close(self) -> None:
        """Close all connections."""
        for name in ("_public", "_trusted"):
            pool = self.__dict__.pop(name, None)
            if pool is not None:
                await pool.aclose()

    @contextlib.asynccontextmanager
    async def _exchange(self, call: Call) -> AsyncIterator[Answer]:
        is_trusted = call.target.origin in call.archive.trusted_origins
        pool = self._trusted if is_trusted else self._public
        try:
            response = await pool.handle_async_request(self._request(call))
        except faults.NETWORK_FAULTS as error:
            raise faults.explain(error, call.target, call.archive) from error
        try:
            yield Answer(response.status, response.headers, call.target, response.aiter_stream())
        finally:
            await response.aclose()

    def _request(self, call: Call) -> httpcore.Request:
        target = call.target
        return httpcore.Request(
            call.method,
            httpcore.URL(
                scheme=target.scheme, host=target.host, port=target.port, target=target.target
            ),
            headers=self._headers(call),
            content=call.body,
            extensions={
                "timeout": {
                    "connect": self.limits.connect,
                    "read": self.limits.read,
                    "write": self.limits.write,
                }
            },
        )

    def _headers(self, call: Call) -> RawHeaders:
        credential = self.credential_for(call.archive, call.target) if call.as_me else {}
        signed = [
            (name.encode("ascii"), value.encode("ascii")) for name, value in credential.items()
        ]
        return [(b"Host", call.target.authority.encode("ascii")), *call.headers, *signed]

    @cached_property
    def _public(self) -> httpcore.AsyncConnectionPool:
        return self._pool(trusted=False)

    @cached_property
    def _trusted(self) -> httpcore.AsyncConnectionPool:
        return self._pool(trusted=True)

    def _pool(self, *, trusted: bool) -> httpcore.AsyncConnectionPool:
        # Two pools, so that a connection to a private address is never reused by an archive
        # that may not open one.
        return httpcore.AsyncConnectionPool(
            ssl_context=httpcore.default_ssl_context(),
            max_connections=None,
            keepalive_expiry=_KEEP_ALIVE_SECONDS,
            network_backend=PinnedBackend(self.own_port, trusted=trusted, resolver=self.resolver),
        )
