"""What the page asks the gateway for, and what comes back."""

from __future__ import annotations

from collections.abc import AsyncIterable, Callable, Mapping
from dataclasses import dataclass

from obsdeck.archives.archive import Archive
from obsdeck.errors import ObsdeckError
from obsdeck.gateway.body import RequestBody
from obsdeck.gateway.headers import RawHeaders
from obsdeck.gateway.url import Target


@dataclass(frozen=True)
class Call:
    """One request of the page.

    Attributes
    ----------
    archive
        On whose behalf; decides which private addresses are allowed.
    method
        Upper-case verb.
    target
        Where to.
    headers
        Header lines as they are sent, without `Host`.
    body
        What is uploaded, or None.
    as_me
        Whether the request shall carry the archive's credential.
    """

    archive: Archive
    method: str
    target: Target
    headers: RawHeaders
    body: RequestBody | None = None
    as_me: bool = False

    def rejected(self, what: str, hint: str = "") -> ObsdeckError:
        """Return the failure "<archive>: <what>" as something the archive got wrong."""
        return ObsdeckError(
            "bad-answer",
            f"{self.archive.name}: {what}",
            hint=hint,
            status=502,
            archive=self.archive.id,
        )


@dataclass(frozen=True)
class Answer:
    """An archive's answer whose body has not been read yet."""

    status: int
    headers: RawHeaders
    target: Target
    chunks: AsyncIterable[bytes]


CredentialSource = Callable[[Archive, Target], Mapping[str, str]]
"""Gives the header lines that sign a request in, if the address may see them."""


def no_credential(archive: Archive, target: Target) -> Mapping[str, str]:
    """Sign nothing in (the default `CredentialSource`)."""
    return {}
