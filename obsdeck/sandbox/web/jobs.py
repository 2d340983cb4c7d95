"""The resources of UWS 1.1 (section 2.2.2): the job list, jobs, and what belongs to a job."""

import asyncio
from contextlib import suppress
from urllib.parse import urljoin

from tornado.iostream import StreamClosedError
from tornado.web import HTTPError

from obsdeck.sandbox.accounts.guard import DeniedError, challenge
from obsdeck.sandbox.uws import documents
from obsdeck.sandbox.uws.choice import chosen_jobs
from obsdeck.sandbox.uws.job import ACTIVE, Job, Phase, Result
from obsdeck.sandbox.uws.jobs import Jobs, NoRoomError
from obsdeck.sandbox.web.base import ArchiveHandler, Service
from obsdeck.sandbox.web.offer import Sign
from obsdeck.sandbox.web.params import ParameterError
from obsdeck.sandbox.web.tap_uploads import request_files

_PIECE = 2**16

#: Parameters that are orders to the service and no part of what the job does.
_ORDERS = frozenset({"PHASE", "RUNID"})


class JobsHandler(ArchiveHandler):
    """What all of them share."""

    jobs: Jobs

    def initialize(self, service: Service, jobs: Jobs) -> None:
        """Take what the application passes to each handler."""
        super().initialize(service)
        self.jobs = jobs

    @property
    def owner(self) -> str | None:
        """User name of whoever asks, None for anonymous."""
        return self.person.name if self.person is not None else None

    def job_of(self, identifier: str) -> Job:
        """Return a job of whoever asks; raises HTTPError or DeniedError."""
        job = self.jobs.find(identifier)
        if job is None:
            raise HTTPError(404, "There is no such job.")
        if job.owner not in (None, self.owner):
            if self.owner is None:
                header = challenge("Bearer", realm="Jobs of the sandbox")
                raise DeniedError(401, "Unauthorized\n", headers={"WWW-Authenticate": header})
            raise DeniedError(403, "This is the job of somebody else.\n")
        return job

    def list_url(self) -> str:
        """Return the absolute address of the job list."""
        folder = f"/{self.jobs.rules.folder}"
        path, _, _ = self.request.path.partition(folder)
        return f"{urljoin(self.service.base_url, '/').rstrip('/')}{path}{folder}"

    def job_url(self, job: Job) -> str:
        """Return the absolute address of a job."""
        return f"{self.list_url()}/{job.identifier}"

    def see_other(self, url: str) -> None:
        """Answer 303; its address is relative, or at another host, where that is a habit."""
        here = urljoin(self.service.base_url, "/").rstrip("/")
        if self.jobs.rules.location is not None:
            url = self.jobs.rules.location + url.removeprefix(here)
        self.set_status(303)
        self.set_header("Location", url)
        self.finish()

    def answer_xml(self, document: bytes) -> None:
        """Answer with a document of UWS, which nobody shall store: it changes."""
        self.set_header("Content-Type", documents.MIME)
        self.set_header("Cache-Control", "no-store")
        self.finish(document)

    def answer_job(self, job: Job) -> None:
        """Answer with the document of a job."""
        told = (self.job_url(job), self.jobs.rules.dialect, self.jobs.address)
        self.answer_xml(documents.job_document(job, *told))

    def order(self, job: Job, phase: str | None) -> None:
        """Do what PHASE asks for; raises ParameterError."""
        if phase == "RUN":
            self.jobs.start(job)
        elif phase == "ABORT":
            self.jobs.abort(job)
        elif phase is not None:
            raise ParameterError(f"PHASE must be RUN or ABORT, not '{phase}'.")


class JobListHandler(JobsHandler):
    """``/async``: the list of jobs, and where new ones are made."""

    def get(self) -> None:
        """Answer with the jobs of whoever asks."""
        given = self.parameters()
        filters = given.every("PHASE"), given.one("AFTER"), given.one("LAST")
        try:
            chosen = chosen_jobs(self.jobs.listed(self.owner), *filters)
        except ValueError as error:
            raise ParameterError(str(error)) from None
        entries = [(job, self.job_url(job)) for job in chosen]
        self.answer_xml(documents.list_document(entries, self.jobs.rules.dialect))

    def post(self) -> None:
        """Make a job, and run it where PHASE asks for that."""
        try:
            parameters = self.parameters()
            kept = {name: values for name, values in parameters.items() if name not in _ORDERS}
            files = request_files(self.request)
            job = self.jobs.create(self.owner, kept, files, parameters.one("RUNID"))
            if not self.jobs.rules.odd.forgets_run:
                self.order(job, parameters.one("PHASE"))
        except ParameterError as error:
            self.fail(str(error))
        except NoRoomError as error:
            self.fail(str(error), 503)
        else:
            self._show(job)

    def _show(self, job: Job) -> None:
        if self.jobs.rules.odd.shows_job:
            self.answer_job(job)
        else:
            self.see_other(self.job_url(job))


class JobHandler(JobsHandler):
    """``/async/<job>``."""

    def initialize(self, service: Service, jobs: Jobs) -> None:
        """Take what the application passes to each handler."""
        super().initialize(service, jobs)
        self._gone = asyncio.Event()

    def on_connection_close(self) -> None:
        """Stop waiting for a job when the client has gone."""
        self._gone.set()
        super().on_connection_close()

    async def get(self, identifier: str) -> None:
        """Answer with the job, later where WAIT asks for that."""
        job = self.job_of(identifier)
        seconds = self._patience()
        if seconds and job.phase in ACTIVE and self._is_in(job):
            await self._wait(job, seconds)
            job = self.job_of(identifier)
        self.answer_job(job)

    def post(self, identifier: str) -> None:
        """Delete the job where ACTION=DELETE asks for that; browsers know no DELETE."""
        job = self.job_of(identifier)
        if self.parameters().one("ACTION") != "DELETE":
            raise ParameterError("ACTION must be DELETE.")
        self._forget(job)

    def delete(self, identifier: str) -> None:
        """Forget the job."""
        job = self.job_of(identifier)
        if not self.jobs.rules.odd.knows_delete:
            raise HTTPError(405, "Jobs are deleted by POST with ACTION=DELETE here.")
        self._forget(job)

    def _forget(self, job: Job) -> None:
        self.jobs.delete(job)
        self.see_other(self.list_url())

    def _patience(self) -> float:
        """Return the seconds of WAIT, capped; -1 is as long as the service likes."""
        text = self.parameters().one("WAIT")
        rules = self.jobs.rules
        if text is None or rules.dialect.version is None:
            return 0
        if not text.removeprefix("-").isdecimal():
            raise ParameterError(f"WAIT must be a whole number, not '{text}'.")
        seconds = int(text[:9])
        return rules.longest_wait if seconds < 0 else min(seconds, rules.longest_wait)

    def _is_in(self, job: Job) -> bool:
        phase = self.parameters().one("PHASE")
        return phase is None or phase == job.phase

    async def _wait(self, job: Job, seconds: float) -> None:
        waits = [asyncio.ensure_future(w) for w in (job.changed.wait(), self._gone.wait())]
        try:
            await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in waits:
                one.cancel()


class ResultsHandler(JobsHandler):
    """``/async/<job>/results``."""

    def get(self, identifier: str) -> None:
        """Answer with the list of results."""
        job = self.job_of(identifier)
        told = (self.job_url(job), self.jobs.rules.dialect, self.jobs.address)
        self.answer_xml(documents.results_document(job, *told))


class ResultHandler(JobsHandler):
    """``/async/<job>/results/<name>``: what the job made, or the way to it on another host."""

    def initialize(self, service: Service, jobs: Jobs, signed: Sign | None) -> None:  # type: ignore[override]
        """Take what the application passes to each handler."""
        super().initialize(service, jobs)
        self._signed = signed

    async def get(self, identifier: str, name: str) -> None:
        """Answer with the result, piece by piece."""
        job = self.job_of(identifier)
        result = next((one for one in job.results if one.name == name), None)
        if job.phase != Phase.COMPLETED or result is None:
            raise HTTPError(404, "This job has no result.")
        if self._signed is not None:
            self.redirect(self._signed(result.file, result.mime), status=303)
            return
        with suppress(StreamClosedError):
            await self._send(result)

    async def _send(self, result: Result) -> None:
        self.set_header("Content-Type", result.mime)
        self.set_header("Content-Length", str(result.size))
        with result.file.open("rb") as file:
            while piece := await self.in_thread(file.read, _PIECE):
                self.write(piece)
                await self.flush()
