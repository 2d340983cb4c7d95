"""What the page is told of an account (`IAccount` in src/archives/account.ts)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from obsdeck.addresses.url import DEFAULT_PORTS, parse_target
from obsdeck.archives.archive import Archive, service_urls
from obsdeck.credentials.credential import Credential, Place
from obsdeck.credentials.kinds.base import SignIn
from obsdeck.signin.holdings import Standing, has_ended
from obsdeck.signin.troubles import Trouble
from obsdeck.signin.vault.entry import place_to_json

State = Literal["none-needed", "signed-out", "found", "signed-in", "expired"]


def state_of(standing: Standing, trouble: Trouble | None, now: float) -> State:
    """Return where one stands; `none-needed` is decided by the definition."""
    held = standing.held
    if held is None:
        return "signed-out"
    if has_ended(held.credential, now) or (trouble is not None and trouble.has_ended):
        return "expired"
    if held.place.kind != "here" and held.credential.checked is None:
        return "found"
    return "signed-in"


def kind_of(archive: Archive) -> str:
    """Return how one signs in to an archive, `none` where one does not."""
    return str(archive.definition.get("signIn", {}).get("kind", "none"))


def account_json(
    archive: Archive, kind: SignIn | None, standing: Standing, trouble: Trouble | None, now: float
) -> dict[str, Any]:
    """Return the account's JSON, without any secret.

    Parameters
    ----------
    archive
        Whose account it is.
    kind
        How one signs in; None where there is nothing to sign in to, or no signing in here.
    standing
        The credential in use and the one found.
    trouble
        What went wrong with the credential in use.
    now
        Unix time in seconds.
    """
    sign_in: Mapping[str, Any] = archive.definition.get("signIn", {})
    credential = standing.credential
    return {
        "archive": archive.id,
        "kind": kind_of(archive),
        "state": "none-needed" if kind_of(archive) == "none" else state_of(standing, trouble, now),
        **_credential_json(credential, sign_in),
        "place": _place_json(standing.held.place if standing.held else None),
        "renew": kind.renewal(archive, credential) if kind and credential else "none",
        "canSignOut": standing.held is not None,
        "asks": list(kind.asks) if kind else [],
        "host": host_of(archive),
        "origins": list(archive.definition.get("origins", [])),
        "found": _place_json(standing.beside),
        "problem": trouble.sentence if trouble else None,
    }


def host_of(archive: Archive) -> str:
    """Return the host that sees what is typed, with a port that is not the usual one."""
    sign_in = archive.definition.get("signIn", {})
    named = (sign_in.get("tokenUrl"), sign_in.get("userInfoUrl"))
    others = (*archive.definition.get("origins", []), *service_urls(archive.definition))
    url = next((url for url in (*named, *others) if url), None)
    if url is None:
        return ""
    target = parse_target(url)
    host = f"[{target.host}]" if ":" in target.host else target.host
    return host if target.port == DEFAULT_PORTS[target.scheme] else f"{host}:{target.port}"


def _credential_json(credential: Credential | None, sign_in: Mapping[str, Any]) -> dict[str, Any]:
    roles = credential.roles if credential else ()
    words: Mapping[str, str] = sign_in.get("roles", {})
    needs: Mapping[str, str] = sign_in.get("needs", {})
    # Where neither the credential nor the archive told a role, none is known to be missing.
    knows_roles = bool(roles) or (credential is not None and credential.checked is not None)
    return {
        "who": credential.who if credential else None,
        "roles": list(roles),
        "rights": [text for role, text in words.items() if role in roles],
        "missing": [role for role in needs if knows_roles and role not in roles],
        "expires": credential.expires if credential else None,
        "checked": credential.checked if credential else None,
    }


def _place_json(place: Place | None) -> dict[str, Any] | None:
    return None if place is None else place_to_json(place)
