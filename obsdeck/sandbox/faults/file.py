"""Files of the faults: what they have in common."""

import asyncio
from collections import Counter
from contextlib import suppress

from tornado.iostream import IOStream, StreamClosedError

from obsdeck.sandbox.faults.content import LEAST, KnownFile
from obsdeck.sandbox.web.base import ArchiveHandler, Service
from obsdeck.sandbox.web.params import ParameterError
from obsdeck.sandbox.web.ranges import Part, part_of

MIME = "application/fits"
MODIFIED = "Sat, 21 Nov 2026 12:00:00 GMT"
_PIECE = 2**18
_SIZE, _MOST_SIZE = 3_000_000, 4 * 2**30


class FaultFile(ArchiveHandler):
    """A file without a fault; SIZE bytes (3000000) of a pattern that SEED (0) chooses.

    RATE is bytes a second for each connection, 0 (the default) for as fast as it goes.
    """

    _settings: dict[str, str]

    def initialize(self, service: Service, asked: Counter[str]) -> None:
        """Take what the application passes; ``asked`` counts the requests for each address."""
        super().initialize(service)
        self._asked = asked

    async def get(self, settings: str, name: str) -> None:
        """Answer with the file; ``settings`` is ``,NAME=number`` any number of times."""
        self._settings = dict(pair.split("=", 1) for pair in settings.split(",")[1:])
        self.name = name
        self._asked[self.request.path] += 1
        with suppress(StreamClosedError):
            await self.answer(KnownFile(self.size, int(self.number("SEED", 0))))

    async def head(self, settings: str, name: str) -> None:
        """Answer as GET does, without the file."""
        await self.get(settings, name)

    async def answer(self, file: KnownFile) -> None:
        """Answer with the file, or in the way that the case is about."""
        part = part_of(self.request.headers, file.size, file.etag, MODIFIED)
        self.describe(file, part)
        if part.status in (200, 206) and self.request.method == "GET":
            await self.copy(file, part.start, part.end)

    @property
    def times(self) -> int:
        """How often this address was asked for, this time included."""
        return self._asked[self.request.path]

    @property
    def size(self) -> int:
        """Bytes asked for."""
        return int(self.number("SIZE", _SIZE, LEAST, _MOST_SIZE))

    def number(self, name: str, default: float, least: float = 0, most: float = 1e12) -> float:
        """Return a setting; raises ParameterError."""
        text = self._settings.get(name)
        try:
            value = default if text is None else float(text)
        except ValueError:
            raise ParameterError(f"{name} must be a number.") from None
        if not least <= value <= most:
            raise ParameterError(f"{name} must be between {least:g} and {most:g}.")
        return value

    def describe(self, file: KnownFile, part: Part) -> None:
        """Set status and headers for a part of the file."""
        self.set_status(part.status)
        self.set_header("Content-Type", MIME)
        self.set_header("Accept-Ranges", "bytes")
        self.set_header("ETag", file.etag)
        self.set_header("Last-Modified", MODIFIED)
        if part.status in (200, 206):
            self.set_header("Content-Length", str(part.end - part.start))
            self.set_header("Content-Disposition", f'attachment; filename="{self.name}"')
        if part.status == 206:
            spelled = f"bytes {part.start}-{part.end - 1}/{file.size}"
            self.set_header("Content-Range", spelled)
        if part.status == 416:
            self.set_header("Content-Range", f"bytes */{file.size}")

    async def copy(self, file: KnownFile, start: int, end: int) -> None:
        """Send bytes of the file at the pace asked for."""
        rate = self.number("RATE", 0)
        piece = int(min(_PIECE, max(rate / 10, 1))) if rate else _PIECE
        began, sent, loop = start, 0, asyncio.get_running_loop()
        first = loop.time()
        while began < end:
            content = file.part(began, min(began + piece, end))
            self.write(content)
            await self.flush()
            began, sent = began + len(content), sent + len(content)
            if rate:
                await asyncio.sleep(max(sent / rate - (loop.time() - first), 0))


class ByHand(FaultFile):
    """What Tornado would not send: the answer is written to the connection as it is."""

    async def by_hand(self, status: str, headers: dict[str, str], body: bytes) -> IOStream:
        """Send an answer and return the connection, which is still open."""
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        stream = self.detach()
        await stream.write(f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body)
        return stream

    def usual(self, file: KnownFile) -> dict[str, str]:
        """Return the headers of a whole file without its length."""
        return {
            "Content-Type": MIME,
            "ETag": file.etag,
            "Last-Modified": MODIFIED,
            "Accept-Ranges": "bytes",
            "Connection": "close",
        }
