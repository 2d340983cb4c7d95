"""A wallet for tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from obsdeck.archives.archive import Archive
from obsdeck.credentials.credential import Signature
from obsdeck.errors import ObsdeckError

TOKEN = "Invented/Token+of.a-Test_0123456789"
"""Holds every character that URL encoding and base64 treat specially."""


@dataclass
class FakeWallet:
    """A wallet with one signature for all archives.

    Attributes
    ----------
    held
        What signs requests in, None for an archive that needs nothing; an error is raised.
    asked
        Ids of the archives whose signature was asked for.
    refusals
        Ids of the archives that did not accept it.
    replaced
        The server's accounts, which the wallet stands in for.
    """

    held: Signature | ObsdeckError | None = None
    asked: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    replaced: Any = None

    async def signature(self, archive: Archive) -> Signature | None:
        """Return what is held."""
        self.asked.append(archive.id)
        if isinstance(self.held, ObsdeckError):
            raise self.held
        return self.held

    async def refused(self, archive: Archive) -> None:
        """Note it."""
        self.refusals.append(archive.id)

    def wallet(self, _identity: object) -> FakeWallet:
        """Return the same wallet for everybody."""
        return self
