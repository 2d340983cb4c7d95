"""VOSI capabilities of the TAP service with its TAPRegExt description."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from obsdeck.sandbox.adql.functions import USER_DEFINED
from obsdeck.sandbox.catalog.obscore import OBSCORE
from obsdeck.sandbox.output.formats import FORMATS
from obsdeck.sandbox.uploads.upload import UploadLimits
from obsdeck.sandbox.uws.rules import JobRules
from obsdeck.sandbox.web.base import Service
from obsdeck.sandbox.web.offer import Offer
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


def capabilities(tap_url: str, service: Service, offer: Offer) -> bytes:
    """Return the capabilities.

    Parameters
    ----------
    tap_url
        The base URL of the TAP service, without a slash at the end.
    service
        What answers it.
    offer
        What else there is to it; the first way to sign in is the preferred one.
    """
    top = root("vosi", "capabilities", "vs", "vr", "tr")
    tap = child(top, "capability", kind="tr:TableAccess", attributes={"standardID": _TAP})
    interface = _add_interface(tap, tap_url, "base", role="std", version="1.1")
    for method in offer.security_methods:
        child(interface, "securityMethod", attributes={"standardID": method})
    if service.archive.catalog.table(OBSCORE.name) is not None:
        child(tap, "dataModel", "ObsCore-1.1", attributes={"ivo-id": _OBSCORE})
    _add_language(tap, service.archive.geometry)
    _add_formats(tap)
    if service.uploads.tables:
        child(tap, "uploadMethod", attributes={"ivo-id": f"{_REGEXT}#upload-inline"})
    _add_limits(tap, offer.jobs, service.uploads)
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


def _add_language(parent: Element, shapes: Sequence[str]) -> None:
    language = child(parent, "language")
    child(language, "name", "ADQL")
    for version in ("2.0", "2.1"):
        identifier = f"ivo://ivoa.net/std/ADQL#v{version}"
        child(language, "version", version, attributes={"ivo-id": identifier})
    child(language, "description", "A subset of ADQL 2.1")
    _add_features(language, "features-udf", [(f.signature, f.description) for f in USER_DEFINED])
    _add_features(language, "features-adqlgeo", [(name, None) for name in shapes])


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


def _add_limits(parent: Element, rules: JobRules, uploads: UploadLimits) -> None:
    _add_limit(parent, "retentionPeriod", rules.lifetime, rules.longest_lifetime)
    _add_limit(parent, "executionDuration", rules.duration, rules.longest_duration)
    _add_limit(parent, "outputLimit", DEFAULT_MAXREC, HARD_MAXREC, unit="row")
    if uploads.tables:
        _add_limit(parent, "uploadLimit", uploads.rows, uploads.rows, unit="row")


def _add_limit(parent: Element, name: str, default: float, hard: float, **attributes: str) -> None:
    limit = child(parent, name)
    child(limit, "default", str(round(default)), attributes=attributes)
    child(limit, "hard", str(round(hard)), attributes=attributes)
