"""The single values of a job, each with an address of its own (UWS 1.1, 2.2.2.3)."""

from tornado.web import HTTPError

from obsdeck.sandbox.output.votable import MIME, bare_error_document, error_document
from obsdeck.sandbox.uws import documents
from obsdeck.sandbox.uws.documents import iso_time, read_time
from obsdeck.sandbox.uws.job import Job, Phase
from obsdeck.sandbox.uws.jobs import NoRoomError
from obsdeck.sandbox.web.jobs import JobsHandler
from obsdeck.sandbox.web.params import ParameterError
from obsdeck.sandbox.web.tap_uploads import request_files


class ValueHandler(JobsHandler):
    """A value as plain text."""

    def get(self, identifier: str) -> None:
        """Answer with the value; nothing where there is none."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.finish(self.value(self.job_of(identifier)))

    def value(self, job: Job) -> str:
        """Return the value."""
        raise NotImplementedError


class PhaseHandler(ValueHandler):
    """``/phase``."""

    def value(self, job: Job) -> str:
        """Return the phase."""
        return job.phase

    def post(self, identifier: str) -> None:
        """Run or abort the job."""
        job = self.job_of(identifier)
        phase = self.parameters().one("PHASE")
        if phase is None:
            raise ParameterError("PHASE is missing.")
        self.order(job, phase)
        self.see_other(self.job_url(job))


class DurationHandler(ValueHandler):
    """``/executionduration``."""

    def value(self, job: Job) -> str:
        """Return the seconds the job may execute."""
        return str(round(job.duration))

    def post(self, identifier: str) -> None:
        """Set them, as far as the service grants it; 0 asks for no limit."""
        job = self.job_of(identifier)
        text = self.parameters().one("EXECUTIONDURATION") or ""
        if not (text.isascii() and text.isdigit()):
            raise ParameterError(f"EXECUTIONDURATION must be a whole number, not '{text}'.")
        longest = self.jobs.rules.longest_duration
        # A job that has begun keeps what it began with.
        if job.phase == Phase.PENDING:
            job.duration = min(int(text[:9]) or longest, longest)
        self.see_other(self.job_url(job))


class DestructionHandler(ValueHandler):
    """``/destruction``."""

    def value(self, job: Job) -> str:
        """Return when the job is forgotten."""
        return iso_time(job.destruction)

    def post(self, identifier: str) -> None:
        """Set that, as far as the service grants it."""
        job = self.job_of(identifier)
        text = self.parameters().one("DESTRUCTION") or ""
        try:
            moment = read_time(text)
        except ValueError:
            raise ParameterError(f"DESTRUCTION must be an ISO 8601 time, not '{text}'.") from None
        job.destruction = min(moment, job.created + self.jobs.rules.longest_lifetime)
        self.see_other(self.job_url(job))


class QuoteHandler(ValueHandler):
    """``/quote``."""

    def value(self, job: Job) -> str:
        """Return when the job is done at the latest, if that is known."""
        return "" if job.quote is None else iso_time(job.quote)


class OwnerHandler(ValueHandler):
    """``/owner``."""

    def value(self, job: Job) -> str:
        """Return the user name of whoever made the job."""
        return job.owner or ""


class ParametersHandler(JobsHandler):
    """``/parameters``."""

    def get(self, identifier: str) -> None:
        """Answer with what the job was asked."""
        job = self.job_of(identifier)
        self.answer_xml(documents.parameters_document(job, self.jobs.rules.dialect))

    def post(self, identifier: str) -> None:
        """Change that while the job is in PENDING."""
        job = self.job_of(identifier)
        if job.phase != Phase.PENDING:
            raise HTTPError(403, "The job has begun: its parameters stay as they are.")
        given = {name: values for name, values in self.parameters().items() if name != "RUNID"}
        try:
            self.jobs.add_parameters(job, given, request_files(self.request))
        except NoRoomError as error:
            raise HTTPError(503, str(error)) from None
        self.see_other(self.job_url(job))


class ErrorHandler(JobsHandler):
    """``/error``: why the job failed, as a VOTable with status 200 (TAP 1.1, 3.3)."""

    def get(self, identifier: str) -> None:
        """Answer with the error, 404 where there is none."""
        job = self.job_of(identifier)
        if job.error is None:
            raise HTTPError(404, "This job has no error.")
        self.set_header("Content-Type", MIME)
        is_bare = self.jobs.rules.dialect.bare_errors
        self.finish(bare_error_document(job.error) if is_bare else error_document(job.error))
