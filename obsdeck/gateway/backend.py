"""Connections to checked addresses only: the name is resolved once, and what was checked is called.

Resolving, checking and connecting lie in one place below the HTTP client, so that no second
look-up can give another answer (DNS rebinding). TLS still verifies the certificate's name.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable

import httpcore

from obsdeck.addresses.network import IPAddress, is_local_name, literal, refusal
from obsdeck.gateway.records import GatheringStream

Resolver = Callable[[str, int], Awaitable[list[IPAddress]]]
"""Gives all addresses of a host; raises `NameNotFoundError`."""

_FIRST_ATTEMPT_SECONDS = 5.0
"""Patience with one of several addresses: a dead IPv6 route must not use up the whole time."""


class NameNotFoundError(Exception):
    """The host has no address."""


class RefusedAddressError(Exception):
    """The host is not called; the text says what its address is, such as "a private address"."""


async def resolve(host: str, port: int) -> list[IPAddress]:
    """Ask the operating system for the addresses of a host (the default `Resolver`)."""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NameNotFoundError(host) from error
    addresses = (literal(str(info[4][0])) for info in found)
    return list(dict.fromkeys(address for address in addresses if address is not None))


class PinnedBackend(httpcore.AsyncNetworkBackend):
    """Network backend that connects to an address it has checked itself.

    Parameters
    ----------
    own_port
        Gives the port of this Jupyter server, never called on this machine.
    trusted
        Whether private and loopback addresses are allowed (exact origins that an administrator
        or the sandbox names; the caller has compared the origin).
    resolver
        Look-up of names.
    """

    def __init__(self, own_port: Callable[[], int], *, trusted: bool, resolver: Resolver) -> None:
        self._own_port = own_port
        self._trusted = trusted
        self._resolver = resolver
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  httpcore's interface
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Resolve, check every address, connect to the first that answers.

        Raises
        ------
        NameNotFoundError, RefusedAddressError, httpcore.ConnectError, httpcore.ConnectTimeout
        """
        try:
            async with asyncio.timeout(timeout):
                addresses = await self._checked(host.lower().removesuffix("."), port)
                stream = await self._first_answering(addresses, port, socket_options)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout from error
        if self._is_ourselves(stream):
            await stream.aclose()
            raise RefusedAddressError("this Jupyter server itself")
        return GatheringStream(stream)

    async def sleep(self, seconds: float) -> None:
        """Wait (httpcore's interface)."""
        await asyncio.sleep(seconds)

    async def _checked(self, host: str, port: int) -> list[IPAddress]:
        if not self._trusted and is_local_name(host):
            raise RefusedAddressError("a loopback address")
        address = literal(host)
        addresses = [address] if address else await self._resolver(host, port)
        if not addresses:
            raise NameNotFoundError(host)
        if not self._trusted:
            # One bad address among good ones is refused as well: which one answers is chance.
            for candidate in addresses:
                if reason := refusal(candidate):
                    raise RefusedAddressError(reason)
        return addresses

    async def _first_answering(
        self,
        addresses: list[IPAddress],
        port: int,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None,
    ) -> httpcore.AsyncNetworkStream:
        *others, last = addresses
        for address in others:
            try:
                return await self._network.connect_tcp(
                    str(address), port, _FIRST_ATTEMPT_SECONDS, None, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self._network.connect_tcp(str(last), port, None, None, socket_options)

    def _is_ourselves(self, stream: httpcore.AsyncNetworkStream) -> bool:
        """Whether the connection leads back to this server, by whichever of its addresses."""
        peer = stream.get_extra_info("server_addr")
        own = stream.get_extra_info("client_addr")
        if peer[1] != self._own_port():
            return False
        address = literal(peer[0])
        return peer[0] == own[0] or (address is not None and address.is_loopback)
