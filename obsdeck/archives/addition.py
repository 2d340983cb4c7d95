"""From what a user types to a definition: checked, completed, never an archive's double."""

from __future__ import annotations

import re
import socket
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from obsdeck.addresses.network import OWN_NETWORK_HINT, is_local_name, literal, refusal
from obsdeck.addresses.url import BadAddressError, Target, parse_target
from obsdeck.archives.archive import Archive, named_addresses, owner_key, service_urls
from obsdeck.archives.schema import InvalidDefinitionError, validate
from obsdeck.archives.signin import check_own, complete
from obsdeck.errors import ObsdeckError

_RANK = 1000
"""Behind the shipped archives."""


def new_definition(
    body: Mapping[str, Any], others: Iterable[Archive], taken: Collection[str]
) -> dict[str, Any]:
    """Return the definition to store for a user's request.

    Parameters
    ----------
    body
        `{name, url}` with the base address of a TAP service (for a pyobs-archive also
        `kind: "pyobs"`) and, where one signs in, `signIn` with its kind; or a whole definition.
    others
        Archives whose hosts the user cannot claim.
    taken
        Ids in use.

    Raises
    ------
    ObsdeckError
        `rejected` for what cannot be stored, `refused-address` for addresses never called.
    """
    definition = dict(body) if "services" in body else _from_address(body)
    definition["id"] = _free_id(str(definition.get("name", "")), taken)
    return _checked(definition, others)


def changed_definition(
    definition: Mapping[str, Any], body: Mapping[str, Any], others: Iterable[Archive]
) -> dict[str, Any]:
    """Return an archive of the user's own with another way of signing in.

    Parameters
    ----------
    definition
        What is stored.
    body
        `{signIn, origins?}`; both replace what was there.
    others
        Archives whose hosts the user cannot claim.

    Raises
    ------
    ObsdeckError
        As `new_definition`.
    """
    surplus = sorted(body.keys() - {"signIn", "origins"})
    if surplus or not isinstance(body.get("signIn"), dict):
        raise ObsdeckError(
            "rejected", "Of an archive of your own, the sign-in and its origins can be changed."
        )
    stored = _checked(dict(definition), others)
    base = next(service_urls(stored), "").rstrip("/")
    sign_in = complete(body["signIn"], base, pyobs=definition.get("kind") == "pyobs")
    return _checked({**stored, **body, "signIn": sign_in}, others)


def _checked(definition: dict[str, Any], others: Iterable[Archive]) -> dict[str, Any]:
    try:
        validate(definition)
        check_own(definition)
    except InvalidDefinitionError as error:
        raise ObsdeckError("rejected", f"This is no archive definition: {error}") from error
    owners = {owner_key(target): other for other in others for target in other.targets}
    for target in named_addresses(definition):
        _check_public(target)
        _check_unclaimed(target, owners)
    return definition


def _from_address(body: Mapping[str, Any]) -> dict[str, Any]:
    name, url = body.get("name"), body.get("url")
    if not isinstance(name, str) or not name.strip() or not isinstance(url, str):
        raise ObsdeckError("rejected", "An archive needs a name and an address.")
    name = name.strip()
    target = _read(url.strip())
    if "?" in target.target:
        raise ObsdeckError(
            "rejected",
            "The address of a service has no part after “?”.",
            hint="Give the base address, the part above /sync.",
        )
    base = target.url.rstrip("/")
    pyobs = body.get("kind") == "pyobs"
    services = {"rest": {"url": base}} if pyobs else {"tap": [{"url": base, "title": name[:80]}]}
    choice = body.get("signIn", {"kind": "drf-token" if pyobs else "none"})
    if not isinstance(choice, dict):
        raise ObsdeckError("rejected", "How one signs in is told by an object with a kind.")
    return {
        "name": name,
        "kind": "pyobs" if pyobs else "ivoa",
        "description": f"Added by you: {target.host}",
        "services": services,
        "signIn": complete(choice, base, pyobs=pyobs),
        "origins": [target.origin],
        "rank": _RANK,
    }


def _read(url: str) -> Target:
    try:
        return parse_target(_ascii_host(url))
    except BadAddressError as error:
        raise ObsdeckError(
            "refused-address",
            f"This address cannot be used, because {error}.",
            hint="Give a complete address, such as https://dc.g-vo.org/tap.",
        ) from error


def _ascii_host(url: str) -> str:
    """Write an international host name the way it is called (IDNA)."""
    try:
        host = urlsplit(url).hostname or ""
        return url if host.isascii() else url.replace(host, host.encode("idna").decode("ascii"), 1)
    except (UnicodeError, ValueError):
        raise BadAddressError("its host cannot be read") from None


def _check_public(target: Target) -> None:
    reason = "a loopback address" if is_local_name(target.host) else None
    address = literal(target.host) or literal(_usual_spelling(target.host))
    if address is not None:
        reason = refusal(address)
    if reason:
        raise ObsdeckError(
            "refused-address",
            f"{target.host} cannot be added, because it is {reason}.",
            hint=OWN_NETWORK_HINT,
            status=403,
        )


def _usual_spelling(host: str) -> str:
    """Return `127.0.0.1` for `127.1`, `0x7f.1` or `2130706433`, and names unchanged."""
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        return host


def _check_unclaimed(target: Target, owners: Mapping[str, Archive]) -> None:
    owner = owners.get(owner_key(target))
    if owner is not None:
        raise ObsdeckError(
            "rejected",
            f"This host belongs to {owner.name}, which is already here.",
            hint=f"Choose {owner.name} in the list of archives.",
            status=409,
            archive=owner.id,
        )


def _free_id(name: str, taken: Collection[str]) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    slug = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:40].strip("-")
    # The prefix keeps clear of ids that later versions may ship.
    base = f"user-{slug}" if slug else "user-archive"
    number, free = 2, base
    while free in taken:
        free, number = f"{base}-{number}", number + 1
    return free
