"""What signs the requests of one identity, at the moment they are sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from obsdeck.archives.archive import Archive
from obsdeck.credentials.credential import Credential, Signature
from obsdeck.credentials.kinds.base import SignIn
from obsdeck.signin import faults
from obsdeck.signin.account import kind_of, state_of
from obsdeck.signin.held import Held
from obsdeck.signin.holdings import Holdings
from obsdeck.signin.identity import Identity
from obsdeck.signin.troubles import Troubles


@dataclass
class AccountWallet:
    """The gateway's `Wallet` of one identity, made anew for each request."""

    identity: Identity
    kinds: Mapping[str, SignIn]
    holdings: Holdings
    troubles: Troubles
    clock: Callable[[], float]
    _shown: Credential | None = field(default=None, repr=False)

    async def signature(self, archive: Archive) -> Signature | None:
        """Return what a request carries, None at an archive without accounts.

        Raises
        ------
        ObsdeckError
            As `held`.
        """
        kind = self.kinds.get(kind_of(archive))
        if kind is None:
            return None
        return kind.sign(archive, (await self.held(archive)).credential)

    async def held(self, archive: Archive) -> Held:
        """Return the credential in use.

        Raises
        ------
        ObsdeckError
            `not-signed-in` or `expired`; `forbidden` where sign-in is off.
        """
        self.identity.check_enabled(archive.id)
        standing = await self.holdings.standing(self.identity, archive)
        if standing.held is None:
            raise self.holdings.unread(self.identity) or faults.not_signed_in(archive)
        credential, now = standing.held.credential, self.clock()
        trouble = self.troubles.of(self.identity, archive, credential)
        if state_of(standing, trouble, now) != "expired":
            self._shown = credential
            return standing.held
        if trouble is not None and trouble.has_ended:
            raise faults.not_accepted(archive, trouble.at, now)
        raise faults.ran_out(archive, credential.expires or now, now)

    async def refused(self, archive: Archive) -> None:
        """Take note that the archive answered 401 to a signed request.

        One whose end is known goes on being used until then: some archives answer 401 for a
        single thing one may not see. One whose end nobody knows has ended with that.
        """
        standing = await self.holdings.standing(self.identity, archive)
        # Another one may have taken its place while the archive made up its mind.
        credential = self._shown or standing.credential
        if credential is None or standing.credential is None:
            return
        now = self.clock()
        self.troubles.note(
            self.identity,
            archive,
            credential,
            faults.not_accepted_since(archive, now, now),
            has_ended=credential.expires is None,
        )
