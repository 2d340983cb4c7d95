"""The sandbox as a child process that starts at its first visitor (socket activation).

The server binds the sandbox's sockets and waits for a connection. Only then it starts the
process, which inherits them with the visitor already in a queue, so that nobody has to wait for
it or to ask whether it is ready. There are two: signed addresses lead to a host of their own.
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import importlib.util
import logging
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence

from tornado.ioloop import IOLoop

_HOST = "127.0.0.1"
_BACKLOG = 64
_PATIENCE_SECONDS = 5.0
"""How long an asked process may take to end before it is killed."""

_CAN_INHERIT = os.name == "posix"
"""Windows cannot hand a listening socket to a child by number."""

SANDBOX_COMMAND = (sys.executable, "-m", "obsdeck.sandbox")


def sandbox_installed() -> bool:
    """Whether the sandbox and the packages of its extra can be imported."""
    return all(importlib.util.find_spec(name) for name in ("obsdeck.sandbox", "duckdb", "sqlglot"))


class SandboxSupervisor:
    """Owns the sandbox's sockets and process.

    Parameters
    ----------
    port
        Wanted loopback port; a free one is taken if it is in use.
    command
        What to run; gets `--fd N --storage-fd N --parent PID` (`--port` and `--storage-port` where
        sockets cannot be inherited).
    log
        Where starts and failures are told.
    """

    def __init__(
        self,
        port: int,
        command: Sequence[str] = SANDBOX_COMMAND,
        log: logging.Logger | None = None,
    ) -> None:
        self._command = command
        self._log = log or logging.getLogger("obsdeck.supervisor")
        self._sockets = (_bind(port), _bind(port + 1 if port else 0))
        self._port, self._storage_port = (one.getsockname()[1] for one in self._sockets)
        self._loop = IOLoop.current()
        self._running: asyncio.Task[None] | None = None
        self._process: asyncio.subprocess.Process | None = None
        self._stopped = False
        atexit.register(self._terminate)

    @property
    def origin(self) -> str:
        """Where the sandbox answers, `http://127.0.0.1:PORT`."""
        return f"http://{_HOST}:{self._port}"

    @property
    def storage_origin(self) -> str:
        """Where its signed addresses lead, a host of its own."""
        return f"http://{_HOST}:{self._storage_port}"

    @property
    def pid(self) -> int | None:
        """Process id while the sandbox runs."""
        process = self._process
        return process.pid if process is not None and process.returncode is None else None

    def start(self, *, at_once: bool) -> None:
        """Wait for the first visitor, or start the process without one."""
        if at_once or not _CAN_INHERIT:
            self._loop.add_callback(self._launch)
        else:
            self._watch()

    async def stop(self) -> None:
        """End the process and close the socket."""
        self._stopped = True
        atexit.unregister(self._terminate)
        self._unwatch()
        self._terminate()
        if self._running is not None:
            _, late = await asyncio.wait([self._running], timeout=_PATIENCE_SECONDS)
            if late and self._process is not None:
                self._process.kill()
                await self._running
        self._close()

    def _watch(self) -> None:
        for one in self._sockets:
            self._loop.add_handler(one, self._on_visitor, IOLoop.READ)

    def _unwatch(self) -> None:
        for one in self._sockets:
            if one.fileno() >= 0:
                with contextlib.suppress(KeyError):
                    self._loop.remove_handler(one)

    def _close(self) -> None:
        for one in self._sockets:
            one.close()

    def _on_visitor(self, _socket: socket.socket, _events: int) -> None:
        self._unwatch()
        self._launch()

    def _launch(self) -> None:
        if not self._stopped:
            self._running = asyncio.ensure_future(self._run())

    async def _run(self) -> None:
        """Run the process to its end, then wait for the next visitor."""
        try:
            self._process = await self._spawn()
            code = await self._process.wait()
        except OSError as error:
            self._log.error("obsdeck: the sandbox cannot be started: %s", error)
            code = -1
        if self._stopped:
            return
        self._log.warning("obsdeck: the sandbox ended (code %s); its next use restarts it", code)
        if _CAN_INHERIT:
            # Visitors of a sandbox that fails at start would otherwise start it for ever.
            self._dismiss_visitors()
            self._watch()

    async def _spawn(self) -> asyncio.subprocess.Process:
        parent = ["--parent", str(os.getpid())]
        self._log.info("obsdeck: starting the sandbox at %s", self.origin)
        if _CAN_INHERIT:
            archive, storage = (one.fileno() for one in self._sockets)
            return await asyncio.create_subprocess_exec(
                *self._command,
                *("--fd", str(archive), "--storage-fd", str(storage), *parent),
                pass_fds=[archive, storage],
                stdin=subprocess.DEVNULL,
            )
        self._close()
        ports = ("--port", str(self._port), "--storage-port", str(self._storage_port))
        return await asyncio.create_subprocess_exec(
            *self._command, *ports, *parent, stdin=subprocess.DEVNULL
        )

    def _dismiss_visitors(self) -> None:
        for one in self._sockets:
            one.setblocking(False)  # the flag is shared with the child, who may have cleared it
            with contextlib.suppress(BlockingIOError):
                while True:
                    one.accept()[0].close()

    def _terminate(self) -> None:
        if self.pid is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGTERM)


def _bind(port: int) -> socket.socket:
    """Listen at a loopback port, or at a free one where that is taken."""
    try:
        return _listen(port)
    except OSError:
        return _listen(0)


def _listen(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((_HOST, port))
        listener.listen(_BACKLOG)
        listener.setblocking(False)
    except OSError:
        listener.close()
        raise
    return listener
