"""The lists of jobs on disk: one for each identity, shared by all servers of the user."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from obsdeck.errors import ObsdeckError
from obsdeck.files import set_aside
from obsdeck.jobs.record import JobRecord, read_record, refused
from obsdeck.sharedfile import SharedFile, name_of

VERSION = 1

MOST_JOBS = 1_000
MOST_BYTES = 32_000_000
"""How long a list may get; ended jobs are forgotten first, then the oldest."""


class _DamagedError(ValueError):
    """What is stored is no list of jobs, or not all of it; `good` are those that are."""

    def __init__(self, good: list[JobRecord]) -> None:
        super().__init__("a list of jobs is damaged")
        self.good = good


class _NewerError(ValueError):
    """A later version of Obsdeck wrote it."""


@dataclass
class Ledger:
    """Files `jobs-<hash>.json` in a folder: `{"version": 1, "jobs": [record…]}`.

    All methods block, and raise `ObsdeckError` (`unavailable`) when the disk fails.

    Attributes
    ----------
    folder
        Made with mode 0700 when something is stored.
    clock
        Unix time in seconds, for the names of files that are set aside.
    """

    folder: Path
    clock: Callable[[], float] = time.time
    _problems: dict[str, list[str]] = field(default_factory=dict)

    def read(self, identity: str) -> list[JobRecord]:
        """Return the jobs of an identity, newest first; what is damaged is set aside."""
        try:
            return self._stored(identity)
        except _DamagedError:
            return self._mended(identity)
        except _NewerError:
            self._tell(identity, "A newer version of Obsdeck wrote the list of jobs.")
            return []
        except OSError as error:
            raise _unavailable("read", error) from error

    def put(self, identity: str, record: JobRecord) -> None:
        """Keep a job, in place of the one of the same id."""
        self._change(identity, lambda jobs: [record, *_without(jobs, record["id"])])

    def drop(self, identity: str, job: str) -> None:
        """Forget a job; none there is fine."""
        if any(record["id"] == job for record in self.read(identity)):
            self._change(identity, lambda jobs: _without(jobs, job))

    def problems(self, identity: str) -> tuple[str, ...]:
        """Return what the user should know, one sentence each, as long as this server runs."""
        return tuple(self._problems.get(identity, ()))

    def path(self, identity: str) -> Path:
        """Return the file of an identity."""
        return self.folder / f"jobs-{name_of(identity)}.json"

    def _stored(self, identity: str) -> list[JobRecord]:
        try:
            found, _ = SharedFile(self.path(identity)).read()
        except FileNotFoundError:
            return []
        return _parsed(found)

    def _change(self, identity: str, change: Callable[[list[JobRecord]], list[JobRecord]]) -> None:
        file = SharedFile(self.path(identity))
        try:
            with file.alone():
                file.write(_text(change(self._readable(identity))))
        except _NewerError:
            raise refused("a newer version of Obsdeck wrote the list") from None
        except OSError as error:
            raise _unavailable("written", error) from error

    def _mended(self, identity: str) -> list[JobRecord]:
        try:
            with SharedFile(self.path(identity)).alone():
                return self._readable(identity)
        except OSError as error:
            raise _unavailable("read", error) from error

    def _readable(self, identity: str) -> list[JobRecord]:
        """Return what is stored, mending a damaged file; call it under the lock."""
        try:
            return self._stored(identity)
        except _DamagedError as damage:
            file = SharedFile(self.path(identity))
            kept = set_aside(file.path, self.clock)
            file.write(_text(damage.good))
            self._tell(
                identity,
                f"The list of jobs was damaged. It was set aside as {kept.name}; "
                f"{len(damage.good):,} of its jobs could be read.",
            )
            return damage.good

    def _tell(self, identity: str, sentence: str) -> None:
        told = self._problems.setdefault(identity, [])
        if sentence not in told:
            told.append(sentence)


def _parsed(found: bytes) -> list[JobRecord]:
    try:
        value = json.loads(found)
    except (ValueError, RecursionError):
        raise _DamagedError([]) from None
    version = value.get("version") if isinstance(value, dict) else None
    if isinstance(version, int) and version > VERSION:
        raise _NewerError
    stored = value.get("jobs") if isinstance(value, dict) else None
    if not isinstance(stored, list):
        raise _DamagedError([])
    jobs = [job for job in map(_record, stored) if job is not None]
    jobs.sort(key=lambda job: -job["created"])
    if len(jobs) < len(stored):
        raise _DamagedError(jobs)
    return jobs


def _record(value: object) -> JobRecord | None:
    try:
        return read_record(value)
    except ObsdeckError:
        return None


def _text(jobs: list[JobRecord]) -> str:
    """Return the document, without the jobs for which there is no room."""
    kept: list[str] = []
    size = 0
    for job in sorted(jobs, key=lambda job: ("ended" in job, -job["created"])):
        written = json.dumps(job)
        size += len(written)
        if len(kept) == MOST_JOBS or size > MOST_BYTES:
            break
        kept.append(written)
    lines = ",\n".join(kept)
    return f'{{"version": {VERSION}, "jobs": [\n{lines}\n]}}\n'


def _without(jobs: list[JobRecord], job: str) -> list[JobRecord]:
    return [record for record in jobs if record["id"] != job]


def _unavailable(what: str, error: OSError) -> ObsdeckError:
    reason = error.strerror or "unknown cause"
    return ObsdeckError(
        "unavailable",
        f"The list of jobs cannot be {what}: {reason}.",
        hint="The jobs themselves go on at their archives.",
        status=500,
    )
