"""Files over HTTP: parts, validators, names and digests (RFC 9110, RFC 6266, RFC 9530)."""

import asyncio
import base64
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from email.utils import formatdate
from typing import BinaryIO, Literal

from tornado.iostream import StreamClosedError
from tornado.web import RequestHandler

from obsdeck.sandbox.files.store import StoredFile, open_file
from obsdeck.sandbox.web.ranges import Part, part_of

_PIECE = 2**18


@dataclass(frozen=True)
class Delivery:
    """A file and what its answer tells.

    Attributes
    ----------
    file
        Returns the file, made if need be; blocks.
    mime, name
        Media type and name.
    modified
        Unix time in seconds.
    digest
        The header that tells its digest, None for no digest.
    """

    file: Callable[[], StoredFile]
    mime: str
    name: str
    modified: float
    digest: Literal["Repr-Digest", "Content-MD5"] | None = None


#: Returns the signed address of a file on another host.
SignFile = Callable[[Delivery], str]


async def send(handler: RequestHandler, delivery: Delivery) -> None:
    """Answer GET or HEAD with a file, or with the part of it that is asked for."""
    loop = asyncio.get_running_loop()
    stored, opened = await loop.run_in_executor(None, open_file, delivery.file)
    with opened:
        modified = formatdate(delivery.modified, usegmt=True)
        handler.set_header("Last-Modified", modified)
        handler.set_header("ETag", stored.etag)
        handler.set_header("Accept-Ranges", "bytes")
        part = part_of(handler.request.headers, stored.size, stored.etag, modified)
        handler.set_status(part.status)
        if part.status in (304, 416):
            if part.status == 416:
                handler.set_header("Content-Range", f"bytes */{stored.size}")
            handler.finish()
            return
        _describe(handler, delivery, stored, part)
        if handler.request.method == "HEAD":
            handler.finish()
            return
        # A client may leave at any time; that is no error here.
        with suppress(StreamClosedError):
            await _copy(handler, opened, part)


def _describe(handler: RequestHandler, delivery: Delivery, stored: StoredFile, part: Part) -> None:
    handler.set_header("Content-Type", delivery.mime)
    handler.set_header("Content-Length", str(part.end - part.start))
    handler.set_header("Content-Disposition", f'attachment; filename="{delivery.name}"')
    if part.status == 206:
        handler.set_header("Content-Range", f"bytes {part.start}-{part.end - 1}/{stored.size}")
    sha256, md5 = (base64.b64encode(one).decode() for one in (stored.sha256, stored.md5))
    if delivery.digest == "Repr-Digest":
        handler.set_header("Repr-Digest", f"sha-256=:{sha256}:")
    elif delivery.digest == "Content-MD5" and part.status == 200:
        # RFC 2616, 14.15: of what is sent, so of a part it would be that of the part.
        handler.set_header("Content-MD5", md5)


async def _copy(handler: RequestHandler, opened: BinaryIO, part: Part) -> None:
    loop = asyncio.get_running_loop()
    opened.seek(part.start)
    left = part.end - part.start
    while left:
        piece = await loop.run_in_executor(None, opened.read, min(_PIECE, left))
        left -= len(piece)
        handler.write(piece)
        await handler.flush()
