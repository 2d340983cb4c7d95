"""What all handlers share."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import TypeVar

from tornado.web import HTTPError, RequestHandler

from obsdeck.sandbox.archive import Archive
from obsdeck.sandbox.output.votable import MIME, error_document
from obsdeck.sandbox.web.params import ParameterError, Parameters, read_parameters

T = TypeVar("T")

_LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})


@dataclass(frozen=True)
class Service:
    """What handlers need to know."""

    archive: Archive
    base_url: str
    pool: Executor
    time_limit: float
    slots: asyncio.Semaphore
    patience: float


class ArchiveHandler(RequestHandler):
    """A handler of the archive: reads anybody's request, from this machine only."""

    service: Service

    def initialize(self, service: Service) -> None:
        """Take what the application passes to each handler."""
        self.service = service

    def prepare(self) -> None:
        """Refuse other names for this machine: a page elsewhere could rebind its own name to it."""
        name = self.request.host.rpartition(":")[0] if ":" in self.request.host else ""
        if (name or self.request.host).lower() not in _LOOPBACK_NAMES:
            raise HTTPError(421, "This archive answers on loopback only.")

    def set_default_headers(self) -> None:
        """Allow pages of any origin to read: VO services do, and the data are invented."""
        self.set_header("Access-Control-Allow-Origin", "*")
        self.set_header("X-Content-Type-Options", "nosniff")

    def parameters(self) -> Parameters:
        """Return the parameters of the request; raises ParameterError."""
        return read_parameters(self.request)

    async def in_thread(self, work: Callable[..., T], *arguments: object) -> T:
        """Run blocking work beside the event loop."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.service.pool, work, *arguments)

    def fail(self, message: str, status: int = 400) -> None:
        """Answer with an error VOTable (DALI 1.1, 4.4)."""
        self.set_status(status)
        self.set_header("Content-Type", MIME)
        self.finish(error_document(message))

    def write_error(self, status_code: int, **kwargs: object) -> None:
        """Answer in plain text; what went wrong inside stays in the log."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        info = kwargs.get("exc_info")
        error = info[1] if isinstance(info, tuple) else None
        if isinstance(error, ParameterError):
            self.set_status(400)
            self.finish(f"UsageFault: {error}\n")
            return
        message = error.log_message if isinstance(error, HTTPError) else None
        self.finish(f"{message or self._reason}\n")


class NotFound(ArchiveHandler):
    """Every address that is nothing."""

    def prepare(self) -> None:
        """Answer 404 with the address."""
        super().prepare()
        raise HTTPError(404, "There is nothing at this address of the sandbox.")
