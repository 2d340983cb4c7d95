"""The last step before a request leaves: what signs it in is added, and nowhere kept."""

from __future__ import annotations

import re
from collections.abc import AsyncIterable, AsyncIterator
from dataclasses import dataclass, field

from obsdeck.credentials.credential import Signature
from obsdeck.credentials.parameters import form_prefix, with_query
from obsdeck.credentials.secret import Secret
from obsdeck.errors import ObsdeckError
from obsdeck.gateway.call import Call
from obsdeck.gateway.headers import RawHeaders

ANONYMOUS = Signature()
"""Adds nothing."""

_SENDABLE = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?")
"""Values of header lines (RFC 9110 §5.5) without the old text beyond ASCII."""

_ENCODINGS = re.compile(r"\b(?:x-)?(?:gzip|deflate)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Outgoing:
    """A request as it crosses the network, secrets included.

    Attributes
    ----------
    target
        Path and query.
    headers
        All header lines, `Host` among them.
    content
        The upload, or None.
    secrets
        What the answer must not repeat to the page.
    """

    target: str = field(repr=False)
    headers: RawHeaders = field(repr=False)
    content: AsyncIterable[bytes] | bytes | None = field(repr=False, default=None)
    secrets: tuple[Secret, ...] = ()


@dataclass(frozen=True)
class _Prefixed:
    """A body with something in front; can be read again as often as the body can."""

    prefix: bytes = field(repr=False)
    body: AsyncIterable[bytes]

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self.prefix
        async for chunk in self.body:
            yield chunk


def sign(call: Call, signature: Signature = ANONYMOUS) -> Outgoing:
    """Return what is sent for a call.

    Parameters travel in the query of GET, HEAD and DELETE and of uploads that are no form, and
    as the first fields of a form otherwise.

    Raises
    ------
    ObsdeckError
        `rejected` for a credential that fits into no header line.
    """
    secrets = signature.secrets
    signed_lines = [_line(call, name, value) for name, value in signature.headers.items()]
    names = {name.lower() for name, _ in signed_lines}
    headers = [
        (b"Host", call.target.authority.encode("ascii")),
        *(line for line in call.headers if line[0].lower() not in names),
        *signed_lines,
    ]
    if secrets:
        is_part = any(name.lower() == b"range" for name, _ in headers)
        headers = _readable_answer(headers, plain=is_part or bool(signature.parameters))
    if not signature.parameters:
        return Outgoing(call.target.target, headers, call.body, secrets)
    prefix = form_prefix(call.method, _content_type(call.headers), signature.parameters)
    if prefix is None or call.body is None:
        target = with_query(call.target.target, signature.parameters)
        return Outgoing(target, headers, call.body, secrets)
    return Outgoing(
        call.target.target, _longer(headers, len(prefix)), _Prefixed(prefix, call.body), secrets
    )


def header_line(name: str, value: str | Secret) -> tuple[bytes, bytes] | None:
    """Return a header line, None if the value cannot stand in one (line breaks, non-ASCII)."""
    text = value.reveal() if isinstance(value, Secret) else value
    if not _SENDABLE.fullmatch(text):
        return None
    return name.encode("ascii"), text.encode("ascii")


def _line(call: Call, name: str, value: Secret) -> tuple[bytes, bytes]:
    line = header_line(name, value)
    if line is None:
        # Found here, because the HTTP client would quote the value in its own error.
        raise ObsdeckError(
            "rejected",
            f"{call.archive.name}: the stored credential holds characters that cannot be sent.",
            hint="Sign out and sign in again.",
            archive=call.archive.id,
        )
    return line


def _content_type(headers: RawHeaders) -> str:
    lines = (value for name, value in headers if name.lower() == b"content-type")
    return next(lines, b"").decode("latin-1")


def _longer(headers: RawHeaders, added: int) -> RawHeaders:
    """Correct the length of an upload."""
    return [
        (name, str(int(value) + added).encode("ascii"))
        if name.lower() == b"content-length"
        else (name, value)
        for name, value in headers
    ]


def _readable_answer(headers: RawHeaders, *, plain: bool) -> RawHeaders:
    """Ask only for encodings in which an echo of the credential is found."""
    passed: RawHeaders = []
    for name, value in headers:
        if name.lower() != b"accept-encoding":
            passed.append((name, value))
        elif not plain and (known := _ENCODINGS.findall(value.decode("latin-1"))):
            passed.append((name, ", ".join(known).encode("ascii")))
    if not any(name.lower() == b"accept-encoding" for name, _ in passed):
        passed.append((b"Accept-Encoding", b"identity"))
    return passed
