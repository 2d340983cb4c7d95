"""What went wrong with credentials the last time they were used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from obsdeck.archives.archive import Archive
from obsdeck.credentials.credential import Credential
from obsdeck.credentials.secret import Secret
from obsdeck.signin.identity import Identity


@dataclass(frozen=True)
class Trouble:
    """What went wrong with a credential.

    Attributes
    ----------
    sentence
        For the user.
    has_ended
        Whether the archive does not accept it any more.
    at
        Unix time in seconds.
    """

    sentence: str
    has_ended: bool
    at: float


@dataclass
class Troubles:
    """Troubles by account; one ends as soon as another credential is in use."""

    clock: Callable[[], float]
    _known: dict[tuple[str, str], tuple[Secret, Trouble]] = field(default_factory=dict, repr=False)

    def of(
        self, identity: Identity, archive: Archive, credential: Credential | None
    ) -> Trouble | None:
        """Return what went wrong with this credential."""
        known = self._known.get((identity.key, archive.id))
        if known is None or credential is None:
            return None
        secret, trouble = known
        return trouble if secret == credential.secret else None

    def note(
        self,
        identity: Identity,
        archive: Archive,
        credential: Credential,
        sentence: str,
        *,
        has_ended: bool,
    ) -> None:
        """Remember what went wrong; of one that has ended already the first time counts."""
        earlier = self.of(identity, archive, credential)
        if earlier is None or not earlier.has_ended:
            trouble = Trouble(sentence, has_ended, self.clock())
            self._known[identity.key, archive.id] = (credential.secret, trouble)

    def clear(self, identity: Identity, archive: Archive) -> None:
        """Forget it: the archive accepted the credential."""
        self._known.pop((identity.key, archive.id), None)
