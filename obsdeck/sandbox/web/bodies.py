"""Bodies of requests that are right, but begin in a way the web server does not expect."""

from collections.abc import Awaitable
from typing import Any

from tornado.httputil import (
    HTTPHeaders,
    HTTPMessageDelegate,
    HTTPServerRequest,
    RequestStartLine,
    ResponseStartLine,
)
from tornado.web import Application


class LenientApplication(Application):
    """An application that takes multipart forms with a line break before the first part.

    RFC 2046 (5.1.1) allows that, STIL writes it, and Tornado refuses it.
    """

    def find_handler(  # type: ignore[override]  # which delegate it is, is nobody's business
        self, request: HTTPServerRequest, **more: Any
    ) -> HTTPMessageDelegate:
        """Return what reads a request; see ``Application``."""
        handler = super().find_handler(request, **more)
        kind = request.headers.get("Content-Type", "")
        return _WithoutPreamble(handler) if kind.startswith("multipart/") else handler


class _WithoutPreamble(HTTPMessageDelegate):
    def __init__(self, inner: HTTPMessageDelegate) -> None:
        self._inner = inner
        self._has_begun = False

    def headers_received(
        self, start_line: RequestStartLine | ResponseStartLine, headers: HTTPHeaders
    ) -> Awaitable[None] | None:
        return self._inner.headers_received(start_line, headers)

    def data_received(self, chunk: bytes) -> Awaitable[None] | None:
        kept = chunk if self._has_begun else chunk.lstrip(b"\r\n")
        self._has_begun = bool(kept)
        return self._inner.data_received(kept)

    def finish(self) -> None:
        self._inner.finish()

    def on_connection_close(self) -> None:
        self._inner.on_connection_close()
