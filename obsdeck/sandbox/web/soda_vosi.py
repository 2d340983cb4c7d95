"""Capabilities of a SODA service."""

from urllib.parse import urljoin
from xml.etree.ElementTree import Element

from obsdeck.sandbox.soda.offers import ASYNC, SYNC
from obsdeck.sandbox.web.base import ArchiveHandler
from obsdeck.sandbox.web.xml import child, document, root

_ENDPOINTS = {
    "ivo://ivoa.net/std/VOSI#capabilities": ("capabilities", None),
    "ivo://ivoa.net/std/VOSI#availability": ("availability", None),
    SYNC: ("sync", "std"),
    ASYNC: ("async", "std"),
}


class SodaCapabilitiesHandler(ArchiveHandler):
    """``/soda/capabilities``."""

    def get(self) -> None:
        """Answer with what the service can do."""
        base = self.request.path.rstrip("/").removesuffix("/capabilities")
        origin = urljoin(self.service.base_url, "/").rstrip("/")
        self.set_header("Content-Type", "text/xml; charset=utf-8")
        self.finish(document(soda_capabilities(f"{origin}{base}")))


def soda_capabilities(url: str) -> Element:
    """Return the capabilities of the service at an address."""
    top = root("vosi", "capabilities", "vs", "vr")
    for standard, (path, role) in _ENDPOINTS.items():
        element = child(top, "capability", attributes={"standardID": standard})
        attributes = {"role": role, "version": "1.0"} if role else {}
        interface = child(element, "interface", kind="vs:ParamHTTP", attributes=attributes)
        child(interface, "accessURL", f"{url}/{path}", attributes={"use": "full"})
    return top
