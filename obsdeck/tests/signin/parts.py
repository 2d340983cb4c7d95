"""Archives, ways of signing in and clocks for tests of accounts."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from obsdeck.archives.archive import Archive, binding
from obsdeck.credentials.credential import Credential, Keep, Place, Signature
from obsdeck.credentials.kinds.base import Ask, Renewal, SmallAnswer
from obsdeck.credentials.secret import Secret
from obsdeck.errors import ObsdeckError
from obsdeck.signin.held import Held

NOON = 1_800_000_000.0
"""2027-01-15 08:00 UTC, the time at which test clocks begin."""

PASSWORD = "correct-horse"
TOKEN = "invented-token-of-the-tests"


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: float = NOON

    def __call__(self) -> float:
        """Return Unix time in seconds."""
        return self.now


def archive(name: str = "one", source: Any = "shipped", **sign_in: Any) -> Archive:
    """Return an archive `name` whose password goes to `name.example`."""
    return Archive(
        {
            "id": name,
            "name": name.capitalize(),
            "kind": "ivoa",
            "description": "For tests.",
            "services": {"tap": [{"url": f"https://{name}.example/tap", "title": "T"}]},
            "signIn": {"kind": "fake", "tokenUrl": f"https://{name}.example/login", **sign_in},
            "origins": [f"https://{name}.example"],
            "rank": 1,
        },
        source,
    )


def credential(token: str = TOKEN, **changes: Any) -> Credential:
    """Return a credential that the archive accepted at noon and that lasts an hour."""
    usual = Credential("fake", Secret(token), "ada", ("read",), NOON + 3600, NOON, NOON)
    return replace(usual, **changes)


def held(
    token: str = TOKEN, of: Archive | None = None, kept: Keep = "session", **changes: Any
) -> Held:
    """Return what somebody typed."""
    bound = binding(of or archive())
    return Held(credential(token, **changes), Place("here", "", kept), bound)


@dataclass
class Shelf:
    """Stands in for the archive store.

    Attributes
    ----------
    archives
        What it holds.
    """

    archives: list[Archive] = field(default_factory=lambda: [archive("one"), archive("two")])

    def all(self) -> list[Archive]:
        """Return every archive."""
        return self.archives

    def get(self, archive_id: str) -> Archive:
        """Return one archive."""
        for known in self.archives:
            if known.id == archive_id:
                return known
        raise ObsdeckError("not-found", f"There is no archive “{archive_id}” here.", status=404)


@dataclass
class FakeKind:
    """A way of signing in where the user name becomes part of the token.

    Attributes
    ----------
    gate
        Holds sign-ins and renewals up until it is set.
    accepts
        Whether the archive accepts credentials.
    newer
        What `renew` gives.
    """

    asks: tuple[str, ...] = ("username", "password")
    gate: asyncio.Event | None = None
    accepts: bool = True
    newer: Credential | None = None
    asked: int = 0

    async def sign_in(self, archive: Archive, fields: Mapping[str, Secret], ask: Ask) -> Credential:
        """Accept everybody who knows the password."""
        self.asked += 1
        await self._wait()
        if fields.get("password") != Secret(PASSWORD):
            raise ObsdeckError(
                "not-signed-in",
                f"{archive.name} did not accept this user name and password.",
                archive=archive.id,
            )
        name = fields["username"].reveal()
        return credential(f"{TOKEN}-of-{name}", who=name)

    def read(self, archive: Archive, text: str) -> Credential | None:
        """Take everything that begins like a token."""
        if not text.startswith("invented"):
            return None
        return credential(text, checked=None, expires=None)

    async def check(self, archive: Archive, credential: Credential, ask: Ask) -> Credential:
        """Say what `accepts` says."""
        self.asked += 1
        if not self.accepts:
            raise ObsdeckError("expired", f"The {archive.name} sign-in ran out.")
        return replace(credential, checked=NOON + 60, who="grace")

    async def renew(self, archive: Archive, credential: Credential, ask: Ask) -> Credential | None:
        """Return `newer`."""
        self.asked += 1
        await self._wait()
        return self.newer

    def renewal(self, archive: Archive, credential: Credential) -> Renewal:
        """Say whether there is a newer one."""
        return "alone" if self.newer else "asks"

    def sign(self, archive: Archive, credential: Credential) -> Signature:
        """Put the token into a header."""
        return Signature({"X-Test": credential.secret})

    async def _wait(self) -> None:
        if self.gate is not None:
            await self.gate.wait()


async def nobody_asks(*_args: Any, **_options: Any) -> SmallAnswer:
    """Stand in for the way to the archives, which `FakeKind` never goes."""
    raise AssertionError("an archive was asked")
