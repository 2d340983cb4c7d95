"""A credential together with where it is kept and what it is bound to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from obsdeck.credentials.credential import Credential, Place


@dataclass(frozen=True)
class Held:
    """A credential of one identity at one archive.

    Attributes
    ----------
    credential
        The credential.
    place
        Where it came from and how long it is kept.
    fingerprint
        Of the definition it was obtained under; empty for one that was found.
    page
        Page whose end is its end, for `kept == "page"`.
    over_found
        Whether another one had been found when the user signed in: the typed one was
        preferred then, and stays so.
    """

    credential: Credential
    place: Place
    fingerprint: str = ""
    page: str | None = None
    over_found: bool = False


@dataclass(frozen=True)
class Contents:
    """What a vault holds for one identity.

    Attributes
    ----------
    entries
        By archive id.
    aside
        Archives whose found credential the user signed out of.
    """

    entries: Mapping[str, Held] = field(default_factory=dict)
    aside: frozenset[str] = frozenset()
