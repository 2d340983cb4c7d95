"""Discovery: credentials that an archive's own tools keep in the environment or in files.

Where to look is data (`signIn.places`), and only definitions that the user did not write may
say so: else an added archive could name any file of the account and have it sent to itself.
"""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from obsdeck.addresses.url import BadAddressError, parse_target
from obsdeck.archives.archive import Archive
from obsdeck.credentials.credential import Credential, Place
from obsdeck.credentials.kinds.base import SignIn

_LARGEST = 65_536
"""Bytes read of a file: no token is longer."""

_VARIABLE = re.compile(r"\$([A-Za-z_][A-Za-z0-9_]*)")


@dataclass(frozen=True)
class Surroundings:
    """Where discovery looks.

    Attributes
    ----------
    environment
        Environment variables of the server's process.
    folder
        What relative paths start from: the folder the server was started in.
    home
        The user's home, `~` in paths.
    """

    environment: MutableMapping[str, str]
    folder: Path
    home: Path

    @classmethod
    def here(cls) -> Surroundings:
        """Return those of this process."""
        return cls(os.environ, Path.cwd(), Path.home())

    def path(self, written: str) -> Path | None:
        """Return the file a definition means, None where a variable in it is not set."""
        names = _VARIABLE.findall(written)
        if any(not self.environment.get(name) for name in names):
            return None
        text = _VARIABLE.sub(lambda match: self.environment[match[1]], written)
        if text == "~" or text.startswith("~/"):
            return self.home / text[2:]
        return self.folder / text


@dataclass(frozen=True)
class Found:
    """A credential and where it was."""

    place: Place
    credential: Credential


def discover(archive: Archive, kind: SignIn, around: Surroundings, now: float) -> Iterator[Found]:
    """Yield what is found, the first place first; blocking, as files are read.

    Places of another installation of the same software (`signIn.instanceVariable`) are not
    looked at: what opens one Rubin Science Platform must not be sent to another.

    Places that are empty, unreadable or hold what is no credential or has expired are passed
    over without a word.

    Parameters
    ----------
    archive
        The archive whose definition names the places.
    kind
        Its way of signing in, which knows a credential when it sees one.
    around
        Environment and folders.
    now
        Unix time in seconds.
    """
    if _belong_elsewhere(archive, around):
        return
    for entry in places_of(archive):
        text = text_at(entry, around)
        credential = kind.read(archive, text) if text else None
        if credential is not None and not _is_over(credential, now):
            yield Found(_place(entry), credential)


def _belong_elsewhere(archive: Archive, around: Surroundings) -> bool:
    name = archive.definition["signIn"].get("instanceVariable")
    instance = around.environment.get(name, "").strip() if name else ""
    if not instance:
        return False
    try:
        origin = parse_target(instance).origin
    except BadAddressError:
        return True
    return origin not in {parse_target(entry).origin for entry in archive.definition["origins"]}


def places_of(archive: Archive) -> list[Mapping[str, Any]]:
    """Return the places of a definition; a user's own has none, whatever it says."""
    if archive.source == "user":
        return []
    places: list[Mapping[str, Any]] = archive.definition["signIn"].get("places", [])
    return places


def entry_at(archive: Archive, place: Place) -> Mapping[str, Any] | None:
    """Return what the definition says of a place, None if it names no such place (any more)."""
    return next((entry for entry in places_of(archive) if _place(entry) == place), None)


def _place(entry: Mapping[str, Any]) -> Place:
    if "environment" in entry:
        return Place("environment", entry["environment"])
    return Place("hub" if entry.get("hub") else "file", entry["file"])


def _is_over(credential: Credential, now: float) -> bool:
    return credential.expires is not None and credential.expires <= now


def text_at(entry: Mapping[str, Any], around: Surroundings) -> str:
    """Return the text at a place without blanks around it, empty if there is none."""
    if "environment" in entry:
        return around.environment.get(entry["environment"], "").strip()
    path = around.path(entry["file"])
    text = _read(path) if path else ""
    return _member(text, entry["key"]) if "key" in entry else text.strip()


def _read(path: Path) -> str:
    """Read a small regular file; a pipe or device in its place must not block the server."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                return ""
            return stream.read(_LARGEST).decode("utf-8")
    except (OSError, ValueError):
        return ""


def _member(text: str, key: str) -> str:
    try:
        value = json.loads(text)[key]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return value.strip() if isinstance(value, str) else ""
