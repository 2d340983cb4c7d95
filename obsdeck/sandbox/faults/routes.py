"""Addresses of the broken services, ``/faults/<case>/tap``, and their list."""

from typing import Any

from tornado.routing import URLSpec
from tornado.web import url

from obsdeck.sandbox.faults.handlers import HANDLERS
from obsdeck.sandbox.web.base import ArchiveHandler
from obsdeck.sandbox.web.vosi import vosi_routes


class FaultList(ArchiveHandler):
    """``/faults/``: what can be broken, and how."""

    def get(self) -> None:
        """Answer with one line per case."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        for case, handler in HANDLERS.items():
            summary = (handler.__doc__ or "").splitlines()[0]
            self.write(f"{self.service.base_url}faults/{case}/tap - {summary}\n")


def fault_routes(shared: dict[str, Any]) -> list[URLSpec]:
    """Return the routes; ``shared`` is passed to each handler.

    Only the queries are broken: a client that asks for tables first gets them. Settings of a case
    stand in the path, ``/faults/slow,PAUSE=2,ROWS=10/tap``, because clients send TAP parameters
    only.
    """
    routes = [url(r"/faults/?", FaultList, shared)]
    for case, handler in HANDLERS.items():
        routes.append(url(rf"/faults/{case}((?:,[A-Z]+=[^,/]*)*)/tap/+sync", handler, shared))
        routes += vosi_routes(rf"/faults/{case}(?:,[A-Z]+=[^,/]*)*/tap", shared)
    return routes
