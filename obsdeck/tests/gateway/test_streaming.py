"""Streams of any size pass in constant memory, and stop when the page goes away."""

from __future__ import annotations

import asyncio
import hashlib
import tracemalloc
from collections.abc import Callable

from obsdeck.tests.raw import Browser
from obsdeck.tests.upstream import Recorded, Upstream, answer

MEBIBYTE = 1 << 20
CHUNK = bytes(range(256)) * 256
"""64 KiB."""


async def settled(figure: Callable[[], int]) -> int:
    """Return a growing figure once it has stopped growing."""
    last = -1
    while (now := figure()) != last:
        last = now
        await asyncio.sleep(0.5)
    return now


class Source:
    """Sends chunks and counts what the gateway took."""

    def __init__(self, chunks: int) -> None:
        self.chunks = chunks
        self.taken = 0

    async def __call__(self, _request: Recorded, writer: asyncio.StreamWriter) -> None:
        """Send them (a script of the recording archive)."""
        length = self.chunks * len(CHUNK)
        writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n".encode())
        for _ in range(self.chunks):
            writer.write(CHUNK)
            await writer.drain()
            self.taken += len(CHUNK)


async def test_a_slow_page_slows_the_archive_down_and_memory_stays_flat(
    upstream: Upstream, browser: Browser
) -> None:
    source = Source(chunks=300 * 16)
    upstream.on("/big", source)
    tracemalloc.start()
    try:
        browser.ask("GET", f"{upstream.origin}/big")
        _status, headers = await browser.answer_head()
        # The page does not read: what was taken is what fits into the sockets' buffers.
        assert await settled(lambda: source.taken) < 40 * MEBIBYTE
        received, digest = 0, hashlib.sha256()
        while received < int(headers["content-length"]):
            piece = await browser.reader.read(1 << 16)
            assert piece
            received += len(piece)
            digest.update(piece)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert received == 300 * MEBIBYTE
    assert digest.digest() == hashlib.sha256(CHUNK * source.chunks).digest()
    assert peak < 40 * MEBIBYTE


class Sink:
    """Takes an upload of a given size, once it is told to; answers when it is complete."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.may_read = asyncio.Event()
        self.digest = hashlib.sha256()

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection."""
        await reader.readuntil(b"\r\n\r\n")
        await self.may_read.wait()
        seen = 0
        while seen < self.size:
            piece = await reader.read(1 << 16)
            seen += len(piece)
            self.digest.update(piece)
        writer.write(answer(b"stored"))
        await writer.drain()
        writer.close()


class Upload:
    """Sends chunks and counts what the gateway took."""

    def __init__(self, browser: Browser, chunks: int) -> None:
        self.browser = browser
        self.chunks = chunks
        self.sent = 0

    async def send(self) -> None:
        """Send them, as fast as they are taken."""
        for _ in range(self.chunks):
            self.browser.writer.write(CHUNK)
            await self.browser.writer.drain()
            self.sent += len(CHUNK)


async def test_an_upload_of_any_size_streams_at_the_archives_pace(
    upstream: Upstream, browser: Browser
) -> None:
    """120 MiB: more than the server would take as a buffered body (100 MiB here)."""
    chunks = 120 * 16
    sink, upload = Sink(chunks * len(CHUNK)), Upload(browser, chunks)
    await upstream.replace(sink)
    tracemalloc.start()
    try:
        browser.ask("PUT", f"{upstream.origin}/put", {"Content-Length": f"{sink.size}"})
        uploading = asyncio.create_task(upload.send())
        assert await settled(lambda: upload.sent) < 40 * MEBIBYTE
        sink.may_read.set()
        status, _headers = await browser.answer_head()
        await uploading
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert status == 200
    assert sink.digest.digest() == hashlib.sha256(CHUNK * chunks).digest()
    assert peak < 40 * MEBIBYTE


async def test_a_chunked_upload_stays_chunked(upstream: Upstream, browser: Browser) -> None:
    browser.ask("POST", f"{upstream.origin}/put", {"Transfer-Encoding": "chunked"})
    browser.writer.write(b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
    status, _headers = await browser.answer_head()
    assert status == 200
    assert upstream.requests[0].body == b"abcde"
    assert upstream.requests[0].headers["transfer-encoding"] == "chunked"


async def test_an_early_answer_to_an_upload_reaches_the_page(
    upstream: Upstream, browser: Browser
) -> None:
    async def impatient(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer(b"too large", "413 Content Too Large"))
        await writer.drain()
        writer.close()

    await upstream.replace(impatient)
    chunks = 20 * 16
    browser.ask("PUT", f"{upstream.origin}/put", {"Content-Length": f"{chunks << 16}"})
    for _ in range(chunks):
        browser.writer.write(CHUNK)
        await browser.writer.drain()
    status, _headers = await browser.answer_head()
    # The archive may also have reset the connection before its answer could be read.
    assert status in {413, 502}


async def test_the_archive_is_told_when_the_page_goes_away_before_the_answer(
    upstream: Upstream, browser: Browser
) -> None:
    asked = asyncio.Event()

    async def busy(_request: Recorded, _writer: asyncio.StreamWriter) -> None:
        asked.set()
        await upstream.disconnected.wait()

    upstream.on("/slow", busy)
    browser.ask("GET", f"{upstream.origin}/slow")
    await asked.wait()
    browser.close()
    await asyncio.wait_for(upstream.disconnected.wait(), 30)


async def test_the_archive_is_told_when_the_page_goes_away_in_the_middle(
    upstream: Upstream, browser: Browser
) -> None:
    async def endless(_request: Recorded, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\nfirst rows")
        await writer.drain()
        await upstream.disconnected.wait()

    upstream.on("/slow", endless)
    browser.ask("GET", f"{upstream.origin}/slow")
    await browser.answer_head()
    browser.close()
    await asyncio.wait_for(upstream.disconnected.wait(), 30)


async def test_an_upload_that_the_page_gives_up_is_given_up(
    upstream: Upstream, browser: Browser
) -> None:
    begun, ended = asyncio.Event(), asyncio.Event()

    async def patient(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        begun.set()
        while await reader.read(1 << 16):
            pass
        ended.set()

    await upstream.replace(patient)
    browser.ask("PUT", f"{upstream.origin}/put", {"Content-Length": "1000000"})
    browser.writer.write(CHUNK)
    await asyncio.wait_for(begun.wait(), 30)
    browser.close()
    await asyncio.wait_for(ended.wait(), 30)
