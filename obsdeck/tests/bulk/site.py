"""An archive of files on loopback, and a store that takes signatures, both of which record."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FITS = b"SIMPLE  =                    T" + b" " * 2850
"""Begins as a FITS file does."""


@dataclass
class Asked:
    """A request as it arrived; names of header lines in lower case."""

    path: str
    headers: dict[str, str]


@dataclass
class Reply:
    """An answer; a body that is cut ends after so many bytes, whatever its length says."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None


@dataclass
class Site:
    """A server on loopback.

    Attributes
    ----------
    origin
        Where it is.
    asked
        What arrived, in order.
    answer
        Gives the reply to a request.
    """

    origin: str
    asked: list[Asked] = field(default_factory=list)
    answer: Callable[[Asked], Reply] = lambda _asked: Reply(FITS)

    def asked_for(self, path: str) -> list[Asked]:
        """Return the requests for a path, whatever their query."""
        return [one for one in self.asked if one.path.partition("?")[0] == path]


@contextmanager
def site() -> Iterator[Site]:
    """Run a server until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = Asked(self.path, {k.lower(): v for k, v in self.headers.items()})
            running.asked.append(asked)
            reply = running.answer(asked)
            self.send_response(reply.status)
            for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body[: reply.cut])

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running = Site(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield running
    finally:
        server.shutdown()
        server.server_close()
        thread.join(30)
