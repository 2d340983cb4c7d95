"""Documents of UWS 1.1 (section 2.2 and appendix A)."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from obsdeck.sandbox.uws.job import Job, Result
from obsdeck.sandbox.uws.rules import Dialect

#: Returns where a result of a job is.
Address = Callable[[Result], str]

MIME = "text/xml; charset=utf-8"

_NAMESPACES = {
    "xmlns:xlink": "http://www.w3.org/1999/xlink",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
_UWS = "http://www.ivoa.net/xml/UWS/v1.0"


def iso_time(moment: float) -> str:
    """Return a Unix time as documents have it, UTC with milliseconds."""
    text = datetime.fromtimestamp(moment, UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


def read_time(text: str) -> float:
    """Return the Unix time of an ISO 8601 text, UTC unless it says otherwise; raises ValueError."""
    moment = datetime.fromisoformat(text.strip())
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


class _Writer:
    def __init__(self, dialect: Dialect, name: str) -> None:
        self._dialect = dialect
        namespace = {f"xmlns:{dialect.prefix}".rstrip(":"): _UWS}
        version = {"version": dialect.version} if dialect.version else {}
        self.root = Element(dialect.prefix + name, {**namespace, **_NAMESPACES, **version})

    def add(self, parent: Element, name: str, text: str | None = None, **more: str) -> Element:
        element = SubElement(parent, self._dialect.prefix + name, more)
        element.text = text
        return element

    def add_value(self, parent: Element, name: str, text: str | None) -> None:
        """Add a value that may be missing."""
        if text is not None:
            self.add(parent, name, text)
        elif self._dialect.has_nil:
            self.add(parent, name).set("xsi:nil", "true")

    def document(self) -> bytes:
        indent(self.root, self._dialect.indent)
        written: bytes = tostring(self.root, encoding="UTF-8", xml_declaration=True)
        return written


def job_document(job: Job, url: str, dialect: Dialect, address: Address | None = None) -> bytes:
    """Return the document of a job.

    Parameters
    ----------
    job
        The job.
    url
        Its address.
    dialect
        How it is written.
    address
        Where a result is, None for below the job.
    """
    writer = _Writer(dialect, "job")
    root = writer.root
    writer.add(root, "jobId", job.identifier)
    if job.run_id is not None:
        writer.add(root, "runId", job.run_id)
    writer.add_value(root, "ownerId", job.owner)
    writer.add(root, "phase", job.phase)
    writer.add_value(root, "quote", _optional_time(job.quote))
    if dialect.version is not None:
        writer.add(root, "creationTime", iso_time(job.created))
    writer.add_value(root, "startTime", _optional_time(job.started))
    writer.add_value(root, "endTime", _optional_time(job.ended))
    writer.add(root, "executionDuration", str(round(job.duration)))
    writer.add_value(root, "destruction", iso_time(job.destruction))
    _fill_parameters(writer, writer.add(root, "parameters"), job)
    _fill_results(writer, writer.add(root, "results"), job, url, address)
    if job.error is not None:
        error = writer.add(root, "errorSummary", type="fatal", hasDetail="true")
        writer.add(error, "message", job.error)
    return writer.document()


def parameters_document(job: Job, dialect: Dialect) -> bytes:
    """Return what a job was asked."""
    writer = _Writer(dialect, "parameters")
    _fill_parameters(writer, writer.root, job)
    return writer.document()


def results_document(job: Job, url: str, dialect: Dialect, address: Address | None = None) -> bytes:
    """Return what a job has made; see ``job_document``."""
    writer = _Writer(dialect, "results")
    _fill_results(writer, writer.root, job, url, address)
    return writer.document()


def list_document(jobs: Iterable[tuple[Job, str]], dialect: Dialect) -> bytes:
    """Return a list of jobs with their addresses (UWS 1.1, 2.2.2.1)."""
    writer = _Writer(dialect, "jobs")
    for job, url in jobs:
        more = {"xlink:href": url, "xlink:type": "simple"}
        reference = writer.add(writer.root, "jobref", id=job.identifier, **more)
        writer.add(reference, "phase", job.phase)
        if dialect.version is None:
            continue
        if job.run_id is not None:
            writer.add(reference, "runId", job.run_id)
        writer.add_value(reference, "ownerId", job.owner)
        writer.add(reference, "creationTime", iso_time(job.created))
    return writer.document()


def _fill_parameters(writer: _Writer, parent: Element, job: Job) -> None:
    for name, values in job.parameters.items():
        for value in values:
            writer.add(parent, "parameter", value, id=name)


def _fill_results(
    writer: _Writer, parent: Element, job: Job, url: str, address: Address | None
) -> None:
    for result in job.results:
        more = {
            "xlink:type": "simple",
            "xlink:href": address(result) if address else f"{url}/results/{result.name}",
            "mime-type": result.mime,
            "size": str(result.size),
        }
        writer.add(parent, "result", id=result.name, **more)


def _optional_time(moment: float | None) -> str | None:
    return None if moment is None else iso_time(moment)
