"""A fresh address in place of a signed one that has ended: its {links} document, read again."""

from __future__ import annotations

import asyncio
import contextlib
from urllib.parse import parse_qsl, quote, urljoin

from obsdeck.addresses.url import BadAddressError, parse_target
from obsdeck.downloads import refusals
from obsdeck.downloads.head import Head
from obsdeck.downloads.item import Item
from obsdeck.downloads.linksdocument import Link, links_of
from obsdeck.downloads.outcomes import TryAgainError
from obsdeck.downloads.request import Source
from obsdeck.downloads.signed import without_signature
from obsdeck.downloads.way import Way
from obsdeck.downloads.wording import words_of
from obsdeck.errors import ObsdeckError
from obsdeck.gateway import faults
from obsdeck.gateway.call import Answer, Call
from obsdeck.gateway.headers import USER_AGENT

_MOST_BYTES = 8_000_000


async def fresh_address(item: Item, source: Source, way: Way) -> str:
    """Return the address that the links document names now.

    Parameters
    ----------
    item
        The file.
    source
        Which row of which document.
    way
        The archive, and in whose name.

    Raises
    ------
    UnfinishedError
        When something else has to happen first.
    ObsdeckError
        `not-found` when the document has no such row any more, `bad-answer` when it is none.
    """
    body, base = await _read(item, source, way)
    try:
        links = await asyncio.to_thread(links_of, body)
    except Exception:
        raise refusals.bad_file(
            f"{way.archive.name}: the links of {item.label} cannot be read.", way.archive
        ) from None
    link = _fitting(links, source, item.request.address)
    if link is not None:
        with contextlib.suppress(ValueError):  # it is none: what is told below is true then
            return urljoin(base, link.access_url)
    told = next((link.error_message for link in links if link.error_message), "")
    quoted = f" “{words_of(told.encode())}”." if told else ""
    raise ObsdeckError(
        "not-found",
        f"{way.archive.name}: the links of {item.label} do not name this file any more.{quoted}",
        archive=way.archive.id,
    )


async def _read(item: Item, source: Source, way: Way) -> tuple[bytes, str]:
    try:
        target = parse_target(_asked(source))
    except BadAddressError as error:
        raise faults.bad_address(str(error), way.archive) from None
    headers = [
        (b"User-Agent", USER_AGENT.encode("ascii")),
        (b"Accept", b"application/x-votable+xml;content=datalink, application/xml;q=0.9"),
        (b"Accept-Encoding", b"identity"),
    ]
    call = Call(way.archive, "GET", target, headers, None, way.wallet)
    try:
        async with way.client.open(call) as answer:
            body = await _body(answer, way)
            if answer.status != 200:
                raise await refusals.of_answer(Head(answer), words_of(body), item, way)
            return body, answer.target.url
    except faults.NETWORK_FAULTS as error:
        raise TryAgainError(faults.explain(error, target, way.archive)) from None
    except ObsdeckError as error:
        raise refusals.of_client(error) from None


async def _body(answer: Answer, way: Way) -> bytes:
    body = bytearray()
    async for chunk in answer.chunks:
        body += chunk
        if len(body) > _MOST_BYTES:
            raise refusals.bad_file(f"{way.archive.name}: the links are too long.", way.archive)
    return bytes(body)


def _asked(source: Source) -> str:
    """Return the address of the document for one ID; some are complete already."""
    query = source.links.partition("?")[2]
    if any(name.upper() == "ID" for name, _ in parse_qsl(query, keep_blank_values=True)):
        return source.links
    joint = "&" if query else "" if source.links.endswith("?") else "?"
    return f"{source.links}{joint}ID={quote(source.id, safe='')}"


def _fitting(links: list[Link], source: Source, old: str) -> Link | None:
    """Return the row that was meant; among several the one whose address is otherwise the same."""
    fitting = [
        link
        for link in links
        if link.access_url
        and not link.service_def
        and link.semantics == source.semantics
        and link.id in {"", source.id}
        and source.description in {None, link.description}
    ]
    same = (link for link in fitting if without_signature(link.access_url) == old)
    return next(same, fitting[0] if fitting else None)
