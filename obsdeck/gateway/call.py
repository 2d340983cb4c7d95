"""What the page asks the gateway for, and what comes back."""

from __future__ import annotations

from collections.abc import AsyncIterable
from dataclasses import dataclass, field
from typing import Protocol

from obsdeck.addresses.url import Target
from obsdeck.archives.archive import Archive
from obsdeck.credentials.credential import Signature
from obsdeck.errors import ObsdeckError
from obsdeck.gateway.body import RequestBody
from obsdeck.gateway.headers import RawHeaders


class Wallet(Protocol):
    """The credentials of one person."""

    async def signature(self, archive: Archive) -> Signature | None:
        """Return what signs a request in to an archive, None where nothing is needed.

        Raises
        ------
        ObsdeckError
            `not-signed-in` or `expired`.
        """
        ...

    async def refused(self, archive: Archive) -> None:
        """Take note that the archive did not accept the signature (401)."""
        ...


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
        Where to, without anything secret: that is added when the request is sent.
    headers
        Header lines as they are sent, without `Host`.
    body
        What is uploaded, or None.
    wallet
        Asked for the archive's credential at every address that may see it; None: anonymous.
    """

    archive: Archive
    method: str
    target: Target
    headers: RawHeaders
    body: RequestBody | None = None
    wallet: Wallet | None = None

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
    """An archive's answer whose body has not been read yet.

    Attributes
    ----------
    status
        HTTP status.
    headers
        Header lines as they came; `answer_headers` makes them fit to be passed on.
    target
        The address that answered, after all redirects.
    chunks
        The body; what signed the request in is masked in it and in the header lines.
    signed
        Whether the request that got this answer carried a credential.
    """

    status: int
    headers: RawHeaders = field(repr=False)
    target: Target
    chunks: AsyncIterable[bytes]
    signed: bool = False
