"""Serving the archive: sockets on loopback only, and an end when it is time."""

import ipaddress
import os
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass

from tornado.httpserver import HTTPServer
from tornado.ioloop import PeriodicCallback
from tornado.netutil import bind_sockets
from tornado.web import Application

from obsdeck.sandbox.accounts.store import Clock
from obsdeck.sandbox.app import DEFAULT_TIME_LIMIT, close_app, make_app
from obsdeck.sandbox.archive import DEFAULT_ROWS, DEFAULT_SEED
from obsdeck.sandbox.foreign.recorder import Recorder

#: Bytes of a request: room for an uploaded table or two.
MAX_BODY = 40 * 1024 * 1024

_PARENT_POLL_MS = 500


class NotLoopbackError(ValueError):
    """Somebody asked to serve the sandbox to other machines."""


@dataclass
class Sandbox:
    """A running archive."""

    base_url: str
    application: Application
    server: HTTPServer
    recorder: Recorder

    def close(self) -> None:
        """Stop serving and free everything."""
        self.server.stop()
        self.recorder.close()
        close_app(self.application)


def start(  # noqa: PLR0913 - the options of the command
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    fd: int | None = None,
    storage_port: int = 0,
    storage_fd: int | None = None,
    seed: int = DEFAULT_SEED,
    rows: int = DEFAULT_ROWS,
    time_limit: float = DEFAULT_TIME_LIMIT,
    clock: Clock = time.time,
) -> Sandbox:
    """Start the archive on the running event loop.

    Parameters
    ----------
    host, port
        Where to listen; port 0 takes a free one.
    fd
        A listening socket inherited from the parent, in place of host and port.
    storage_port, storage_fd
        The same for the foreign host, to which signed addresses lead.
    seed, rows, time_limit, clock
        As for ``make_app``.

    Raises
    ------
    NotLoopbackError
        If the address is not loopback.
    """
    sockets = [_inherited(fd)] if fd is not None else _bound(host, port)
    base_url = _url(sockets[0])
    recorder = Recorder()
    recorder.listen(storage_port, None if storage_fd is None else _inherited(storage_fd))
    application = make_app(
        base_url, seed=seed, rows=rows, time_limit=time_limit, clock=clock, recorder=recorder
    )
    server = HTTPServer(application, max_body_size=MAX_BODY)
    server.add_sockets(sockets)
    return Sandbox(base_url, application, server, recorder)


def watch_parent(pid: int, ended: Callable[[], None]) -> PeriodicCallback:
    """Call ``ended`` when the process is no longer a child of ``pid``."""

    def look() -> None:
        if os.getppid() != pid:
            ended()

    callback = PeriodicCallback(look, _PARENT_POLL_MS)
    callback.start()
    return callback


def _bound(host: str, port: int) -> list[socket.socket]:
    _check_loopback("127.0.0.1" if host == "localhost" else host)
    return bind_sockets(port, "127.0.0.1" if host == "localhost" else host)


def _inherited(fd: int) -> socket.socket:
    inherited = socket.socket(fileno=fd)
    _check_loopback(inherited.getsockname()[0])
    inherited.setblocking(False)
    return inherited


def _check_loopback(address: str) -> None:
    try:
        is_loopback = ipaddress.ip_address(address).is_loopback
    except ValueError:
        is_loopback = False
    if not is_loopback:
        raise NotLoopbackError(f"The sandbox serves loopback addresses only, not {address!r}.")


def _url(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
