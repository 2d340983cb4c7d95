"""Building the small XML documents of VOSI."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

XSI = "http://www.w3.org/2001/XMLSchema-instance"

NAMESPACES = {
    "xsi": XSI,
    "vosi": "http://www.ivoa.net/xml/VOSICapabilities/v1.0",
    "vosa": "http://www.ivoa.net/xml/VOSIAvailability/v1.0",
    "vosit": "http://www.ivoa.net/xml/VOSITables/v1.0",
    "vs": "http://www.ivoa.net/xml/VODataService/v1.1",
    "vr": "http://www.ivoa.net/xml/VOResource/v1.0",
    "tr": "http://www.ivoa.net/xml/TAPRegExt/v1.0",
}

for _prefix, _uri in NAMESPACES.items():
    register_namespace(_prefix, _uri)


def root(prefix: str, name: str, *used: str) -> Element:
    """Return a root element that also declares prefixes used only in ``xsi:type`` values."""
    element = Element(f"{{{NAMESPACES[prefix]}}}{name}")
    for other in used:
        element.set(f"xmlns:{other}", NAMESPACES[other])
    return element


def child(
    parent: Element,
    name: str,
    text: str | None = None,
    *,
    kind: str | None = None,
    attributes: Mapping[str, str] | None = None,
) -> Element:
    """Append an element without a namespace; ``kind`` becomes ``xsi:type``."""
    element = SubElement(parent, name, dict(attributes or {}))
    if kind is not None:
        element.set(f"{{{XSI}}}type", kind)
    element.text = text
    return element


def optional_child(parent: Element, name: str, text: str | None) -> None:
    """Append an element unless there is nothing to put into it."""
    if text:
        child(parent, name, text)


def document(element: Element) -> bytes:
    """Return the document with its declaration."""
    written: bytes = tostring(element, encoding="UTF-8", xml_declaration=True)
    return written
