"""An archive on loopback for tests: records requests byte for byte, answers as told."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field


@dataclass
class Recorded:
    """A request as it arrived."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes = b""


Script = Callable[[Recorded, asyncio.StreamWriter], Awaitable[None]]
"""Writes a whole answer; the connection is closed afterwards."""


Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
"""Serves a whole connection."""


def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """Return a complete answer; `_` in header names stands for `-`."""
    lines = {"Content-Length": str(len(body)), "Content-Type": "text/plain"}
    lines.update({name.replace("_", "-"): value for name, value in headers.items()})
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode("latin-1") + body


def always(raw: bytes) -> Script:
    """Return a script that writes these bytes."""

    async def write(_request: Recorded, writer: asyncio.StreamWriter) -> None:
        writer.write(raw)
        await writer.drain()

    return write


@dataclass
class Upstream:
    """The server.

    Attributes
    ----------
    requests
        What arrived, in order.
    scripts
        What to answer, by path without query; the key "" is for all others.
    disconnected
        Set when a client leaves before its answer is complete.
    connections
        How many connections were opened, also those without a request.
    tls
        Set it and `restart` to speak TLS.
    """

    requests: list[Recorded] = field(default_factory=list)
    scripts: dict[str, Script] = field(default_factory=dict)
    disconnected: asyncio.Event = field(default_factory=asyncio.Event)
    connections: int = 0
    port: int = 0
    tls: ssl.SSLContext | None = None
    _server: asyncio.Server | None = None
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def origin(self) -> str:
        """`http://127.0.0.1:PORT`."""
        return f"http://127.0.0.1:{self.port}"

    def on(self, path: str, raw: bytes | Script) -> None:
        """Say what to answer at a path."""
        self.scripts[path] = always(raw) if isinstance(raw, bytes) else raw

    async def start(self) -> None:
        """Listen on a free port."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def replace(self, serve: Serve) -> None:
        """Let another function serve the connections, at the same port."""
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()
        self._server = await asyncio.start_server(serve, "127.0.0.1", self.port, ssl=self.tls)

    async def restart(self) -> None:
        """Listen again at the same port, now with `tls`."""
        await self.replace(self._serve)

    async def stop(self) -> None:
        """Stop listening and drop connections."""
        if self._server is not None:
            self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._tasks.add(task)
        self.connections += 1
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            request = await read_request(reader)
            self.requests.append(request)
            path = request.target.partition("?")[0]
            script = self.scripts.get(path) or self.scripts.get("") or always(answer(b"ok"))
            watching = asyncio.create_task(self._watch(reader))
            try:
                await script(request, writer)
            finally:
                watching.cancel()
        writer.close()

    async def _watch(self, reader: asyncio.StreamReader) -> None:
        with contextlib.suppress(ConnectionError):
            if await reader.read(1) == b"":
                self.disconnected.set()


async def read_request(reader: asyncio.StreamReader) -> Recorded:
    """Read one request with its body."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.rstrip("\r\n").split("\r\n")
    method, target, _version = first.split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (x.partition(":") for x in lines)}
    request = Recorded(method, target, headers)
    if "content-length" in headers:
        request.body = await reader.readexactly(int(headers["content-length"]))
    elif headers.get("transfer-encoding") == "chunked":
        request.body = await _read_chunked(reader)
    return request


async def _read_chunked(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while size := int(await reader.readline(), 16):
        body += await reader.readexactly(size)
        await reader.readline()
    await reader.readline()
    return body
