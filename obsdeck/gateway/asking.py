"""Small questions to an archive about somebody's sign-in, beside what the page sends."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from obsdeck.addresses.url import BadAddressError, Target, parse_target
from obsdeck.archives.archive import Archive
from obsdeck.credentials.kinds.base import SmallAnswer
from obsdeck.credentials.origins import is_private, may_see
from obsdeck.credentials.parameters import revealed, with_query
from obsdeck.credentials.secret import Secret
from obsdeck.errors import ObsdeckError
from obsdeck.gateway import faults
from obsdeck.gateway.call import Answer, Call
from obsdeck.gateway.client import GatewayClient
from obsdeck.gateway.echo import unpacked
from obsdeck.gateway.headers import USER_AGENT, RawHeaders
from obsdeck.gateway.signing import Outgoing, header_line

_MAX_ANSWER = 1 << 20
"""Byte; answers about tokens and users have a few kB."""

_FOR_SIGN_IN = ("tokenUrl", "userInfoUrl", "tokenInfoUrl", "refreshUrl")
"""Members of `signIn` that name services; the others name pages for people."""

_FORM_TYPE = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Asker:
    """Sends what a way of signing in asks an archive (`Ask`).

    Redirects are not followed: a sign-in that leads elsewhere would take the password along.

    Attributes
    ----------
    client
        The way out.
    """

    client: GatewayClient

    async def __call__(  # noqa: PLR0913 - the parts of a request
        self,
        archive: Archive,
        method: str,
        url: str,
        *,
        query: Mapping[str, str | Secret] | None = None,
        form: Mapping[str, str | Secret] | None = None,
        json: object | None = None,
        headers: Mapping[str, str | Secret] | None = None,
    ) -> SmallAnswer:
        """Send one request and read its answer whole.

        Raises
        ------
        ObsdeckError
            `refused-address` for one that the definition does not name for sign-in and that may
            not see the credential, `rejected` for texts that fit into no header line,
            `bad-answer` for more than 1 MiB, and what `GatewayClient.exchange` raises.
        """
        target = _allowed(archive, url)
        body = _body(form, json)
        lines = {"User-Agent": USER_AGENT, "Accept-Encoding": "identity", "Accept": "*/*"}
        if body is not None:
            lines |= {"Content-Type": _FORM_TYPE if form is not None else "application/json"}
            lines |= {"Content-Length": str(len(body))}
        outgoing = Outgoing(
            with_query(target.target, query) if query else target.target,
            _lines(archive, {"Host": target.authority, **lines, **(headers or {})}),
            body,
        )
        call = Call(archive, method, target, [])
        async with self.client.exchange(call, outgoing) as answer:
            plain = unpacked(call, answer)
            return SmallAnswer(plain.status, _joined(plain.headers), await _read(call, plain))


def _allowed(archive: Archive, url: str) -> Target:
    """Return the address to ask.

    Raises
    ------
    ObsdeckError
        `refused-address`.
    """
    try:
        target = parse_target(url)
    except BadAddressError as error:
        raise faults.bad_address(str(error), archive) from error
    sign_in = archive.definition.get("signIn", {})
    named = any(url == sign_in.get(member) for member in _FOR_SIGN_IN)
    if not is_private(archive, target):
        raise faults.unfit_for_secrets(archive, target, "its connection is not encrypted")
    if not named and not may_see(archive, target):
        raise faults.unfit_for_secrets(archive, target, "the archive's definition does not name it")
    return target


def _body(form: Mapping[str, str | Secret] | None, document: object | None) -> bytes | None:
    if form is not None:
        return urlencode(revealed(form)).encode("ascii")
    if document is not None:
        return json.dumps(document, default=_reveal).encode("ascii")
    return None


def _reveal(value: object) -> str:
    if isinstance(value, Secret):
        return value.reveal()
    raise TypeError(f"{type(value).__name__} cannot be sent as JSON")


def _lines(archive: Archive, headers: Mapping[str, str | Secret]) -> RawHeaders:
    lines = [header_line(name, value) for name, value in headers.items()]
    sendable = [line for line in lines if line is not None]
    if len(sendable) != len(lines):
        raise ObsdeckError(
            "rejected",
            f"{archive.name}: what was entered holds characters that cannot be sent.",
            hint="Line breaks and letters beyond ASCII have no place in it.",
            archive=archive.id,
        )
    return sendable


def _joined(headers: RawHeaders) -> dict[str, str]:
    joined: dict[str, str] = {}
    for raw_name, raw_value in headers:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        joined[name] = f"{joined[name]}, {value}" if name in joined else value
    return joined


async def _read(call: Call, answer: Answer) -> bytes:
    body = bytearray()
    try:
        async for chunk in answer.chunks:
            body += chunk
            if len(body) > _MAX_ANSWER:
                raise call.rejected(f"{call.target.host} answered with more than 1 MiB.")
    except faults.NETWORK_FAULTS as error:
        raise faults.explain(error, call.target, call.archive) from error
    return bytes(body)
