"""Filters of the job list (UWS 1.1, 2.2.2.1)."""

from collections.abc import Sequence

from obsdeck.sandbox.uws.documents import read_time
from obsdeck.sandbox.uws.job import Job, Phase


def chosen_jobs(
    jobs: Sequence[Job], phases: Sequence[str], after: str | None, last: str | None
) -> list[Job]:
    """Return the jobs that filters leave over.

    Parameters
    ----------
    jobs
        The newest first.
    phases
        Values of PHASE; none for all. Archived jobs are listed only when asked for.
    after
        Value of AFTER, an ISO 8601 time.
    last
        Value of LAST, how many.

    Raises
    ------
    ValueError
        For a filter that cannot be read; the text says which.
    """
    kept = [job for job in jobs if (job.phase in phases if phases else _is_usual(job))]
    if after is not None:
        moment = _moment(after)
        kept = [job for job in kept if job.created > moment]
    if last is not None:
        if not (last.isascii() and last.isdigit() and int(last[:9])):
            raise ValueError(f"LAST must be a whole number from 1 up, not '{last}'.")
        kept = kept[: int(last[:9])]
    return kept


def _is_usual(job: Job) -> bool:
    return job.phase != Phase.ARCHIVED


def _moment(text: str) -> float:
    try:
        return read_time(text)
    except ValueError:
        raise ValueError(f"AFTER must be an ISO 8601 time, not '{text}'.") from None
