"""What all handlers share."""

import asyncio
import json
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from contextlib import ExitStack
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, TypeVar

from tornado.log import access_log, app_log
from tornado.web import HTTPError, RequestHandler

from obsdeck.sandbox.accounts.guard import ANYBODY, DeniedError, Guard
from obsdeck.sandbox.accounts.people import Person
from obsdeck.sandbox.accounts.store import Clock
from obsdeck.sandbox.archive import Archive
from obsdeck.sandbox.files.store import FileStore
from obsdeck.sandbox.output.votable import MIME, error_document
from obsdeck.sandbox.uploads.upload import UploadLimits
from obsdeck.sandbox.web.params import ParameterError, Parameters, read_parameters

T = TypeVar("T")

_LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})


@dataclass(frozen=True)
class Service:
    """What the handlers of one system need to know.

    ``base_url`` is the address of the system with a slash at the end; ``guard`` stands in front of
    every handler that is given this. What is registered with ``closing`` ends with the application;
    ``files`` keeps what was made.
    """

    archive: Archive
    base_url: str
    pool: Executor
    time_limit: float
    slots: asyncio.Semaphore
    patience: float
    clock: Clock = time.time
    guard: Guard = ANYBODY
    uploads: UploadLimits = field(default_factory=UploadLimits)
    closing: ExitStack = field(default_factory=ExitStack)
    files: FileStore = field(default_factory=FileStore)


class ArchiveHandler(RequestHandler):
    """A handler of the archive: reads anybody's request, from this machine only."""

    service: Service
    person: Person | None = None

    def initialize(self, service: Service, *_: Any, **__: Any) -> None:
        """Take what the application passes to each handler; subclasses take more by name."""
        self.service = service

    def prepare(self) -> None:
        """Refuse other names for this machine: a page elsewhere could rebind its own name to it."""
        name = self.request.host.rpartition(":")[0] if ":" in self.request.host else ""
        if (name or self.request.host).lower() not in _LOOPBACK_NAMES:
            raise HTTPError(421, "This archive answers on loopback only.")
        try:
            admission = self.service.guard(self.request)
        except DeniedError as denied:
            self.deny(denied)
            return
        self.person = admission.person
        self.add_headers(admission.headers)

    def deny(self, denied: DeniedError) -> None:
        """Answer a request that is refused, with these headers only."""
        self.clear()
        self.set_status(denied.status)
        self.set_header("Content-Type", denied.mime)
        self.add_headers(denied.headers)
        self.finish(denied.body)

    def add_headers(self, headers: Mapping[str, str]) -> None:
        """Set several header lines."""
        for name, value in headers.items():
            self.set_header(name, value)

    def answer_json(self, content: object, status: int = 200) -> None:
        """Answer with JSON, a list as well."""
        self.set_status(status)
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(content))

    def set_default_headers(self) -> None:
        """Allow pages of any origin to read: VO services do, and the data are invented."""
        self.set_header("Access-Control-Allow-Origin", "*")
        self.set_header("X-Content-Type-Options", "nosniff")

    @property
    def programmes(self) -> tuple[str, ...]:
        """Observing programmes whose reserved rows whoever asks may see."""
        return self.person.programmes if self.person is not None else ()

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

    def log_exception(
        self,
        typ: type[BaseException] | None,
        value: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        """Log what went wrong inside, without the query: it may hold a password or a token."""
        if not isinstance(value, HTTPError | ParameterError | DeniedError) and typ and value:
            place = f"{self.request.method} {self.request.path}"
            app_log.error("The sandbox stumbled: %s", place, exc_info=(typ, value, tb))

    def write_error(self, status_code: int, **kwargs: object) -> None:
        """Answer in plain text; what went wrong inside stays in the log."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        info = kwargs.get("exc_info")
        error = info[1] if isinstance(info, tuple) else None
        if isinstance(error, ParameterError):
            self.set_status(400)
            self.finish(f"UsageFault: {error}\n")
            return
        if isinstance(error, DeniedError):
            self.deny(error)
            return
        message = error.log_message if isinstance(error, HTTPError) else None
        self.finish(f"{message or self._reason}\n")


def log_request(handler: RequestHandler) -> None:
    """Log an answer without the query of its address, which may hold a password or a token.

    Refusals and failures are what the sandbox is for: none of them is worth a warning.
    """
    request = handler.request
    access_log.info("%d %s %s", handler.get_status(), request.method, request.path)


class NotFound(ArchiveHandler):
    """Every address that is nothing."""

    def prepare(self) -> None:
        """Answer 404 with the address."""
        super().prepare()
        raise HTTPError(404, "There is nothing at this address of the sandbox.")
