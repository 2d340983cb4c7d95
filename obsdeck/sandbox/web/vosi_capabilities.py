"""VOSI capabilities of the TAP service with its TAPRegExt description."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from obsdeck.sandbox.adql import geometry
from obsdeck.sandbox.adql.functions import USER_DEFINED
from obsdeck.sandbox.output.formats import FORMATS
from obsdeck.sandbox.web.tap_request import DEFAULT_MAXREC, HARD_MAXREC
from obsdeck.sandbox.web.xml import child, document, root

_TAP = "ivo://ivoa.net/std/TAP"
_REGEXT = "ivo://ivoa.net/std/TAPRegExt"
_OBSCORE = "ivo://ivoa.net/std/ObsCore#core-1.1"

#: Standards of the other endpoints below the base URL, with the version of their interface.
_VOSI = {
    "ivo://ivoa.net/std/VOSI#capabilities": "capabilities",
    "ivo://ivoa.net/std/VOSI#availability": "availability",
    "ivo://ivoa.net/std/VOSI#tables-1.1": "tables",
    "ivo://ivoa.net/std/DALI#examples": "examples",
}


def capabilities(tap_url: str, time_limit: float, methods: Sequence[str] = ()) -> bytes:
    """Return the capabilities.

    Parameters
    ----------
    tap_url
        The base URL of the TAP service, without a slash at the end.
    time_limit
        Seconds a query may take.
    methods
        Ways to sign in (``securityMethod/@standardID``), the first one preferred.
    """
    top = root("vosi", "capabilities", "vs", "vr", "tr")
    tap = child(top, "capability", kind="tr:TableAccess", attributes={"standardID": _TAP})
    interface = _add_interface(tap, tap_url, "base", role="std", version="1.1")
    for method in methods:
        child(interface, "securityMethod", attributes={"standardID": method})
    child(tap, "dataModel", "ObsCore-1.1", attributes={"ivo-id": _OBSCORE})
    _add_language(tap)
    _add_formats(tap)
    _add_limits(tap, time_limit)
    for standard, path in _VOSI.items():
        element = child(top, "capability", attributes={"standardID": standard})
        _add_interface(element, f"{tap_url}/{path}", "full")
    return document(top)


def _add_interface(
    parent: Element, url: str, use: str, role: str | None = None, version: str | None = None
) -> Element:
    given = {"role": role, "version": version}
    attributes = {name: value for name, value in given.items() if value}
    element = child(parent, "interface", kind="vs:ParamHTTP", attributes=attributes)
    child(element, "accessURL", url, attributes={"use": use})
    return element


def _add_language(parent: Element) -> None:
    language = child(parent, "language")
    child(language, "name", "ADQL")
    for version in ("2.0", "2.1"):
        identifier = f"ivo://ivoa.net/std/ADQL#v{version}"
        child(language, "version", version, attributes={"ivo-id": identifier})
    child(language, "description", "A subset of ADQL 2.1")
    _add_features(language, "features-udf", [(f.signature, f.description) for f in USER_DEFINED])
    _add_features(language, "features-adqlgeo", [(name, None) for name in geometry.NAMES])


def _add_features(parent: Element, kind: str, forms: list[tuple[str, str | None]]) -> None:
    features = child(parent, "languageFeatures", attributes={"type": f"{_REGEXT}#{kind}"})
    for form, description in forms:
        feature = child(features, "feature")
        child(feature, "form", form)
        if description:
            child(feature, "description", description)


def _add_formats(parent: Element) -> None:
    for one in FORMATS:
        element = child(parent, "outputFormat")
        child(element, "mime", one.mime)
        for alias in one.aliases:
            child(element, "alias", alias)


def _add_limits(parent: Element, time_limit: float) -> None:
    execution = child(parent, "executionDuration")
    child(execution, "hard", str(int(time_limit)))
    output = child(parent, "outputLimit")
    child(output, "default", str(DEFAULT_MAXREC), attributes={"unit": "row"})
    child(output, "hard", str(HARD_MAXREC), attributes={"unit": "row"})
