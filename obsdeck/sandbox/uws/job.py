"""One job and what its documents tell of it (UWS 1.1, 2.1)."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class Phase(StrEnum):
    """Phases of a job (UWS 1.1, 2.1.3). A job of a broken service may be in another one."""

    PENDING = "PENDING"
    QUEUED = "QUEUED"
    EXECUTING = "EXECUTING"
    COMPLETED = "COMPLETED"
    ERROR = "ERROR"
    ABORTED = "ABORTED"
    HELD = "HELD"
    ARCHIVED = "ARCHIVED"


#: Phases in which WAIT blocks (UWS 1.1, 2.2.1.1).
ACTIVE = frozenset({Phase.PENDING, Phase.QUEUED, Phase.EXECUTING})

#: Phases that nothing follows but deletion.
TERMINAL = frozenset({Phase.COMPLETED, Phase.ERROR, Phase.ABORTED, Phase.ARCHIVED})


@dataclass(frozen=True)
class Result:
    """What a job has made.

    Attributes
    ----------
    file
        Where it is on disk.
    mime
        Its media type.
    size
        Bytes.
    name
        Its name among the results of the job.
    """

    file: Path
    mime: str
    size: int
    name: str = "result"


@dataclass(eq=False)
class Job:
    """A job; times are Unix times in seconds.

    Attributes
    ----------
    identifier
        Its last part of the address; nobody can guess it.
    owner
        User name of whoever made it, None for anonymous.
    created, started, ended
        When these happened, None for not yet.
    duration
        Seconds it may execute.
    destruction
        When the service forgets it.
    parameters
        What was asked, by name in capitals.
    files
        Where the parts of the request that came along are, by name.
    run_id
        The label the client gave it.
    phase
        A ``Phase``, or a word that no standard has.
    quote
        When the service believes that it is done, None for no idea.
    error
        Why it failed.
    results
        What it has made.
    changed
        Is set when the phase changes, and another one takes its place.
    """

    identifier: str
    owner: str | None
    created: float
    duration: float
    destruction: float
    parameters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    files: Mapping[str, Path] = field(default_factory=dict)
    run_id: str | None = None
    phase: str = Phase.PENDING
    started: float | None = None
    ended: float | None = None
    quote: float | None = None
    error: str | None = None
    results: Sequence[Result] = ()
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def enter(self, phase: str) -> None:
        """Go to a phase and wake whoever waits for that."""
        self.phase = phase
        self.changed.set()
        self.changed = asyncio.Event()
