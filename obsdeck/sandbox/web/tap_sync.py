"""TAP 1.1 synchronous queries (section 2.2)."""

import asyncio
from dataclasses import dataclass

import pyarrow as pa
from tornado.iostream import StreamClosedError

from obsdeck.sandbox.adql.errors import QueryError
from obsdeck.sandbox.archive import Query
from obsdeck.sandbox.output.ending import Ending
from obsdeck.sandbox.output.fields import ResultField
from obsdeck.sandbox.output.formats import FORMATS, Format, Writer, find_format
from obsdeck.sandbox.web.base import ArchiveHandler, Service
from obsdeck.sandbox.web.params import ParameterError, Parameters

DEFAULT_MAXREC = 20_000
HARD_MAXREC = 1_000_000

#: Languages a query may be in, as the capabilities list them.
LANGUAGES = ("ADQL", "ADQL-2.0", "ADQL-2.1")

#: What a query is told that has waited for others in vain.
BUSY = "The sandbox is busy with other queries: try again in a minute."

#: Seconds between interrupts of a query that has not ended yet.
_INTERRUPT_PAUSE = 0.2


@dataclass(frozen=True)
class SyncRequest:
    """A checked request."""

    query: str
    maxrec: int
    format: Format


def read_request(parameters: Parameters) -> SyncRequest:
    """Check the parameters of a synchronous query.

    Raises
    ------
    ParameterError
        For the first parameter that is missing or wrong.
    """
    request = parameters.one("REQUEST")
    if request not in (None, "doQuery"):
        raise ParameterError(f"REQUEST must be doQuery, not '{request}'.")
    if parameters.every("UPLOAD"):
        raise ParameterError("UPLOAD is not supported by this service.")
    _check_language(parameters.one("LANG"))
    query = parameters.one("QUERY")
    if query is None or not query.strip():
        raise ParameterError("QUERY is missing or empty: there is nothing to ask.")
    return SyncRequest(query, _maxrec(parameters.one("MAXREC")), _format(parameters))


def _check_language(language: str | None) -> None:
    known = ", ".join(LANGUAGES)
    if not language:
        raise ParameterError(f"LANG is missing: give one of {known}.")
    if language not in LANGUAGES:
        raise ParameterError(f"LANG '{language}' is not known here: give one of {known}.")


def _maxrec(text: str | None) -> int:
    if text is None or text == "":
        return DEFAULT_MAXREC
    if not (text.isascii() and text.isdigit()):
        raise ParameterError(f"MAXREC must be a whole number from 0 up, not '{text}'.")
    return min(int(text[:12]), HARD_MAXREC)


def _format(parameters: Parameters) -> Format:
    name = parameters.one("RESPONSEFORMAT", "FORMAT") or "votable"
    found = find_format(name)
    if found is None:
        known = ", ".join(alias for one in FORMATS for alias in one.aliases[:1])
        raise ParameterError(f"The format '{name}' is not known here: give one of {known}.")
    return found


class SyncHandler(ArchiveHandler):
    """``/tap/sync``: runs a query and streams its rows as fast as the client reads."""

    def initialize(self, service: Service) -> None:
        """Take what the application passes to each handler."""
        super().initialize(service)
        self._gone = asyncio.Event()

    async def get(self) -> None:
        """Answer a query given in the URL."""
        await self._answer()

    async def post(self) -> None:
        """Answer a query given in a form."""
        await self._answer()

    def on_connection_close(self) -> None:
        """Stop the query when the client has gone."""
        self._gone.set()
        super().on_connection_close()

    async def _answer(self) -> None:
        try:
            request = read_request(self.parameters())
        except ParameterError as error:
            self.fail(str(error))
            return
        query = self.service.archive.query(request.query, self.programmes)
        watch = asyncio.create_task(_stop(query, self._gone, self.service.time_limit))
        try:
            await self._run(query, request)
        except StreamClosedError:
            return
        finally:
            watch.cancel()
            await self.in_thread(query.close)

    async def _run(self, query: Query, request: SyncRequest) -> None:
        """Answer with an error status as long as nothing is sent, with a trailing INFO after."""
        try:
            fields, first = await self._start(query, request.maxrec)
        except TimeoutError:
            self.fail(BUSY, 503)
            return
        except QueryError as error:
            self.fail(str(error))
            return
        self.set_header("Content-Type", request.format.mime)
        writer = request.format.writer(fields)
        await self._send(await self.in_thread(writer.head))
        ending = await self._send_rows(query, writer, first, request.maxrec)
        self.finish(await self.in_thread(writer.tail, ending))

    async def _start(
        self, query: Query, maxrec: int
    ) -> tuple[list[ResultField], pa.RecordBatch | None]:
        """Read the first rows in one of the slots; TimeoutError where none becomes free in time."""
        async with asyncio.timeout(self.service.patience):
            await self.service.slots.acquire()
        try:
            fields = await self.in_thread(query.start)
            return fields, await self.in_thread(query.next_batch) if maxrec else None
        finally:
            self.service.slots.release()

    async def _send_rows(
        self, query: Query, writer: Writer, batch: pa.RecordBatch | None, maxrec: int
    ) -> Ending:
        sent = 0
        while batch is not None:
            kept = batch.slice(0, maxrec - sent)
            sent += kept.num_rows
            await self._send(await self.in_thread(writer.rows, kept))
            if kept.num_rows < batch.num_rows:
                return _overflow(maxrec)
            try:
                batch = await self.in_thread(query.next_batch)
            except QueryError as error:
                return Ending("ERROR", str(error))
        # DALI 1.1, 3.4.4: MAXREC=0 asks for metadata and always overflows.
        return Ending() if maxrec else _overflow(0)

    async def _send(self, piece: bytes) -> None:
        """Send a piece and wait until the client has room for more."""
        if piece:
            self.write(piece)
            await self.flush()


def _overflow(maxrec: int) -> Ending:
    return Ending("OVERFLOW", f"There are more rows than the {maxrec} asked for.")


async def _stop(query: Query, gone: asyncio.Event, seconds: float) -> None:
    """Stop the query when its client has gone or its time is up."""
    reason = "The client went away."
    try:
        await asyncio.wait_for(gone.wait(), seconds)
    except TimeoutError:
        reason = f"The query was stopped: it took more than {seconds:g} seconds."
    while True:
        query.interrupt(reason)
        await asyncio.sleep(_INTERRUPT_PAUSE)
