"""How one signs in to an archive of the user's own: what may be said, and what is completed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from obsdeck.archives.archive import service_urls
from obsdeck.archives.schema import InvalidDefinitionError

_OWN_MEMBERS = frozenset(
    {"kind", "tokenUrl", "tokenField", "userInfoUrl", "registerUrl", "header", "parameter"}
)
"""What a user's definition may say: no places to look into, no constants that are sent along."""

_RESERVED_HEADERS = frozenset(
    {
        "accept-encoding", "connection", "content-encoding", "content-length", "content-type",
        "cookie", "expect", "forwarded", "host", "origin", "range", "referer", "te", "trailer",
        "transfer-encoding", "upgrade", "user-agent", "via",
    }
)  # fmt: skip
"""Headers that mean something else than a key, in lower case."""


def complete(choice: Mapping[str, Any], base: str, *, pyobs: bool) -> dict[str, Any]:
    """Return `signIn` for what the user chose.

    Parameters
    ----------
    choice
        `{kind}`, with `header` for an API key and `tokenUrl` where a password is exchanged.
    base
        Address of the service without a slash at its end.
    pyobs
        Whether it is a pyobs-archive, whose frames tell whether a token is good.
    """
    sign_in = dict(choice)
    if sign_in.get("kind") == "drf-token":
        sign_in.setdefault("tokenUrl", f"{base}/api-token-auth/")
        if pyobs:
            sign_in.setdefault("userInfoUrl", f"{base}/frames/?offset=0&limit=1")
    return sign_in


def check_own(definition: Mapping[str, Any]) -> None:
    """Refuse what a definition of the user's own may not say of signing in.

    Raises
    ------
    InvalidDefinitionError
        Naming the offending member.
    """
    sign_in = definition["signIn"]
    surplus = sorted(sign_in.keys() - _OWN_MEMBERS)
    if surplus:
        message = f"$.signIn: {', '.join(surplus)} can be set by an administrator only"
        raise InvalidDefinitionError(message)
    header = sign_in.get("header", "").lower()
    if header in _RESERVED_HEADERS or header.startswith(("proxy-", "sec-", "x-forwarded-")):
        raise InvalidDefinitionError(f"$.signIn.header: {header} cannot carry a key")
    if sign_in["kind"] == "none":
        return
    addresses = [*definition["origins"], *service_urls(definition)]
    plain = next((url for url in addresses if not url.lower().startswith("https://")), None)
    if plain is not None:
        raise InvalidDefinitionError(f"$: one signs in over https only, and {plain} is not")
