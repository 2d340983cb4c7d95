"""What a service grants jobs, and how it writes of them."""

from dataclasses import dataclass

_HOUR, _DAY = 3_600, 86_400


@dataclass(frozen=True)
class Dialect:
    """How job documents are written; all of these are met in the wild.

    Attributes
    ----------
    prefix
        Of all elements, with its colon; empty for the default namespace.
    has_nil
        Whether a missing value is an empty element with ``xsi:nil``, or no element.
    indent
        White space of a level.
    version
        Of the root, None for a service of UWS 1.0, which says none and ignores WAIT.
    bare_errors
        Whether errors are VOTables without a RESOURCE, their INFO at the top.
    """

    prefix: str = "uws:"
    has_nil: bool = True
    indent: str = "  "
    version: str | None = "1.1"
    bare_errors: bool = False


#: As the vollt library writes (``eso.md``, 3).
VOLLT = Dialect(prefix="", indent="\t")


@dataclass(frozen=True)
class Oddities:
    """What services do that no standard asks for, or that clients seldom meet.

    Attributes
    ----------
    detour
        A phase, or a word that is none, between QUEUED and EXECUTING: for ``pause`` seconds, or
        until another RUN where it is HELD.
    pause
        Seconds of the detour.
    executing
        Seconds every job executes more than its query needs.
    forgets_run
        Whether PHASE=RUN at the creation of a job is overlooked.
    shows_job
        Whether the creation is answered with the job, not with a redirect.
    knows_delete
        Whether the method DELETE works.
    vanishes
        Whether a job is forgotten when it begins to execute.
    archives
        Whether a job that is done is archived at once, without its result.
    skew
        Seconds its clock is ahead.
    """

    detour: str | None = None
    pause: float = 1.0
    executing: float = 0.0
    forgets_run: bool = False
    shows_job: bool = False
    knows_delete: bool = True
    vanishes: bool = False
    archives: bool = False
    skew: float = 0.0


@dataclass(frozen=True)
class JobRules:
    """Limits and habits of a service.

    Attributes
    ----------
    duration, longest_duration
        Seconds a job may execute: unless it says otherwise, and at most.
    lifetime, longest_lifetime
        Seconds until it is destroyed: unless it says otherwise, and at most.
    most_jobs, most_bytes
        What somebody may have at once.
    longest_wait
        Seconds a request with WAIT blocks at most.
    lists_anonymous
        Whether the list has the jobs of nobody for those who have not signed in. Some services
        answer them with an empty list, although there are jobs.
    folder
        Last part of the address of the job list.
    location
        What redirects have in place of the origin: nothing for a relative address, another origin;
        None for their own.
    dialect
        How documents are written.
    odd
        What is odd about the service.
    """

    duration: float = 600
    longest_duration: float = _HOUR
    lifetime: float = _DAY
    longest_lifetime: float = 7 * _DAY
    most_jobs: int = 200
    most_bytes: int = 512 * 2**20
    longest_wait: float = 60
    lists_anonymous: bool = True
    folder: str = "async"
    location: str | None = None
    dialect: Dialect = Dialect()
    odd: Oddities = Oddities()
