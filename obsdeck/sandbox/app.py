"""The web application of the archive."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor

from tornado.routing import URLSpec
from tornado.web import Application, url

from obsdeck.sandbox.accounts.store import Clock
from obsdeck.sandbox.archive import DEFAULT_ROWS, DEFAULT_SEED, Archive
from obsdeck.sandbox.faults.routes import fault_routes
from obsdeck.sandbox.foreign.recorder import Recorder
from obsdeck.sandbox.resolver.handlers import resolver_routes
from obsdeck.sandbox.systems import system_archives, system_routes
from obsdeck.sandbox.web.base import NotFound, Service, log_request
from obsdeck.sandbox.web.bodies import LenientApplication
from obsdeck.sandbox.web.home import HomeHandler
from obsdeck.sandbox.web.product_routes import product_routes
from obsdeck.sandbox.web.tap import tap_routes

#: Queries that look for their first rows at once. The engine shares the processors between them, so
#: that a quick one is quick beside slow ones.
_SLOTS = 16

#: Threads, made when needed; far more than slots, so that answers under way, files and pieces of
#: documents do not wait for queries that begin.
_WORKERS = 64

#: Seconds a query waits for others before it is told that the sandbox is busy.
_PATIENCE = 5.0

DEFAULT_TIME_LIMIT = 60.0


def make_app(  # noqa: PLR0913 - the options of the command
    base_url: str,
    *,
    seed: int = DEFAULT_SEED,
    rows: int = DEFAULT_ROWS,
    time_limit: float = DEFAULT_TIME_LIMIT,
    clock: Clock = time.time,
    recorder: Recorder | None = None,
) -> Application:
    """Make the application with data of its own.

    Parameters
    ----------
    base_url
        The address it will be served at, ``http://127.0.0.1:8765/`` for instance.
    seed
        Same seed, same rows.
    rows
        Rows of ``ivoa.ObsCore``.
    time_limit
        Seconds a query may take.
    clock
        Returns Unix time in seconds: when tokens end and data are released.
    recorder
        The foreign host that redirects lead to, None where it does not run.
    """
    archive = Archive(base_url, seed, rows, clock=clock)
    archive.load()
    archives = system_archives(base_url, seed, clock)
    pool, slots = ThreadPoolExecutor(_WORKERS), asyncio.Semaphore(_SLOTS)
    service = Service(archive, base_url, pool, time_limit, slots, _PATIENCE, clock)
    service.closing.callback(service.files.close)
    return LenientApplication(
        _routes(service, archives, recorder or Recorder(), seed),
        service=service,
        archives=[archive, *archives.values()],
        default_handler_class=NotFound,
        default_handler_args={"service": service},
        log_function=log_request,
    )


def _routes(
    service: Service, archives: dict[str, Archive], recorder: Recorder, seed: int
) -> list[URLSpec]:
    """Return the routes of the archive, of its broken services, and of those with accounts."""
    return [
        url(r"/", HomeHandler, {"service": service}),
        *tap_routes("/tap", service),
        *product_routes("", service),
        *resolver_routes(service),
        *fault_routes(service, recorder),
        *system_routes(service, archives, recorder, seed),
    ]


def close_app(application: Application) -> None:
    """Free the data and the workers of an application."""
    application.settings["service"].closing.close()
    application.settings["service"].pool.shutdown(wait=False, cancel_futures=True)
    for archive in application.settings["archives"]:
        archive.close()
