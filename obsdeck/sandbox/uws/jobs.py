"""The jobs of one service: made, found, run, and forgotten when their time has come."""

import asyncio
import shutil
import tempfile
import uuid
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from obsdeck.sandbox.accounts.store import Clock
from obsdeck.sandbox.uws.documents import Address
from obsdeck.sandbox.uws.job import TERMINAL, Job, Phase, Result
from obsdeck.sandbox.uws.rules import JobRules

#: Jobs of one service that execute at once; others wait in QUEUED.
_SLOTS = 16


class JobFailedError(Exception):
    """A job that cannot be done; the text says why, for the person who made it."""


class NoRoomError(Exception):
    """Somebody has all the jobs a service grants, or as many bytes; the text says which."""


class Plan(Protocol):
    """A job whose parameters are understood."""

    @property
    def queued(self) -> float:
        """Seconds it stays in QUEUED."""

    async def run(self, file: Path) -> Sequence[Result]:
        """Write the result into a file, and others into files whose names go on after a hyphen.

        Raises JobFailedError, and may be cancelled.
        """


class Work(Protocol):
    """What the jobs of a service do."""

    async def plan(self, job: Job) -> Plan:
        """Look at the parameters of a job; raises JobFailedError."""


class Jobs:
    """The jobs of one service. All methods belong to the event loop.

    Parameters
    ----------
    rules
        Limits and habits of the service.
    work
        What its jobs do.
    clock
        Returns Unix time in seconds: when jobs are made, and when they are destroyed.
    address
        Where a result is, anew whenever somebody reads of it; None for below its job.
    """

    def __init__(
        self, rules: JobRules, work: Work, clock: Clock, address: Address | None = None
    ) -> None:
        self.rules = rules
        self.address = address
        self.clock: Clock = lambda: clock() + rules.odd.skew
        self._work = work
        self._jobs: dict[str, Job] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._slots = asyncio.Semaphore(_SLOTS)
        self._folder: Path | None = None

    def create(
        self,
        owner: str | None,
        parameters: Mapping[str, Sequence[str]],
        files: Mapping[str, bytes],
        run_id: str | None,
    ) -> Job:
        """Make a job in PENDING; raises NoRoomError."""
        self._sweep()
        if len(self._of(owner)) >= self.rules.most_jobs:
            raise NoRoomError(
                f"There are {self.rules.most_jobs} jobs of yours already: delete some of them."
            )
        now = self.clock()
        lifetime, duration = self.rules.lifetime, self.rules.duration
        job = Job(str(uuid.uuid4()), owner, now, duration, now + lifetime)
        job.run_id = run_id
        self.add_parameters(job, parameters, files)
        self._jobs[job.identifier] = job
        return job

    def add_parameters(
        self, job: Job, parameters: Mapping[str, Sequence[str]], files: Mapping[str, bytes]
    ) -> None:
        """Add to what a job is asked; raises NoRoomError."""
        self._check_room(job.owner, sum(map(len, files.values())))
        job.parameters = {**job.parameters, **parameters}
        for name, content in files.items():
            file = self._file(f"{job.identifier}.{len(job.files)}")
            file.write_bytes(content)
            job.files = {**job.files, name: file}

    def find(self, identifier: str) -> Job | None:
        """Return a job that is still there."""
        self._sweep()
        return self._jobs.get(identifier)

    def listed(self, owner: str | None) -> list[Job]:
        """Return the jobs somebody gets to see, the newest first (UWS 1.1, 2.2.2.1)."""
        self._sweep()
        if owner is None and not self.rules.lists_anonymous:
            return []
        return self._of(owner)[::-1]

    def start(self, job: Job) -> None:
        """Run a job that waits for that; another one stays as it is."""
        if job.phase not in (Phase.PENDING, Phase.HELD):
            return
        job.enter(Phase.QUEUED)
        if job.identifier not in self._tasks:
            task = asyncio.create_task(self._run(job))
            self._tasks[job.identifier] = task
            task.add_done_callback(lambda _: self._tasks.pop(job.identifier, None))

    def abort(self, job: Job, reason: str | None = None) -> None:
        """Stop a job that has not ended."""
        if job.phase not in TERMINAL:
            self._end(job, Phase.ABORTED, reason)
        task = self._tasks.get(job.identifier)
        if task is not None:
            task.cancel()

    def delete(self, job: Job) -> None:
        """Forget a job and what it made."""
        self.abort(job)
        self._jobs.pop(job.identifier, None)
        job.enter(job.phase)  # whoever waits for it learns that it is gone
        for file in _files(job):
            file.unlink(missing_ok=True)

    def close(self) -> None:
        """Forget everything."""
        for job in list(self._jobs.values()):
            self.delete(job)
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _of(self, owner: str | None) -> list[Job]:
        return [job for job in self._jobs.values() if job.owner == owner]

    def _sweep(self) -> None:
        now = self.clock()
        for job in [job for job in self._jobs.values() if job.destruction <= now]:
            self.delete(job)

    async def _run(self, job: Job) -> None:
        with suppress(asyncio.CancelledError):
            try:
                plan = await self._work.plan(job)
                await asyncio.sleep(plan.queued)
                await self._detour(job)
                async with self._slots:
                    await self._execute(job, plan)
            except JobFailedError as failure:
                self._end(job, Phase.ERROR, str(failure))

    async def _detour(self, job: Job) -> None:
        """Go through a phase that jobs elsewhere are not in."""
        odd = self.rules.odd
        if odd.detour is None:
            return
        job.enter(odd.detour)
        if job.phase == Phase.HELD:
            await job.changed.wait()
        else:
            await asyncio.sleep(odd.pause)

    async def _execute(self, job: Job, plan: Plan) -> None:
        job.started = self.clock()
        job.quote = job.started + job.duration
        job.enter(Phase.EXECUTING)
        if self.rules.odd.vanishes:
            self.delete(job)
        file = self._file(job.identifier)
        try:
            async with asyncio.timeout(job.duration):
                await asyncio.sleep(self.rules.odd.executing)
                results = await plan.run(file)
            self._check_room(job.owner, sum(result.size for result in results))
            if not self.rules.odd.archives:
                job.results = results
            self._end(job, Phase.ARCHIVED if self.rules.odd.archives else Phase.COMPLETED)
        except NoRoomError as error:
            raise JobFailedError(str(error)) from None
        except TimeoutError:
            # UWS 1.1, 2.1.10: as if it had been aborted.
            self.abort(job, f"The job was stopped: it took more than {job.duration:g} seconds.")
        finally:
            if not job.results:
                for made in (file, *file.parent.glob(f"{file.name}-*")):
                    made.unlink(missing_ok=True)

    def _check_room(self, owner: str | None, size: int) -> None:
        used = sum(file.stat().st_size for job in self._of(owner) for file in _files(job))
        if used + size > self.rules.most_bytes:
            raise NoRoomError(
                f"Your jobs would take more than {self.rules.most_bytes} bytes: "
                "delete some of them."
            )

    def _file(self, name: str) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="obsdeck-sandbox-"))
        return self._folder / name

    def _end(self, job: Job, phase: Phase, error: str | None = None) -> None:
        job.ended = self.clock()
        job.error = error
        job.enter(phase)


def _files(job: Job) -> list[Path]:
    return [*(result.file for result in job.results), *job.files.values()]
