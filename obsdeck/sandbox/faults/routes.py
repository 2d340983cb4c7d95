"""Addresses of the broken services, ``/faults/<case>/tap``, and their list."""

from collections import Counter
from typing import Any

from tornado.routing import URLSpec
from tornado.web import url

from obsdeck.sandbox.faults.files import FILES
from obsdeck.sandbox.faults.handlers import HANDLERS
from obsdeck.sandbox.faults.links import LINKS
from obsdeck.sandbox.faults.odd_jobs import ODD_JOBS, odd_routes
from obsdeck.sandbox.foreign.recorder import Recorder
from obsdeck.sandbox.web.base import ArchiveHandler, Service
from obsdeck.sandbox.web.params import ParameterError
from obsdeck.sandbox.web.vosi import vosi_routes

_SETTINGS = r"((?:,[A-Z]+=[^,/]*)*)"
_LIST, _MOST_FILES = {"COUNT": "60", "SIZE": "3000000"}, 20_000


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
        for case, links in LINKS.items():
            summary = (links.__doc__ or "").splitlines()[0]
            self.write(f"{self.service.base_url}faults/links/{case}/datalink/links - {summary}\n")
        for case, file in FILES.items():
            summary = (file.__doc__ or "").splitlines()[0]
            self.write(f"{self.service.base_url}faults/files/{case}/x.fits - {summary}\n")


class QueueList(ArchiveHandler):
    """``/faults/files/list``: COUNT (60) addresses of files of SIZE (3000000) bytes, one a line."""

    def get(self) -> None:
        """Answer with the addresses."""
        given = self.parameters()
        count, size = (given.one(name) or usual for name, usual in _LIST.items())
        if not (count.isdecimal() and size.isdecimal()):
            raise ParameterError("COUNT and SIZE must be whole numbers.")
        base = f"{self.service.base_url}faults/files/plain,SIZE={size}"
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        for number in range(1, min(int(count), _MOST_FILES) + 1):
            self.write(f"{base},SEED={number}/file-{number:04d}.fits\n")


def fault_routes(service: Service, recorder: Recorder) -> list[URLSpec]:
    """Return the routes; some lead to the foreign host.

    Only the queries are broken: a client that asks for tables first gets them. Settings of a case
    stand in the path, ``/faults/slow,PAUSE=2,ROWS=10/tap``, because clients send TAP parameters
    only.
    """
    shared: dict[str, Any] = {"service": service}
    routes = [url(r"/faults/?", FaultList, shared), *odd_routes(service, recorder)]
    for case, handler in HANDLERS.items():
        routes.append(url(rf"/faults/{case}{_SETTINGS}/tap/+sync", handler, shared))
        routes += vosi_routes(rf"/faults/{case}(?:,[A-Z]+=[^,/]*)*/tap", shared)
    routes.append(url(r"/faults/files/list", QueueList, shared))
    counted = {**shared, "asked": Counter()}
    for case, links_handler in LINKS.items():
        path = rf"/faults/links/{case}{_SETTINGS}/datalink/links"
        routes.append(url(path, links_handler, shared))
    for case, file in FILES.items():
        routes.append(url(rf"/faults/files/{case}{_SETTINGS}/([^/]*)", file, counted))
    return routes
