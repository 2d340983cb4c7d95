"""Addresses of the broken services, ``/faults/<case>/tap``, and their list."""

from typing import Any

from tornado.routing import URLSpec
from tornado.web import url

from obsdeck.sandbox.faults.handlers import HANDLERS
from obsdeck.sandbox.faults.odd_jobs import ODD_JOBS, odd_routes
from obsdeck.sandbox.foreign.recorder import Recorder
from obsdeck.sandbox.web.base import ArchiveHandler, Service
from obsdeck.sandbox.web.vosi import vosi_routes


class FaultList(ArchiveHandler):
    """``/faults/``: what can be broken, and how."""

    def get(self) -> None:
        """Answer with one line per case."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        for case, handler in HANDLERS.items():
            summary = (handler.__doc__ or "").splitlines()[0]
            self.write(f"{self.service.base_url}faults/{case}/tap - {summary}\n")
        for case, (summary, _) in ODD_JOBS.items():
            self.write(f"{self.service.base_url}faults/{case}/tap - {summary}\n")


def fault_routes(service: Service, recorder: Recorder) -> list[URLSpec]:
    """Return the routes; some lead to the foreign host.

    Only the queries are broken: a client that asks for tables first gets them. Settings of a case
    stand in the path, ``/faults/slow,PAUSE=2,ROWS=10/tap``, because clients send TAP parameters
    only.
    """
    shared: dict[str, Any] = {"service": service}
    routes = [url(r"/faults/?", FaultList, shared), *odd_routes(service, recorder)]
    for case, handler in HANDLERS.items():
        routes.append(url(rf"/faults/{case}((?:,[A-Z]+=[^,/]*)*)/tap/+sync", handler, shared))
        routes += vosi_routes(rf"/faults/{case}(?:,[A-Z]+=[^,/]*)*/tap", shared)
    return routes
