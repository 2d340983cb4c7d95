"""What a TAP service of the sandbox offers beside its tables."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from obsdeck.sandbox.uws.rules import JobRules

#: Returns the address on another host that a result is fetched from, for a file and its type.
Sign = Callable[[Path, str], str]


@dataclass(frozen=True)
class Offer:
    """Ways in and ways out of a service.

    Attributes
    ----------
    security_methods
        Ways to sign in as the capabilities list them.
    jobs
        Limits and habits of its jobs.
    signed
        Where results of jobs are, None for the service itself.
    """

    security_methods: Sequence[str] = ()
    jobs: JobRules = field(default_factory=JobRules)
    signed: Sign | None = None
