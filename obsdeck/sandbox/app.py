"""The web application of the archive."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from tornado.web import Application, RedirectHandler, url

from obsdeck.sandbox.archive import DEFAULT_ROWS, DEFAULT_SEED, Archive
from obsdeck.sandbox.faults.routes import fault_routes
from obsdeck.sandbox.web.base import NotFound, Service
from obsdeck.sandbox.web.datalink import LinksHandler
from obsdeck.sandbox.web.examples import ExamplesHandler
from obsdeck.sandbox.web.home import HomeHandler
from obsdeck.sandbox.web.products import ProductsHandler
from obsdeck.sandbox.web.tap_sync import SyncHandler
from obsdeck.sandbox.web.vosi import vosi_routes

#: Queries that look for their first rows at once. The engine shares the processors between them, so
#: that a quick one is quick beside slow ones.
_SLOTS = 16

#: Threads, made when needed; far more than slots, so that answers under way, files and pieces of
#: documents do not wait for queries that begin.
_WORKERS = 64

#: Seconds a query waits for others before it is told that the sandbox is busy.
_PATIENCE = 5.0

DEFAULT_TIME_LIMIT = 60.0


def make_app(
    base_url: str,
    *,
    seed: int = DEFAULT_SEED,
    rows: int = DEFAULT_ROWS,
    time_limit: float = DEFAULT_TIME_LIMIT,
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
    """
    service = Service(
        Archive(base_url, seed, rows),
        base_url,
        ThreadPoolExecutor(_WORKERS),
        time_limit,
        asyncio.Semaphore(_SLOTS),
        _PATIENCE,
    )
    shared = {"service": service}
    handlers = [
        url(r"/", HomeHandler, shared),
        url(r"/tap/?", RedirectHandler, {"url": "/tap/capabilities", "permanent": False}),
        url(r"/tap/+sync", SyncHandler, shared),
        *vosi_routes("/tap", shared),
        url(r"/tap/+examples", ExamplesHandler, shared),
        url(r"/datalink/links", LinksHandler, shared),
        url(r"/products", ProductsHandler, shared),
        *fault_routes(shared),
    ]
    return Application(
        handlers,
        service=service,
        default_handler_class=NotFound,
        default_handler_args=shared,
    )


def close_app(application: Application) -> None:
    """Free the data and the workers of an application."""
    service = application.settings["service"]
    service.pool.shutdown(wait=False, cancel_futures=True)
    service.archive.close()
