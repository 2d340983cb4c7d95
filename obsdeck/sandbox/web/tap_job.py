"""What the jobs of a TAP service do: a query whose result is kept in a file."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from obsdeck.sandbox.accounts.people import find_person
from obsdeck.sandbox.adql.errors import QueryError
from obsdeck.sandbox.archive import Query
from obsdeck.sandbox.uws.job import Job, Result
from obsdeck.sandbox.uws.jobs import JobFailedError
from obsdeck.sandbox.web.base import Service
from obsdeck.sandbox.web.params import ParameterError, Parameters
from obsdeck.sandbox.web.tap_request import TapRequest, read_request
from obsdeck.sandbox.web.tap_result import result_pieces
from obsdeck.sandbox.web.tap_sync import INTERRUPT_PAUSE
from obsdeck.sandbox.web.tap_uploads import uploaded

#: Part of the delay a query asks for that its job spends in QUEUED.
QUEUED_PART = 0.25


class TapPlan:
    """A query that is known to be understood; see ``Plan``."""

    def __init__(self, service: Service, query: Query, request: TapRequest, delay: float) -> None:
        self._service = service
        self._query = query
        self._request = request
        self._delay = delay

    @property
    def queued(self) -> float:
        """Seconds to wait before the job executes."""
        return self._delay * QUEUED_PART

    async def run(self, file: Path) -> Sequence[Result]:
        """Run the query and write its result; a thread that is cancelled is seen to its end."""
        await asyncio.sleep(self._delay * (1 - QUEUED_PART))
        loop = asyncio.get_running_loop()
        writing = loop.run_in_executor(self._service.pool, self._write, file)
        try:
            return [await asyncio.shield(writing)]
        except QueryError as error:
            raise JobFailedError(str(error)) from None
        finally:
            while not writing.done():
                self._query.interrupt("The job was stopped.")
                await asyncio.wait([writing], timeout=INTERRUPT_PAUSE)

    def _write(self, file: Path) -> Result:
        try:
            with file.open("wb") as out:
                size = sum(out.write(piece) for piece in result_pieces(self._query, self._request))
        finally:
            self._query.close()
        return Result(file, self._request.format.mime, size)


class TapWork:
    """The work of the jobs of one TAP service; see ``Work``."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def plan(self, job: Job) -> TapPlan:
        """Check the parameters and the query of a job."""
        person = find_person(job.owner) if job.owner is not None else None
        programmes = person.programmes if person is not None else ()
        try:
            limits = self._service.uploads
            request = read_request(Parameters(job.parameters), limits)
            parts = {name: file.read_bytes for name, file in job.files.items()}
            tables = uploaded(request.uploads, parts, limits)
            query = self._service.archive.query(request.query, programmes, tables)
            loop = asyncio.get_running_loop()
            delay = await loop.run_in_executor(self._service.pool, query.prepare)
        except (ParameterError, QueryError) as error:
            raise JobFailedError(str(error)) from None
        return TapPlan(self._service, query, request, delay)
