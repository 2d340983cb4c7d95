"""Answers that repeat what signed the request in: masked on their way to the page.

Servers quote requests in error messages, debugging services return every header line. The mask
is as long as what it hides, so that lengths and ranges stay true.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import AsyncIterable, AsyncIterator, Sequence
from dataclasses import replace
from http import HTTPStatus

import httpcore

from obsdeck.credentials.redact import PLAIN_MARK, mask, needles
from obsdeck.credentials.secret import Secret
from obsdeck.gateway.call import Answer, Call
from obsdeck.gateway.headers import RawHeaders

_MASK = b"*"
_PLAIN = frozenset({b"", b"identity"})
_ZLIB_KINDS = frozenset({b"gzip", b"x-gzip", b"deflate"})
_READ_BY_BROWSERS = re.compile(rb"\b(?:gzip|deflate|br|zstd|dcb|dcz)\b")
"""Encodings that a page never notices. Others, of compressed files, stay as they are."""

_GZIP_BEGINNING = b"\x1f"
_GZIP = 31
_GZIP_OR_ZLIB = 47
"""`zlib`'s window size plus 32: the header says which of both it is."""
_RAW_DEFLATE = -15
_DECODED_CHUNK = 1 << 16
_FIRST_ERROR_STATUS = 400
_DAMAGED = "its compressed answer is damaged"


def veiled(call: Call, answer: Answer, secrets: Sequence[Secret]) -> Answer:
    """Return an answer that repeats none of some secrets in header lines and body.

    What a browser would unpack is unpacked here: nobody finds a secret in compressed bytes, and
    the page would. A part of a compressed answer cannot be; for parts none is asked for.
    `Location` of a redirect stays, as it is followed or refused (`redirects`).

    Raises
    ------
    ObsdeckError
        As `unpacked`.
    """
    is_error = answer.status >= _FIRST_ERROR_STATUS
    is_part = answer.status == HTTPStatus.PARTIAL_CONTENT
    is_redirect = answer.status in range(HTTPStatus.MULTIPLE_CHOICES, HTTPStatus.BAD_REQUEST)
    if is_error or (_READ_BY_BROWSERS.search(_encoding(answer.headers)) and not is_part):
        answer = unpacked(call, answer)
    return replace(
        answer,
        headers=[
            line if is_redirect and line[0].lower() == b"location" else _veiled_line(line, secrets)
            for line in answer.headers
        ],
        chunks=masked(answer.chunks, needles(secrets)),
        signed=True,
    )


def unpacked(call: Call, answer: Answer) -> Answer:
    """Return an answer whose body is not compressed.

    Raises
    ------
    ObsdeckError
        `bad-answer` for an encoding that was not asked for.
    """
    encoding = _encoding(answer.headers)
    if encoding in _PLAIN:
        return answer
    if encoding not in _ZLIB_KINDS:
        raise call.rejected(f"{call.target.host} answered in an encoding nobody asked for.")
    headers = _without_encoding(answer.headers)
    return replace(answer, headers=headers, chunks=decoded(answer.chunks))


async def masked(chunks: AsyncIterable[bytes], hidden: Sequence[bytes]) -> AsyncIterator[bytes]:
    """Mask byte strings in a stream, also those that arrive in pieces.

    Only what may be the beginning of one is held back, so that the rest is not delayed.
    """
    held = b""
    async for chunk in chunks:
        data = held + chunk
        for needle in hidden:
            data = data.replace(needle, _MASK * len(needle))
        end = len(data) - _begun(data, hidden)
        held = data[end:]
        if end:
            yield data[:end]
    if held:
        yield held


async def decoded(chunks: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
    """Undo gzip (of any number of members) or deflate, in pieces of bounded size.

    Raises
    ------
    httpcore.RemoteProtocolError
        When the stream is damaged.
    """
    decoder = zlib.decompressobj(_GZIP_OR_ZLIB)
    is_first = True
    try:
        async for chunk in chunks:
            if is_first and chunk and not _has_header(chunk):
                decoder = zlib.decompressobj(_RAW_DEFLATE)
            is_first = is_first and not chunk
            rest = chunk
            while rest:
                if decoder.eof:
                    if not rest.startswith(_GZIP_BEGINNING):
                        break  # padding behind the end
                    decoder = zlib.decompressobj(_GZIP)
                piece = decoder.decompress(rest, _DECODED_CHUNK)
                rest = decoder.unconsumed_tail or decoder.unused_data
                if piece:
                    yield piece
        if piece := decoder.flush():
            yield piece
    except zlib.error:
        raise httpcore.RemoteProtocolError(_DAMAGED) from None
    if not (decoder.eof or is_first):
        raise httpcore.RemoteProtocolError(_DAMAGED)


def _begun(data: bytes, hidden: Sequence[bytes]) -> int:
    """Return the length of the longest beginning of a needle with which some data end."""
    longest = 0
    for needle in hidden:
        start = max(0, len(data) - len(needle) + 1)
        while (start := data.find(needle[:1], start)) >= 0:
            if needle.startswith(data[start:]):
                longest = max(longest, len(data) - start)
                break
            start += 1
    return longest


def _has_header(chunk: bytes) -> bool:
    """Return whether a stream begins like gzip, or like zlib (RFC 1950 §2.2)."""
    return chunk[:1] == b"\x1f" or (
        chunk[0] & 0x0F == zlib.DEFLATED and int.from_bytes(chunk[:2], "big") % 31 == 0
    )


def _veiled_line(line: tuple[bytes, bytes], secrets: Sequence[Secret]) -> tuple[bytes, bytes]:
    name, value = line
    return name, mask(value.decode("latin-1"), PLAIN_MARK, secrets).encode("latin-1")


def _encoding(headers: RawHeaders) -> bytes:
    lines = (value for name, value in headers if name.lower() == b"content-encoding")
    return b",".join(lines).strip().lower()


def _without_encoding(headers: RawHeaders) -> RawHeaders:
    gone = {b"content-encoding", b"content-length"}
    return [line for line in headers if line[0].lower() not in gone]
