"""One archive as the server sees it: its definition and how far that is trusted."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

from obsdeck.addresses.url import Target, parse_target

Definition = Mapping[str, Any]
"""An archive definition, shaped as `definition.schema.json` says."""

_PAGES = frozenset({"registerUrl", "resetUrl", "accessHelpUrl"})
"""Addresses in `signIn` that people open in their browser and that the server never calls."""

_BINDING = ("kind", "header", "parameter", "scheme", "tokenField")
"""What else of `signIn` says where and how a credential travels."""

Source = Literal["shipped", "administrator", "user", "package"]
"""Who wrote a definition."""


@dataclass(frozen=True)
class Archive:
    """A definition with its source.

    Attributes
    ----------
    definition
        A valid definition.
    source
        Who wrote it.
    trusted
        Whether the gateway may call the private addresses it names.
    """

    definition: Definition
    source: Source
    trusted: bool = False

    @property
    def id(self) -> str:
        """Key of the archive in addresses and settings."""
        return str(self.definition["id"])

    @property
    def name(self) -> str:
        """What people call it; begins every error sentence."""
        return str(self.definition["name"])

    @property
    def only_resolves(self) -> bool:
        """Whether all it does is to tell where names are: nothing that one has an account for."""
        return set(self.definition.get("services", {})) == {"sesame"}

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """Addresses of all its services, of the sign-in and of `origins`."""
        return tuple(named_addresses(self.definition))

    @property
    def trusted_origins(self) -> frozenset[str]:
        """Origins that may be called although their address is private."""
        if not self.trusted:
            return frozenset()
        return frozenset(target.origin for target in self.targets)

    def to_json(self) -> dict[str, Any]:
        """Return the definition as `api/archives` gives it."""
        return {**self.definition, "origin": self.source, "editable": self.source == "user"}


NEW_ARCHIVE = Archive({"id": "new", "name": "New archive"}, "user")
"""Stands in while an address is tried before it is added: no credential, no trust."""


def new_archive(url: str) -> Archive:
    """Return what stands in for an address before it is added, named after its host."""
    host = re.split("[/?#]", url.partition("://")[2])[0].rpartition("@")[2]
    return replace(NEW_ARCHIVE, definition={**NEW_ARCHIVE.definition, "name": host})


def binding(archive: Archive) -> str:
    """Return the fingerprint of what a credential is bound to: source, origins and sign-in.

    A credential that was given under another fingerprint is forgotten: else a changed
    definition could have it sent to somebody new.
    """
    sign_in = archive.definition["signIn"]
    travels = {key: sign_in.get(key) for key in _BINDING}
    urls = {k: v for k, v in sign_in.items() if k.endswith("Url") and k not in _PAGES}
    facts = [archive.id, archive.source, sorted(archive.definition["origins"]), travels, urls]
    text = json.dumps(facts, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def service_urls(definition: Definition) -> Iterator[str]:
    """Yield the addresses of all services and of the sign-in."""
    for entry in definition.get("services", {}).values():
        for service in entry if isinstance(entry, list) else [entry]:
            yield service["url"]
    for key, value in definition.get("signIn", {}).items():
        if key.endswith("Url") and key not in _PAGES:
            yield value


def named_addresses(definition: Definition) -> Iterator[Target]:
    """Yield every address a definition names.

    Raises
    ------
    BadAddressError
        For one that can never be called; a valid definition has none.
    """
    for url in (*service_urls(definition), *definition.get("origins", [])):
        yield parse_target(url)


def owner_key(target: Target) -> str:
    """Return what the addresses of one owner share: host and port, http standing for https."""
    port = 443 if (target.scheme, target.port) == ("http", 80) else target.port
    return f"{target.host}:{port}"
