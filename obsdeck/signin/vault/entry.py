"""Credentials as JSON: the one form in which they are stored and handed to kernels.

The only module that writes secrets down. An entry of a vault is
`{credential: {…}, place: {kind, name, kept}, fingerprint, overFound}`; times are Unix time in
seconds.
"""

from __future__ import annotations

from typing import Any, get_args

from obsdeck.credentials.credential import Credential, Keep, Place, PlaceKind
from obsdeck.credentials.jwt import LATEST
from obsdeck.credentials.secret import Secret
from obsdeck.signin.held import Held


class DamagedEntryError(ValueError):
    """What is stored is no entry; the text never quotes it."""


def credential_to_json(credential: Credential) -> dict[str, Any]:
    """Return a credential with its secret."""
    return {
        "kind": credential.kind,
        "secret": credential.secret.reveal(),
        "who": credential.who,
        "roles": list(credential.roles),
        "expires": credential.expires,
        "obtained": credential.obtained,
        "checked": credential.checked,
        "facts": dict(credential.facts),
    }


def credential_from_json(value: object) -> Credential:
    """Read what `credential_to_json` wrote.

    Raises
    ------
    DamagedEntryError
        When a member is missing or of another type.
    """
    entry = _object(value)
    return Credential(
        kind=_text(entry.get("kind")),
        secret=Secret(_text(entry.get("secret"))),
        who=None if entry.get("who") is None else _text(entry["who"]),
        roles=tuple(_text(role) for role in _list(entry.get("roles"))),
        expires=_time(entry.get("expires")),
        obtained=_time(entry.get("obtained")) or 0.0,
        checked=_time(entry.get("checked")),
        facts={_text(key): _text(fact) for key, fact in _object(entry.get("facts")).items()},
    )


def place_to_json(place: Place) -> dict[str, Any]:
    """Return `ICredentialPlace`."""
    return {"kind": place.kind, "name": place.name, "kept": place.kept}


def place_from_json(value: object) -> Place:
    """Read what `place_to_json` wrote.

    Raises
    ------
    DamagedEntryError
        When it is no place.
    """
    entry = _object(value)
    kind: PlaceKind | None = next((k for k in get_args(PlaceKind) if k == entry.get("kind")), None)
    kept: Keep | None = next((k for k in get_args(Keep) if k == entry.get("kept")), None)
    if kind is None:
        raise DamagedEntryError("its place is not known")
    return Place(kind, _text(entry.get("name")), kept)


def held_to_json(held: Held) -> dict[str, Any]:
    """Return an entry of a vault."""
    return {
        "credential": credential_to_json(held.credential),
        "place": place_to_json(held.place),
        "fingerprint": held.fingerprint,
        "overFound": held.over_found,
    }


def held_from_json(value: object) -> Held:
    """Read what `held_to_json` wrote.

    Raises
    ------
    DamagedEntryError
        When it is no entry.
    """
    entry = _object(value)
    return Held(
        credential_from_json(entry.get("credential")),
        place_from_json(entry.get("place")),
        _text(entry.get("fingerprint")),
        over_found=entry.get("overFound") is True,
    )


def _object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise DamagedEntryError("an object is missing")
    return value


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise DamagedEntryError("a list is missing")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise DamagedEntryError("a text is missing")
    return value


def _time(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise DamagedEntryError("a time is missing")
    if not 0 <= value <= LATEST:
        raise DamagedEntryError("a time is none of the calendar")
    return float(value)
