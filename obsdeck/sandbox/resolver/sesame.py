"""Answers of CDS Sesame in its XML form ``-oxp``."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Comment, Element, SubElement, indent, tostring

from astropy.coordinates import SkyCoord

from obsdeck.sandbox.resolver.objects import SkyObject, folded, known_objects

MIME = "text/xml; charset=utf-8"

_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_SCHEMA = "http://127.0.0.1/sesame_4x.xsd"

#: What Sesame writes where nobody knows a name.
NOTHING = " *** Nothing found *** "

Look = Callable[[str], SkyObject | None]


@dataclass(frozen=True)
class Resolver:
    """One of the services Sesame asks: its letter, what it calls itself, and what it knows."""

    letter: str
    title: str
    look: Look


def _simbad(name: str) -> SkyObject | None:
    return known_objects().get(folded(name))


def _ned(name: str) -> SkyObject | None:
    """Look among objects outside of our galaxy; their positions and kinds differ slightly."""
    found = _simbad(name)
    if found is None or found.kind not in _OF_NED:
        return None
    shift = 0.0001 if found.dec < 0 else -0.0001
    return replace(
        found, kind=_OF_NED[found.kind], ra=found.ra + shift, dec=round(found.dec + shift, 6)
    )


#: Kinds of NED's objects by those of Simbad.
_OF_NED = {"G": "G", "Sy1": "G", "Sy2": "G", "AGN": "G", "QSO": "QSO", "BLL": "QSO", "SNR": "SNR"}


def resolvers(own: Look) -> dict[str, Resolver]:
    """Return the services by letter; the third one knows what ``own`` finds."""
    return {
        "S": Resolver("S", "S=Simbad (CDS, via client/server)", _simbad),
        "N": Resolver("N", "N=NED", _ned),
        "V": Resolver("V", "V=VizieR (targets of the sandbox)", own),
    }


def answer(name: str, options: str, asked: Sequence[Resolver], is_all: bool) -> bytes:
    """Return the document for a name.

    Parameters
    ----------
    name
        As it was asked.
    options
        The letters it was asked with.
    asked
        The services in their order.
    is_all
        Whether all of them are asked, or only until one knows the name.
    """
    root = Element("Sesame", {"xmlns:xsi": _XSI, "xsi:noNamespaceSchemaLocation": _SCHEMA})
    target = SubElement(root, "Target", {"option": options})
    SubElement(target, "name").text = name
    target.append(Comment(" Q1 #1 "))
    for resolver in asked:
        found = resolver.look(name)
        _add(target, resolver, found)
        if found is not None and not is_all:
            break
    indent(root)
    written: bytes = tostring(root, encoding="UTF-8", xml_declaration=True)
    return written + b"<!-- ====Done==== -->\n"


def _add(target: Element, resolver: Resolver, found: SkyObject | None) -> None:
    element = SubElement(target, "Resolver", {"name": resolver.title})
    if found is None:
        SubElement(element, "INFO").text = NOTHING
        return
    place = SkyCoord(found.ra, found.dec, unit="deg")
    values = {
        "INFO": "from cache",
        "otype": found.kind,
        "jpos": place.to_string("hmsdms", sep=":", precision=2),
        "jradeg": f"{found.ra:.6f}",
        "jdedeg": f"{found.dec:.6f}",
        "oname": found.name,
    }
    for tag, text in values.items():
        SubElement(element, tag).text = text
