"""An archive of files on loopback: as well-behaved, or as broken, as a test wants it."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

from obsdeck.tests.upstream import Recorded, Upstream, answer

CARD = 80
BLOCK = 2_880


def fits(size: int = 5 * BLOCK, seed: int = 1) -> bytes:
    """Return bytes that begin as FITS does, others for every seed."""
    cards = [
        "SIMPLE  =                    T",
        "BITPIX  =                    8",
        f"SEED    = {seed}",
        "END",
    ]
    header = "".join(card.ljust(CARD) for card in cards).ljust(BLOCK).encode("ascii")
    pattern = hashlib.sha256(str(seed).encode()).digest()
    return (header + pattern * (size // len(pattern) + 1))[:size]


@dataclass
class Served:
    """A file of the archive and the way it is served.

    Attributes
    ----------
    body
        Its bytes.
    etag, modified, name
        Header lines, empty for none; `name` for `Content-Disposition`.
    cuts
        After how many bytes of the body the connection breaks, one for each request.
    length
        What `Content-Length` says, None for the truth, -1 for nothing.
    ranges
        Whether parts are given.
    more
        Further header lines.
    status
        Another answer than the file, with `body`.
    media
        `Content-Type`.
    """

    body: bytes
    etag: str = '"one"'
    modified: str = ""
    name: str = ""
    cuts: list[int] = field(default_factory=list)
    length: int | None = None
    ranges: bool = True
    more: dict[str, str] = field(default_factory=dict)
    status: str = ""
    media: str = "application/fits"
    gate: asyncio.Event | None = None
    before: Callable[[Served, Recorded], None] | None = None

    async def __call__(self, request: Recorded, writer: asyncio.StreamWriter) -> None:
        """Answer one request."""
        if self.before is not None:
            self.before(self, request)
        start = self._start(request)
        headers = self._headers()
        if self.status:
            writer.write(answer(self.body, self.status, **headers))
            return
        if start > 0 and start >= len(self.body):
            headers["Content-Range"] = f"bytes */{len(self.body)}"
            writer.write(answer(b"", "416 Range Not Satisfiable", **headers))
            return
        body = self.body[start:]
        length = len(body) if self.length is None else self.length
        head = {"Content-Length": str(length), **headers}
        if length < 0:
            del head["Content-Length"]
        if start:
            head["Content-Range"] = f"bytes {start}-{len(self.body) - 1}/{len(self.body)}"
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        status = "206 Partial Content" if start else "200 OK"
        writer.write(f"HTTP/1.1 {status}\r\n{lines}Connection: close\r\n\r\n".encode("latin-1"))
        cut = self.cuts.pop(0) if self.cuts else len(body)
        writer.write(body[:cut])
        await writer.drain()
        if self.gate is not None:
            await self.gate.wait()
            writer.write(body[cut:])
            await writer.drain()

    def _start(self, request: Recorded) -> int:
        wanted = request.headers.get("range", "")
        condition = request.headers.get("if-range")
        if not self.ranges or not wanted.startswith("bytes="):
            return 0
        if condition is not None and condition not in {self.etag, self.modified}:
            return 0
        return int(wanted.removeprefix("bytes=").rstrip("-"))

    def _headers(self) -> dict[str, str]:
        found = {
            "Content-Type": self.media,
            "ETag": self.etag,
            "Last-Modified": self.modified,
            "Content-Disposition": f'attachment; filename="{self.name}"' if self.name else "",
        }
        return {key: value for key, value in (found | self.more).items() if value}


def serve(upstream: Upstream, path: str, served: Served | bytes) -> Served:
    """Have the recording archive serve a file at a path."""
    made = served if isinstance(served, Served) else Served(served)
    upstream.on(path, made)
    return made
