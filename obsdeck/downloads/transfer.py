"""One attempt to fetch a file, from where the last one ended."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

from obsdeck.addresses.url import BadAddressError, Target, parse_target
from obsdeck.downloads import content, refusals
from obsdeck.downloads.head import Head
from obsdeck.downloads.item import Item
from obsdeck.downloads.names import name_in_disposition, name_in_url, safe_name
from obsdeck.downloads.outcomes import StartAgainError, TryAgainError
from obsdeck.downloads.part import Part
from obsdeck.downloads.way import Way
from obsdeck.downloads.wording import MOST_BYTES, is_error_table, words_of
from obsdeck.errors import ObsdeckError
from obsdeck.gateway import faults
from obsdeck.gateway.call import Answer, Call
from obsdeck.gateway.headers import USER_AGENT, RawHeaders

CHANGED = "The file changed at the archive; started again from 0."


@dataclass
class Arrival:
    """What the queue decides when the first bytes are there.

    Attributes
    ----------
    name
        Gets the name that the archive gives, the first bytes of the file, and a way to more of
        what arrives; notes the name the file will have, or raises `HereError` when it is on
        disk already, and `NoRoomError`.
    room
        Gets the bytes that are still to come of a file that is gone on with; raises
        `NoRoomError`.
    ended
        Told that the archive has given all it has to: another file may begin to arrive while
        this one is brought to the disk.
    """

    name: Callable[[str, bytes, Beginning], Awaitable[None]]
    room: Callable[[int], Awaitable[None]]
    ended: Callable[[], None]


class Beginning:
    """The first bytes of a body, of which more can be had; then all of it."""

    def __init__(self, chunks: AsyncIterator[bytes]) -> None:
        self._chunks = chunks
        self._read: list[bytes] = []
        self._size = 0

    async def first(self, count: int) -> bytes:
        """Return the first bytes; fewer where the body ends before."""
        while self._size < count:
            chunk = await anext(self._chunks, b"")
            if not chunk:
                break
            self._read.append(chunk)
            self._size += len(chunk)
        return b"".join(self._read)[:count]

    async def all(self) -> AsyncIterator[bytes]:
        """Yield the whole body."""
        for chunk in self._read:
            yield chunk
        async for chunk in self._chunks:
            yield chunk


class Transfer:
    """One attempt.

    Parameters
    ----------
    item
        The file; what is learned about it is noted there.
    way
        How it is fetched.
    part
        Where its bytes go; open.
    arrival
        What the queue decides.
    """

    def __init__(self, item: Item, way: Way, part: Part, arrival: Arrival) -> None:
        self._item = item
        self._way = way
        self._part = part
        self._arrival = arrival

    async def run(self) -> None:
        """Fetch what is missing.

        Raises
        ------
        UnfinishedError
            When something else has to happen first.
        ObsdeckError
            When nothing helps.
        """
        target = self._target()
        async with contextlib.AsyncExitStack() as stack:
            opened = self._way.client.open(self._call(target))
            try:
                answer = await stack.enter_async_context(opened)
            except ObsdeckError as error:
                raise refusals.of_client(error) from None
            try:
                await self._take(answer)
            except faults.NETWORK_FAULTS as error:
                explained = faults.explain(error, answer.target, self._way.archive)
                raise TryAgainError(explained) from None

    def _target(self) -> Target:
        try:
            return parse_target(self._item.request.url)
        except BadAddressError as error:
            raise faults.bad_address(str(error), self._way.archive) from None

    def _call(self, target: Target) -> Call:
        headers: RawHeaders = [
            (b"User-Agent", USER_AGENT.encode("ascii")),
            (b"Accept", b"*/*"),
            (b"Accept-Encoding", b"identity"),
        ]
        if self._part.size:
            headers.append((b"Range", b"bytes=%d-" % self._part.size))
            if condition := self._item.validator.condition:
                headers.append((b"If-Range", condition.encode("latin-1", "replace")))
        return Call(self._way.archive, "GET", target, headers, None, self._way.wallet)

    async def _take(self, answer: Answer) -> None:
        head, chunks = Head(answer), aiter(answer.chunks)
        if head.status == 206 and self._part.size:
            self._check_part(head)
            await self._arrival.room((self._item.total or self._part.size) - self._part.size)
            await self._receive(chunks)
        elif head.status == 200:
            await self._begin(head, chunks)
        elif head.status == 416 and self._part.size:
            self._check_whole(head)
        else:
            raise await self._refusal(head, chunks)

    def _check_part(self, head: Head) -> None:
        """Let only that continue a file which fits to what is there."""
        item, found = self._item, head.range
        total = found.total if found else None
        if item.validator.differs(head.validator) or (
            item.total and total not in {None, item.total}
        ):
            item.note = CHANGED
            raise StartAgainError
        if found is None or found.start != self._part.size or head.coding != item.coding:
            raise StartAgainError
        item.total = total if total is not None else item.total or found.stop

    def _check_whole(self, head: Head) -> None:
        found = head.range
        is_whole = found is not None and found.total == self._part.size
        if not is_whole or self._item.validator.differs(head.validator):
            raise StartAgainError
        self._item.total = self._part.size

    async def _begin(self, head: Head, chunks: AsyncIterator[bytes]) -> None:
        """Take a whole file."""
        item, beginning = self._item, Beginning(chunks)
        is_other = item.validator.differs(head.validator) or item.total != head.length
        if self._part.size and is_other:
            item.note = CHANGED
        plain = await self._judge(head, beginning)
        item.total, item.validator = head.length, head.validator
        item.published = head.published
        if self._part.size or item.published:
            await self._part.begin_anew(name for name, _ in item.digests)
        await self._arrival.name(self._proposed(head), plain, beginning)
        await self._receive(beginning.all())

    async def _judge(self, head: Head, beginning: Beginning) -> bytes:
        """Return the first bytes; refuse what is not the file, before any of it is on disk."""
        item, archive = self._item, self._way.archive
        name = self._proposed(head) or item.name
        coding = "" if content.is_its_own(head.coding, name) else head.coding
        plain = content.unpacked_beginning(await beginning.first(content.ENOUGH), coding)
        if plain is None:
            raise refusals.bad_file(
                f"{archive.name} sent the file in an unknown encoding.", archive
            )
        item.coding = coding
        asked = item.request.content_type
        objection = content.objection(plain, name, asked, head.content_type)
        if content.kind_of(plain) == "votable" and is_error_table(
            await beginning.first(MOST_BYTES)
        ):
            objection = "An error came instead of the file. Nothing was saved."
        if objection:
            body = await beginning.first(MOST_BYTES)
            words = "" if content.kind_of(plain) == "html" or coding else words_of(body)
            quoted = f" {archive.name}: “{words[:400]}”." if words else ""
            raise refusals.bad_file(f"{objection}{quoted}", archive)
        return plain

    def _proposed(self, head: Head) -> str:
        """Return the safe name that the archive gives; that of the last address, if no other."""
        told = safe_name(name_in_disposition(head.lines.get("content-disposition", "")))
        return (
            told
            or safe_name(self._item.request.name or "")
            or safe_name(name_in_url(head.answer.target.url))
        )

    async def _receive(self, chunks: AsyncIterator[bytes]) -> None:
        part, item = self._part, self._item
        async for chunk in chunks:
            await part.add(chunk)
            item.received = part.size
        if part.size == item.total and not item.digests:
            self._arrival.ended()
        await part.flush()
        if item.total is not None and part.size > item.total:
            raise StartAgainError
        if self._ended_early():
            archive = self._way.archive
            text = f"{archive.name} ended the file too early."
            raise TryAgainError(refusals.bad_file(text, archive))
        item.total = part.size

    def _ended_early(self) -> bool:
        """Return whether bytes are missing.

        Where the answer has no length, a broken connection looks like an end: one that comes
        before the size that the archive said is believed when it comes twice.
        """
        item, size = self._item, self._part.size
        if item.total is not None:
            return size < item.total
        is_new, item.open_end = size != item.open_end, size
        return is_new and size < (item.request.size or 0)

    async def _refusal(self, head: Head, chunks: AsyncIterator[bytes]) -> Exception:
        words = words_of(await Beginning(chunks).first(MOST_BYTES))
        return await refusals.of_answer(head, words, self._item, self._way)
