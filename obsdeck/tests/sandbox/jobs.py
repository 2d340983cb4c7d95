"""Making and watching jobs of the sandbox by hand."""

# mypy: disable-error-code=import-untyped

from xml.etree import ElementTree

import httpx

from obsdeck.tests.sandbox.signing import HTTP

UWS = "{http://www.ivoa.net/xml/UWS/v1.0}"
XLINK = "{http://www.w3.org/1999/xlink}"
NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"

QUICK = "SELECT TOP 3 obs_id FROM ivoa.ObsCore ORDER BY obs_publisher_did"


def slow(seconds: float) -> str:
    """Return a query that takes some time."""
    return f"SELECT TOP 3 obs_id FROM ivoa.ObsCore WHERE obsdeck_delay({seconds}) = 1"


def create(tap: str, query: str = QUICK, **more: object) -> httpx.Response:
    """Ask a TAP service for a job; parameters are in ``data``, headers as they are."""
    data = {"REQUEST": "doQuery", "LANG": "ADQL", "QUERY": query, "FORMAT": "csv"}
    given = more.pop("data", {})
    assert isinstance(given, dict)
    return HTTP.post(f"{tap}/async", data={**data, **given}, **more)  # type: ignore[arg-type]


def made(tap: str, query: str = QUICK, **more: object) -> str:
    """Make a job and return its address."""
    answer = create(tap, query, **more)
    assert answer.status_code == 303, answer.text
    return str(httpx.URL(tap).join(answer.headers["location"]))


def text(url: str, **more: object) -> str:
    """Return the text at an address."""
    answer = HTTP.get(url, **more)  # type: ignore[arg-type]
    assert answer.status_code == 200, answer.text
    return answer.text


def document(url: str, **more: object) -> ElementTree.Element:
    """Return the document at an address."""
    return ElementTree.fromstring(text(url, **more))


def value(job: ElementTree.Element, name: str) -> str | None:
    """Return a value of a job document, None for nil and for missing ones."""
    element = job.find(f"{UWS}{name}")
    return None if element is None or element.get(NIL) == "true" else element.text


def finished(url: str, **more: object) -> str:
    """Run a job and return the phase it ends in."""
    HTTP.post(f"{url}/phase", data={"PHASE": "RUN"}, **more)  # type: ignore[arg-type]
    while True:
        phase = value(document(f"{url}?WAIT=30", **more), "phase")
        if phase not in ("PENDING", "QUEUED", "EXECUTING"):
            return str(phase)
