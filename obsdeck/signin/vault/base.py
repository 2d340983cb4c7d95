"""What every vault can do."""

from __future__ import annotations

from typing import Protocol

from obsdeck.credentials.credential import Keep
from obsdeck.signin.held import Contents, Held


class Vault(Protocol):
    """Keeps credentials by identity and archive; all methods may block.

    Every method raises `ObsdeckError` (`unavailable`) when the vault cannot be reached.
    """

    keep: Keep
    """Which choice of “Keep me signed in” it is."""

    def read(self, identity: str) -> Contents:
        """Return everything of one identity; what cannot be read is left out and told."""
        ...

    def put(self, identity: str, archive: str, held: Held) -> None:
        """Store a credential in place of an earlier one."""
        ...

    def drop(self, identity: str, archive: str) -> None:
        """Forget a credential; none there is fine."""
        ...

    def set_aside(self, identity: str, archive: str, aside: bool) -> None:
        """Remember whether what is found for an archive shall be left alone."""
        ...

    def problems(self, identity: str) -> tuple[str, ...]:
        """Return what the user should know, one sentence each."""
        ...
