"""The foreign host and its memory."""

import contextlib
import socket
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPServerRequest
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from obsdeck.sandbox.foreign.storage import Storage, StorageHandler

#: Requests that are remembered; older ones are forgotten.
REMEMBERED = 1_000

_HOST, _HOST6 = "127.0.0.1", "::1"


@dataclass
class Recorder:
    """What the foreign host received, and where it listens.

    Attributes
    ----------
    port
        Its port on 127.0.0.1 and, where there is one, on ::1; 0 before it listens.
    log
        One entry per request: method, host, path, query, headers and body.
    storage
        Files that signed addresses of it give away.
    """

    port: int = 0
    log: deque[dict[str, Any]] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    storage: Storage = field(default_factory=Storage)
    _server: HTTPServer | None = None

    @property
    def addresses(self) -> list[str]:
        """Origins under which it answers: by number, by name, by IPv6."""
        hosts = (_HOST, "localhost", f"[{_HOST6}]")
        return [f"http://{host}:{self.port}" for host in hosts]

    def listen(self, port: int = 0, inherited: socket.socket | None = None) -> None:
        """Begin to listen on the running event loop.

        Parameters
        ----------
        port
            On loopback; 0 takes a free one.
        inherited
            A socket that listens there already, in place of a port.
        """
        sockets = _bound(port) if inherited is None else [inherited, *_bound6(inherited)]
        self.port = sockets[0].getsockname()[1]
        shared = {"recorder": self}
        handlers = [(r"/storage/([^/]+)", _RecordedStorage, shared), (r".*", _Recording, shared)]
        self._server = HTTPServer(Application(handlers))
        self._server.add_sockets(sockets)

    def close(self) -> None:
        """Stop listening."""
        if self._server is not None:
            self._server.stop()

    def note(self, request: HTTPServerRequest) -> None:
        """Write a request down."""
        self.log.append(
            {
                "method": request.method,
                "host": request.host,
                "path": request.path,
                "query": request.query,
                "headers": [list(line) for line in request.headers.get_all()],
                "body": request.body.decode("utf-8", "replace"),
            }
        )


class _Recording(RequestHandler):
    SUPPORTED_METHODS = ("GET", "HEAD", "POST", "DELETE", "PATCH", "PUT", "OPTIONS")

    def initialize(self, recorder: Recorder) -> None:
        self._recorder = recorder

    def prepare(self) -> None:
        self._recorder.note(self.request)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish("The foreign host wrote this request down.\n")


class _RecordedStorage(StorageHandler):
    def initialize(self, recorder: Recorder) -> None:  # type: ignore[override]
        super().initialize(recorder.storage)
        recorder.note(self.request)


def _bound(port: int) -> list[socket.socket]:
    """Return sockets of one port, which is free on both families where there are two."""
    sockets = bind_sockets(port, _HOST)
    return [*sockets, *_bound6(sockets[0])]


def _bound6(other: socket.socket) -> list[socket.socket]:
    """Return sockets of the port of another one on ::1, none where that is not to be had."""
    with contextlib.suppress(OSError):
        return bind_sockets(other.getsockname()[1], _HOST6)
    return []
