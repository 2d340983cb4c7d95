"""VOSI 1.1 endpoints of the TAP service."""

from typing import Any
from urllib.parse import urljoin

from tornado.routing import URLSpec
from tornado.web import HTTPError, url

from obsdeck.sandbox.web.base import ArchiveHandler, Service
from obsdeck.sandbox.web.examples import ExamplesHandler
from obsdeck.sandbox.web.offer import Offer
from obsdeck.sandbox.web.vosi_capabilities import capabilities
from obsdeck.sandbox.web.vosi_tables import single_table, tableset
from obsdeck.sandbox.web.xml import NAMESPACES, child, document, root

_XML = "text/xml; charset=utf-8"


class CapabilitiesHandler(ArchiveHandler):
    """``/tap/capabilities``."""

    def initialize(self, service: Service, offer: Offer) -> None:
        """Take what the application passes to each handler."""
        super().initialize(service)
        self._offer = offer

    def get(self) -> None:
        """Answer with what the service can do."""
        self.set_header("Content-Type", _XML)
        path = self.request.path.rstrip("/").removesuffix("capabilities").rstrip("/")
        origin = urljoin(self.service.base_url, "/").rstrip("/")
        self.finish(capabilities(f"{origin}{path}", self.service, self._offer))


class AvailabilityHandler(ArchiveHandler):
    """``/tap/availability``."""

    def get(self) -> None:
        """Answer that the service is up: it could not answer otherwise."""
        top = root("vosa", "availability")
        # The children of availability are qualified (VOSI 1.1, A.2), unlike those of tables.
        child(top, f"{{{NAMESPACES['vosa']}}}available", "true")
        self.set_header("Content-Type", _XML)
        self.finish(document(top))


class TablesHandler(ArchiveHandler):
    """``/tap/tables`` and ``/tap/tables/<name>``."""

    def get(self, name: str | None = None) -> None:
        """Answer with all tables or with one."""
        catalog = self.service.archive.catalog
        detail = self.parameters().one("DETAIL") or "max"
        if detail not in ("min", "max"):
            raise HTTPError(400, "UsageFault: detail must be min or max.")
        self.set_header("Content-Type", _XML)
        if name is None:
            self.finish(tableset(catalog, with_columns=detail == "max"))
            return
        table = catalog.table(name)
        if table is None:
            raise HTTPError(404, "There is no table of this name.")
        self.finish(single_table(catalog, table))


def vosi_routes(prefix: str, shared: dict[str, Any], offer: Offer | None = None) -> list[URLSpec]:
    """Return the routes of VOSI and of the examples below a TAP base URL.

    Parameters
    ----------
    prefix
        Pattern of the path of the base URL. Clients join with ``/`` whether or not the base URL
        ends with one, so two are taken as well.
    shared
        Passed to each handler.
    offer
        What the capabilities tell besides; None for nothing particular.
    """
    return [
        url(
            rf"{prefix}/+capabilities",
            CapabilitiesHandler,
            {**shared, "offer": offer or Offer()},
        ),
        url(rf"{prefix}/+availability", AvailabilityHandler, shared),
        url(rf"{prefix}/+examples", ExamplesHandler, shared),
        url(rf"{prefix}/+tables/?", TablesHandler, shared),
        url(rf"{prefix}/+tables/([^/]+)", TablesHandler, shared),
    ]
