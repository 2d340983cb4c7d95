"""TAP 1.1 synchronous queries (section 2.2)."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial

from tornado.iostream import StreamClosedError

from obsdeck.sandbox.adql.errors import QueryError
from obsdeck.sandbox.archive import Query
from obsdeck.sandbox.uploads.upload import Upload
from obsdeck.sandbox.web.base import ArchiveHandler, Service
from obsdeck.sandbox.web.params import ParameterError
from obsdeck.sandbox.web.tap_request import TapRequest, read_request
from obsdeck.sandbox.web.tap_result import result_pieces
from obsdeck.sandbox.web.tap_uploads import request_files, uploaded

#: What a query is told that has waited for others in vain.
BUSY = "The sandbox is busy with other queries: try again in a minute."

#: Seconds between interrupts of a query that has not ended yet.
INTERRUPT_PAUSE = 0.2


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
            request = read_request(self.parameters(), self.service.uploads)
            tables = self._tables(request)
        except ParameterError as error:
            self.fail(str(error))
            return
        query = self.service.archive.query(request.query, self.programmes, tables)
        watch = asyncio.create_task(_stop(query, self._gone, self.service.time_limit))
        try:
            await self._run(query, request)
        except StreamClosedError:
            return
        finally:
            watch.cancel()
            await self.in_thread(query.close)

    def _tables(self, request: TapRequest) -> Callable[[], list[Upload]]:
        files = request_files(self.request)
        parts = {name: partial(bytes, content) for name, content in files.items()}
        return uploaded(request.uploads, parts, self.service.uploads)

    async def _run(self, query: Query, request: TapRequest) -> None:
        """Answer with an error status as long as nothing is sent, with a trailing INFO after."""
        pieces = result_pieces(query, request)
        try:
            await self._delay(await self.in_thread(query.prepare))
            piece = await self._first(pieces)
        except TimeoutError:
            self.fail(BUSY, 503)
            return
        except QueryError as error:
            self.fail(str(error))
            return
        self.set_header("Content-Type", request.format.mime)
        with suppress(QueryError):  # the last piece has told of it
            while piece is not None:
                await self._send(piece)
                piece = await self.in_thread(next, pieces, None)
        self.finish()

    async def _delay(self, seconds: float) -> None:
        """Wait as the query asks, but not longer than anybody is there or it may take."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._gone.wait(), min(seconds, self.service.time_limit))

    async def _first(self, pieces: Iterator[bytes]) -> bytes | None:
        """Read the first rows in one of the slots; TimeoutError where none becomes free in time."""
        async with asyncio.timeout(self.service.patience):
            await self.service.slots.acquire()
        try:
            return await self.in_thread(next, pieces, None)
        finally:
            self.service.slots.release()

    async def _send(self, piece: bytes) -> None:
        """Send a piece and wait until the client has room for more."""
        if piece:
            self.write(piece)
            await self.flush()


async def _stop(query: Query, gone: asyncio.Event, seconds: float) -> None:
    """Stop the query when its client has gone or its time is up."""
    reason = "The client went away."
    try:
        await asyncio.wait_for(gone.wait(), seconds)
    except TimeoutError:
        reason = f"The query was stopped: it took more than {seconds:g} seconds."
    while True:
        query.interrupt(reason)
        await asyncio.sleep(INTERRUPT_PAUSE)
