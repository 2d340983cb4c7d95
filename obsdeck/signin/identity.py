"""Whose accounts they are: one vault for each identity Jupyter can tell apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from obsdeck.errors import ObsdeckError

IdentityMode = Literal["auto", "owner", "each", "off"]
"""Trait `identities`: see `Identities`."""

CANNOT_TELL = "Sign-in is off: this server cannot tell its users apart."
SWITCHED_OFF = "Sign-in is off: the administrator of this server switched it off."
NO_OWNER = "Notebooks have no accounts here: this server does not know whose it is."


@dataclass(frozen=True)
class Identity:
    """Somebody who has accounts of their own.

    Attributes
    ----------
    key
        `owner`, or `user:` and the name Jupyter knows; names the vault, is shown to nobody.
    reason
        Why there is no signing in, one sentence; empty where there is.
    """

    key: str
    reason: str = ""

    @property
    def enabled(self) -> bool:
        """Whether there is signing in."""
        return not self.reason

    @property
    def is_owner(self) -> bool:
        """Whether it is the operating system's user, to whom environment and files belong."""
        return self.enabled and self.key == OWNER.key

    def check_enabled(self, archive: str | None = None) -> None:
        """Refuse where there is no signing in.

        Raises
        ------
        ObsdeckError
            `forbidden`, with the reason.
        """
        if self.reason:
            raise ObsdeckError("forbidden", self.reason, status=403, archive=archive)


OWNER = Identity("owner")
"""The person whose server it is."""


@dataclass(frozen=True)
class Identities:
    """From Jupyter's user names to identities.

    Attributes
    ----------
    mode
        `owner`: everybody who is in is the owner. `each`: each user name has accounts of its
        own. `off`: nobody has any. `auto`: `each` where Jupyter knows people, else `owner`,
        except on a server made for several people at once, where it is off.
    knows_people
        Whether Jupyter's user names are people's (they are random ones otherwise).
    collaborative
        Whether several people work on this server at once; asked at every use, since
        extensions load after this one.
    owner_name
        User name of the owner where Jupyter knows people, None if it is not known.
    """

    mode: IdentityMode = "auto"
    knows_people: bool = False
    collaborative: Callable[[], bool] = lambda: False
    owner_name: str | None = None

    def of(self, user_name: str) -> Identity:
        """Return the identity of somebody who is signed in to Jupyter."""
        if self.mode == "off":
            return Identity("", SWITCHED_OFF)
        if self.mode == "each" or (self.mode == "auto" and self.knows_people):
            return OWNER if user_name == self.owner_name else Identity(f"user:{user_name}")
        if self.mode == "auto" and self.collaborative():
            return Identity("", CANNOT_TELL)
        return OWNER

    def kept(self, key: str) -> Identity | None:
        """Return the identity of a key that was kept, None where nobody here can have it."""
        name = key.removeprefix("user:") if key.startswith("user:") else self.owner_name or ""
        found = self.of(name)
        return found if found.key == key else None

    def of_kernels(self) -> Identity:
        """Return who kernels act for: the owner, to whom their processes belong.

        Where Jupyter knows people and nobody of them is known to be the owner, it is nobody.
        """
        if self.mode == "each" or (self.mode == "auto" and self.knows_people):
            return OWNER if self.owner_name is not None else Identity("", NO_OWNER)
        return self.of("")
