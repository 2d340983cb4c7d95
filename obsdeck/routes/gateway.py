"""`ANY api/gateway/<archive>`: the pass-through as the page sees it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from http.client import responses
from typing import cast

from tornado import web
from tornado.http1connection import HTTP1Connection
from tornado.iostream import StreamClosedError

from obsdeck.addresses.url import BadAddressError, parse_target
from obsdeck.archives.archive import NEW_ARCHIVE, Archive, new_archive
from obsdeck.errors import ObsdeckError
from obsdeck.gateway import faults
from obsdeck.gateway.body import RequestBody
from obsdeck.gateway.call import Answer, Call, Wallet
from obsdeck.gateway.headers import answer_headers, content_length, request_headers
from obsdeck.routes.base import PrivateHandler

URL_HEADER = "X-Obsdeck-Url"
AS_HEADER = "X-Obsdeck-As"

_UNLIMITED = 1 << 62
"""Uploads stream through, so Jupyter's limit on buffered bodies has no use here."""

_BODILESS_STATUS = frozenset({204, 304})


@web.stream_request_body
class GatewayHandler(PrivateHandler):
    """Passes a request to an archive and its answer back, neither ever whole in memory."""

    _call: Call | None = None
    _relaying: asyncio.Task[None] | None = None

    def initialize(self) -> None:
        """Prepare the state of one request."""
        self._uploaded = asyncio.Event()

    @property
    def content_security_policy(self) -> str:
        """An archive's document has no rights, should a browser ever show it as a page."""
        return "sandbox"

    def set_default_headers(self) -> None:
        """Add the header lines that every answer carries."""
        super().set_default_headers()
        self.set_header("X-Content-Type-Options", "nosniff")

    def set_cors_headers(self) -> None:
        """Open nothing to other origins unless the administrator configured it."""
        if self.allow_origin or self.allow_origin_pat:
            super().set_cors_headers()

    async def prepare(self) -> None:  # type: ignore[override]
        """Check everything before the first byte goes out, then start the request."""
        await super().prepare()
        if self.request.method == "OPTIONS":
            return
        self._call = call = self._read_call(self.path_args[0])
        if call.body is not None:
            self._connection.set_max_body_size(_UNLIMITED)
        self._relaying = asyncio.create_task(self._relay(call))
        self._relaying.add_done_callback(_retrieve)

    async def data_received(self, chunk: bytes) -> None:
        """Pass a piece of the upload on, as fast as the archive takes it."""
        if self._call is not None and self._call.body is not None:
            await self._call.body.put(chunk)

    def on_connection_close(self) -> None:
        """Stop the archive's work when the page goes away."""
        super().on_connection_close()
        if self._relaying is not None:
            self._relaying.cancel()
        self._let_upload_end()

    @web.authenticated
    async def get(self, archive_id: str) -> None:
        """Finish what `prepare` began: the upload is complete, give the answer."""
        relaying = cast(asyncio.Task[None], self._relaying)
        if self._call is not None and self._call.body is not None:
            await self._call.body.end()
        self._uploaded.set()
        await asyncio.wait([relaying])
        if relaying.cancelled():
            self._connection.stream.close()
        else:
            relaying.result()

    head = post = put = patch = delete = get

    @property
    def _connection(self) -> HTTP1Connection:
        return cast(HTTP1Connection, self.request.connection)

    def _read_call(self, archive_id: str) -> Call:
        archive = self.services.store.get(archive_id)
        url = self._single_header(archive, URL_HEADER)
        if not url:
            raise _rejected(archive, f"the request names no address (header {URL_HEADER}).")
        if archive is NEW_ARCHIVE:
            archive = new_archive(url)
        try:
            target = parse_target(url)
        except BadAddressError as error:
            raise faults.bad_address(str(error), archive) from error
        framing = self._framing()
        return Call(
            archive,
            self.request.method,
            target,
            [*request_headers(self.request.headers), *framing],
            RequestBody() if framing else None,
            self._wallet(archive),
        )

    def _wallet(self, archive: Archive) -> Wallet | None:
        """Return the user's credentials if the request is to be made in the user's name."""
        who = self._single_header(archive, AS_HEADER)
        if who in {"", "anyone"}:
            return None
        if who != "me":
            raise _rejected(archive, f"the header {AS_HEADER} is “me” or “anyone”.")
        return self.services.accounts.wallet(self.identity)

    def _single_header(self, archive: Archive, name: str) -> str:
        """Return a header line of ours, empty if it is absent; two of them are an attack."""
        values = self.request.headers.get_list(name)
        if len(values) > 1:
            raise _rejected(archive, f"the request has more than one header {name}.")
        return values[0] if values else ""

    def _framing(self) -> list[tuple[bytes, bytes]]:
        """Return the header line that delimits the upload, or nothing where there is none."""
        if self.request.method in {"GET", "HEAD"}:
            return []
        length = self.request.headers.get("Content-Length")
        if length is not None:
            return [(b"Content-Length", length.encode("ascii"))]
        if "Transfer-Encoding" in self.request.headers:
            return [(b"Transfer-Encoding", b"chunked")]
        return []

    async def _relay(self, call: Call) -> None:
        try:
            async with self.services.client.open(call) as answer:
                self.log.debug(
                    "obsdeck: %s %s %d", call.method, call.target.loggable, answer.status
                )
                self._let_upload_end()
                await self._uploaded.wait()
                await self._pass_on(call, answer)
        finally:
            self._let_upload_end()

    def _let_upload_end(self) -> None:
        if self._call is not None and self._call.body is not None:
            self._call.body.abandon()

    async def _pass_on(self, call: Call, answer: Answer) -> None:
        chunks = aiter(answer.chunks)
        try:
            # Headers wait for the first bytes: a failure until then is still a readable error.
            first = await anext(chunks, b"")
        except faults.NETWORK_FAULTS as error:
            raise faults.explain(error, answer.target, call.archive) from error
        self._write_head(call, answer)
        try:
            await self._stream(first, chunks)
        except StreamClosedError:
            return
        except faults.NETWORK_FAULTS as error:
            self.log.warning(
                "obsdeck: %s broke off (%s)", answer.target.loggable, type(error).__name__
            )
            # Only a broken connection tells the page that the answer is incomplete.
            self._connection.stream.close()

    async def _stream(self, first: bytes, chunks: AsyncIterator[bytes]) -> None:
        if first and self.request.method != "HEAD":
            self.write(first)
        await self.flush()
        async for chunk in chunks:
            self.write(chunk)
            await self.flush()
        await self.finish()

    def _write_head(self, call: Call, answer: Answer) -> None:
        self.set_status(answer.status, responses.get(answer.status, "Unknown"))
        self.set_header("Content-Type", "application/octet-stream")
        for name, value in answer_headers(answer.status, answer.headers).items():
            self.set_header(name, value)
        self.set_header("X-Obsdeck-Final-Url", answer.target.url)
        if call.wallet is not None:
            self.set_header(AS_HEADER, "me" if answer.signed else "anyone")
        length = content_length(answer.headers)
        if length is not None and answer.status not in _BODILESS_STATUS:
            self.set_header("Content-Length", str(length))


def _rejected(archive: Archive, what: str) -> ObsdeckError:
    return ObsdeckError("rejected", f"{archive.name}: {what}", archive=archive.id)


def _retrieve(task: asyncio.Task[None]) -> None:
    """Mark a failure as seen: when the page has gone nobody else will ask for it."""
    if not task.cancelled():
        task.exception()
