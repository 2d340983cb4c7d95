"""One handler per way of being broken."""

import asyncio
from contextlib import suppress
from typing import ClassVar
from urllib.parse import urlencode

from tornado.iostream import StreamClosedError

from obsdeck.sandbox.faults import documents
from obsdeck.sandbox.output.ending import Ending
from obsdeck.sandbox.output.votable import MIME, VOTableWriter, error_document
from obsdeck.sandbox.web.base import ArchiveHandler
from obsdeck.sandbox.web.params import ParameterError

_MOST_SECONDS = 150.0


class FaultHandler(ArchiveHandler):
    """Answers every query with the same broken document."""

    status: ClassVar[int] = 200
    mime: ClassVar[str] = MIME
    _settings: dict[str, str]

    async def get(self, settings: str = "") -> None:
        """Answer a query given in the URL; ``settings`` is ``,NAME=number`` any number of times."""
        self._settings = dict(pair.split("=", 1) for pair in settings.split(",")[1:])
        # Clients leave bad answers early: that is what these are for, and no error here.
        with suppress(StreamClosedError):
            await self.answer()

    async def post(self, settings: str = "") -> None:
        """Answer a query given in a form."""
        await self.get(settings)

    async def answer(self) -> None:
        """Send the broken document."""
        self.set_status(self.status)
        self.set_header("Content-Type", self.mime)
        self.finish(self.body())

    def body(self) -> bytes:
        """Return the broken document."""
        raise NotImplementedError

    def number(self, name: str, default: float) -> float:
        """Return a setting of the fault, such as its pace."""
        text = self._settings.get(name)
        try:
            value = default if text is None else float(text)
        except ValueError:
            raise ParameterError(f"{name} must be a number.") from None
        if not 0 <= value <= 1e6:
            raise ParameterError(f"{name} must be between 0 and 1000000.")
        return value


class Html200(FaultHandler):
    """A maintenance page with status 200."""

    mime = "text/html; charset=utf-8"

    def body(self) -> bytes:
        """Return the page."""
        return documents.MAINTENANCE_PAGE


class NotFound404(FaultHandler):
    """404 in plain text."""

    status = 404
    mime = "text/plain"

    def body(self) -> bytes:
        """Return the text."""
        return b"No such service.\n"


class Truncated(FaultHandler):
    """A BINARY2 stream that stops; the transfer itself ends properly."""

    async def answer(self) -> None:
        """Send the part in chunks, without a length."""
        self.set_header("Content-Type", MIME)
        body = documents.truncated()
        for start in range(0, len(body), 4096):
            self.write(body[start : start + 4096])
            await self.flush()


class NotXml(FaultHandler):
    """Bytes that are no XML, called a VOTable."""

    def body(self) -> bytes:
        """Return the bytes."""
        return documents.NOT_XML


class ZeroColumns(FaultHandler):
    """A table without columns."""

    def body(self) -> bytes:
        """Return the table."""
        return documents.ZERO_COLUMNS


class ZeroRows(FaultHandler):
    """A table without rows: no fault, but an answer people wonder about."""

    def body(self) -> bytes:
        """Return the table."""
        return documents.table(0)


class Error200(FaultHandler):
    """An error with status 200."""

    def body(self) -> bytes:
        """Return the error."""
        return error_document("The query was killed after 60 seconds.")


class Overflow0(FaultHandler):
    """No rows, but OVERFLOW."""

    def body(self) -> bytes:
        """Return the table."""
        return documents.table(0, ending=Ending("OVERFLOW", "The limit of the service is 0 rows."))


class TwoVOTables(FaultHandler):
    """A second VOTable in the middle of the first."""

    def body(self) -> bytes:
        """Return the mixture."""
        return documents.two_votables()


class BigLength(FaultHandler):
    """Promises 2 GB, sends little, stalls for ``STALL`` seconds (1) and hangs up."""

    async def answer(self) -> None:
        """Send the few bytes by hand: Tornado would not send a wrong length."""
        stall = min(self.number("STALL", 1.0), _MOST_SECONDS)
        stream = self.detach()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {MIME}\r\nContent-Length: {2**31}\r\n\r\n"
        try:
            await stream.write(head.encode() + documents.table(5)[:600])
            await asyncio.sleep(stall)
        finally:
            stream.close()


class Slow(FaultHandler):
    """Rows that come slowly.

    ``DELAY`` seconds (1) before the first byte, then ``BATCHES`` (10) times ``ROWS`` (100) rows
    with ``PAUSE`` seconds (0.5) in between.
    """

    async def answer(self) -> None:
        """Send the rows at the pace asked for."""
        pause = min(self.number("PAUSE", 0.5), _MOST_SECONDS)
        per_batch, batches = int(self.number("ROWS", 100)), int(self.number("BATCHES", 10))
        await asyncio.sleep(min(self.number("DELAY", 1.0), _MOST_SECONDS))
        self.set_header("Content-Type", MIME)
        writer = VOTableWriter(documents.FIELDS, "tabledata")
        pieces = [writer.head()]
        for batch in range(batches):
            pieces.append(writer.rows(documents.rows(batch * per_batch, per_batch)))
            self.write(b"".join(pieces))
            pieces = []
            await self.flush()
            await asyncio.sleep(pause)
        self.finish(writer.tail(Ending()))


class Redirect(FaultHandler):
    """303 to the TAP service that works."""

    async def answer(self) -> None:
        """Redirect with the parameters in the URL, because a 303 is followed with GET."""
        arguments = [
            (name, value) for name, values in self.request.arguments.items() for value in values
        ]
        self.redirect("/tap/sync?" + urlencode(arguments), status=303)


HANDLERS: dict[str, type[FaultHandler]] = {
    "html200": Html200,
    "notfound": NotFound404,
    "truncated": Truncated,
    "notxml": NotXml,
    "zerocolumns": ZeroColumns,
    "zerorows": ZeroRows,
    "biglength": BigLength,
    "error200": Error200,
    "slow": Slow,
    "overflow0": Overflow0,
    "redirect": Redirect,
    "twovotables": TwoVOTables,
}
