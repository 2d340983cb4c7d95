"""What a service grants jobs, and how it writes of them."""

from dataclasses import dataclass
from typing import Literal

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
    """

    prefix: str = "uws:"
    has_nil: bool = True
    indent: str = "  "
    version: str | None = "1.1"


#: As the vollt library writes (``eso.md``, 3).
VOLLT = Dialect(prefix="", indent="\t")


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
    location
        What a redirect leads to: an absolute or a relative address.
    dialect
        How documents are written.
    """

    duration: float = 600
    longest_duration: float = _HOUR
    lifetime: float = _DAY
    longest_lifetime: float = 7 * _DAY
    most_jobs: int = 200
    most_bytes: int = 512 * 2**20
    longest_wait: float = 60
    lists_anonymous: bool = True
    location: Literal["absolute", "relative"] = "absolute"
    dialect: Dialect = Dialect()
