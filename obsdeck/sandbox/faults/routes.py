"""Addresses of the broken services: ``/faults/<case>/tap/sync`` and their list."""

from typing import Any

from tornado.routing import URLSpec
from tornado.web import url

from obsdeck.sandbox.faults.handlers import HANDLERS
from obsdeck.sandbox.web.base import ArchiveHandler


class FaultList(ArchiveHandler):
    """``/faults/``: what can be broken, and how."""

    def get(self) -> None:
        """Answer with one line per case."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        for case, handler in HANDLERS.items():
            summary = (handler.__doc__ or "").splitlines()[0]
            self.write(f"{self.service.base_url}faults/{case}/tap - {summary}\n")


def fault_routes(shared: dict[str, Any]) -> list[URLSpec]:
    """Return the routes; ``shared`` is passed to each handler."""
    cases = [
        url(rf"/faults/{case}/tap/sync", handler, shared) for case, handler in HANDLERS.items()
    ]
    return [url(r"/faults/?", FaultList, shared), *cases]
