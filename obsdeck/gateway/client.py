"""Requests to archives: checked, pinned, redirected by us, streamed."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from http import HTTPStatus

import httpcore

from obsdeck.credentials.credential import Signature
from obsdeck.credentials.origins import is_sign_in_address, may_see
from obsdeck.gateway import faults
from obsdeck.gateway.backend import PinnedBackend, Resolver, resolve
from obsdeck.gateway.call import Answer, Call
from obsdeck.gateway.echo import veiled
from obsdeck.gateway.preparation import Preparation
from obsdeck.gateway.redirects import next_hop, upgraded
from obsdeck.gateway.signing import ANONYMOUS, Outgoing, sign

_KEEP_ALIVE_SECONDS = 4.0
"""Shorter than the 5 s of common web servers, so that a kept connection is seldom a dead one."""

# As much as asyncio reads from a connection at once: each piece takes the whole way to the page
# or to the disk, whatever its size.
httpcore.AsyncHTTP11Connection.READ_NUM_BYTES = 256 * 1024

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
    """

    own_port: Callable[[], int]
    limits: Limits = field(default_factory=Limits)
    resolver: Resolver = resolve
    _preparation: Preparation = field(default_factory=Preparation, init=False, repr=False)
    _pools: dict[bool, httpcore.AsyncConnectionPool] = field(
        default_factory=dict, init=False, repr=False
    )

    def prepare(self) -> None:
        """Begin with what would delay the first request; calls nobody."""
        self._preparation.begin()

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
            call = upgraded(call)
            step = (call.method, call.target.url)
            if step in seen:
                raise call.rejected(f"{call.target.host} redirects in a circle.")
            seen.add(step)
            signature = await _signature(call)
            async with self.exchange(call, sign(call, signature)) as answer:
                following = next_hop(call, answer, signature)
                if following is None:
                    await _tell_refusal(call, answer)
                    yield answer
                    return
            call = following
        raise call.rejected(f"more than {self.limits.redirects} redirects, given up.")

    async def close(self) -> None:
        """Close all connections."""
        await self._preparation.end()
        while self._pools:
            _, pool = self._pools.popitem()
            await pool.aclose()

    @contextlib.asynccontextmanager
    async def exchange(self, call: Call, outgoing: Outgoing) -> AsyncIterator[Answer]:
        """Send one request, follow nothing, and give the answer for as long as the block lasts.

        Parameters
        ----------
        call
            Says where to, and on whose behalf.
        outgoing
            What crosses the network.

        Raises
        ------
        ObsdeckError
            For refused addresses, failed connections and time-outs.
        """
        pool = await self._pool(trusted=call.target.origin in call.archive.trusted_origins)
        try:
            response = await pool.handle_async_request(self._request(call, outgoing))
        except faults.NETWORK_FAULTS as error:
            raise faults.explain(error, call.target, call.archive) from error
        try:
            answer = Answer(response.status, response.headers, call.target, response.aiter_stream())
            yield veiled(call, answer, outgoing.secrets) if outgoing.secrets else answer
        finally:
            await response.aclose()

    def _request(self, call: Call, outgoing: Outgoing) -> httpcore.Request:
        target = call.target
        return httpcore.Request(
            call.method,
            httpcore.URL(
                scheme=target.scheme, host=target.host, port=target.port, target=outgoing.target
            ),
            headers=outgoing.headers,
            content=outgoing.content,
            extensions={
                "timeout": {
                    "connect": self.limits.connect,
                    "read": self.limits.read,
                    "write": self.limits.write,
                }
            },
        )

    async def _pool(self, *, trusted: bool) -> httpcore.AsyncConnectionPool:
        # Two pools, so that a connection to a private address is never reused by an archive
        # that may not open one.
        context = await self._preparation.context()
        if trusted not in self._pools:
            self._pools[trusted] = httpcore.AsyncConnectionPool(
                ssl_context=context,
                max_connections=None,
                keepalive_expiry=_KEEP_ALIVE_SECONDS,
                network_backend=PinnedBackend(
                    self.own_port, trusted=trusted, resolver=self.resolver
                ),
            )
        return self._pools[trusted]


async def _signature(call: Call) -> Signature:
    """Return what signs a request in at the address it goes to now.

    Raises
    ------
    ObsdeckError
        `not-signed-in` and `expired` from the wallet, `refused-address` for one that would hand
        a token to the page.
    """
    if call.wallet is None:
        return ANONYMOUS
    if is_sign_in_address(call.archive, call.target):
        raise faults.token_address(call.archive)
    if not may_see(call.archive, call.target):
        return ANONYMOUS
    return await call.wallet.signature(call.archive) or ANONYMOUS


async def _tell_refusal(call: Call, answer: Answer) -> None:
    if call.wallet is not None and answer.signed and answer.status == HTTPStatus.UNAUTHORIZED:
        await call.wallet.refused(call.archive)
