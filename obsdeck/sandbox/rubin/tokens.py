"""Opaque tokens with scopes."""

from obsdeck.sandbox.accounts.people import Person
from obsdeck.sandbox.accounts.store import Clock, Grant, TokenStore, rubin_token

SCOPES = {
    "exec:notebook": "Use the notebook aspect",
    "read:image": "Retrieve images",
    "read:tap": "Query catalogues",
    "user:token": "Make tokens",
}

#: What somebody with few rights gets: tokens of theirs may query nothing.
_FEW = ("exec:notebook",)


class RubinTokens:
    """Issues tokens and finds what they allow."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._store = TokenStore(clock)

    def issue(
        self, person: Person, scopes: tuple[str, ...] = (), lifetime: int | None = None
    ) -> str:
        """Make a token.

        Parameters
        ----------
        person
            Whose it is.
        scopes
            What it shall allow; none asks for everything the person may have, which is also the
            most it gets.
        lifetime
            Seconds it lasts, None for a token without end.
        """
        allowed = tuple(SCOPES) if person.has_all_rights else _FEW
        granted = tuple(scope for scope in allowed if not scopes or scope in scopes)
        seconds = person.lifetime or lifetime
        expires = None if seconds is None else self._clock() + seconds
        return self._store.add(rubin_token(), Grant(person, granted, expires))

    def find(self, token: str) -> Grant | None:
        """Return what a token allows, None if it is unknown or over: nobody can tell which."""
        return self._store.find(token)
