"""`obsdeck-manifest.json`, beside the data: where each file came from, and what it is."""

from __future__ import annotations

import json
import os
import secrets
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from obsdeck.downloads import reading
from obsdeck.downloads.item import Item, Validator
from obsdeck.downloads.request import Request, read_request
from obsdeck.errors import ObsdeckError
from obsdeck.files import sync_folder
from obsdeck.locks import folder_locked

NAME = "obsdeck-manifest.json"
VERSION = 1

MOST_FILES = 100_000
_MOST_BYTES = 200_000_000
_MEMBERS = frozenset(["path", "request", "size", "digest", "validator", "time"])


@dataclass(frozen=True)
class Entry:
    """A file that was saved.

    Attributes
    ----------
    path
        Where it is, below the folder of the manifest, parted by slashes.
    request
        What fetches it again; its address has no signature.
    size
        Bytes.
    digest
        SHA-256, hexadecimal; empty where it is not known.
    validator
        What the archive said to tell whether it is still the same.
    time
        When it was saved, ISO 8601.
    """

    path: str
    request: Request
    size: int
    digest: str
    validator: Validator
    time: str

    def to_json(self) -> dict[str, Any]:
        """Return the entry as it is written; `read_entry` reads it."""
        told = {"etag": self.validator.etag, "modified": self.validator.modified}
        return {
            "path": self.path,
            "size": self.size,
            "digest": f"sha-256:{self.digest}" if self.digest else None,
            "validator": {key: value for key, value in told.items() if value},
            "time": self.time,
            "request": self.request.to_json(),
        }


def is_manifest(name: str) -> bool:
    """Return whether a name is the manifest's, also on disks that do not tell capitals apart.

    No archive may choose it: what it sends would be taken for what was fetched here.
    """
    return name.casefold() == NAME


def entry_of(item: Item) -> Entry:
    """Return what the manifest says of a finished file."""
    path = item.path[len(item.base) :].lstrip("/") if item.base else item.path
    at = datetime.fromtimestamp(item.ended or 0, UTC).isoformat(timespec="seconds")
    request = replace(item.request.unsigned(), name=None)
    return Entry(path, request, item.received, item.saved_digest, item.validator, at)


def read_manifest(path: Path) -> list[Entry]:
    """Return the entries of a manifest, which somebody else may have written (blocking).

    Raises
    ------
    ObsdeckError
        `rejected` when it is none, or when one of its entries is hostile or damaged.
    OSError
        `FileNotFoundError` when it is not there.
    """
    facts = path.stat()
    if not stat.S_ISREG(facts.st_mode):  # a pipe would be waited for
        raise reading.refused("the manifest is no file")
    if facts.st_size > _MOST_BYTES:
        raise reading.refused("the manifest is too long")
    try:
        value = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        raise reading.refused("the manifest is no JSON") from None
    files = value.get("files") if isinstance(value, dict) else None
    if not isinstance(files, list) or len(files) > MOST_FILES:
        raise reading.refused("the manifest has no list of files")
    if isinstance(value.get("version"), int) and value["version"] > VERSION:
        raise reading.refused("a newer version of Obsdeck wrote the manifest")
    return [read_entry(each) for each in files]


def read_entry(value: object) -> Entry:
    """Return the entry in a JSON value; whether its path may be written is not known yet.

    Raises
    ------
    ObsdeckError
        `rejected`.
    """
    given = reading.object_of(value, "a file of the manifest", _MEMBERS)
    validator = reading.object_of(given.get("validator") or {}, "a validator", {"etag", "modified"})
    digest = reading.optional_text(given, "digest") or ""
    return Entry(
        reading.text(given, "path", 4_000),
        read_request(given.get("request")).unsigned(),
        reading.optional_size(given, "size") or 0,
        digest.removeprefix("sha-256:"),
        Validator(
            reading.optional_text(validator, "etag") or "",
            reading.optional_text(validator, "modified") or "",
        ),
        reading.optional_text(given, "time") or "",
    )


def by_key(entries: Iterable[Entry]) -> dict[tuple[str, ...], Entry]:
    """Return entries by what they are; of two for the same the later one."""
    return {entry.request.key: entry for entry in entries}


def add_to(folder: Path, entries: Iterable[Entry]) -> None:
    """Write entries into the manifest of a folder, in place of those of the same path (blocking).

    A manifest that cannot be read is left beside it under another name. One writer at a time:
    the queue of another user or server may have files in the same folder.

    Raises
    ------
    OSError
    """
    with folder_locked(folder):
        _add_to(folder / NAME, entries)


def _add_to(path: Path, entries: Iterable[Entry]) -> None:
    known: dict[str, Entry] = {}
    try:
        known = {entry.path: entry for entry in read_manifest(path)}
    except FileNotFoundError:
        pass
    except ObsdeckError:
        path.replace(path.with_name(f"{NAME}.damaged-{secrets.token_hex(4)}"))
    known |= {entry.path: entry for entry in entries}
    _replace(path, _text(known))


def _text(entries: Mapping[str, Entry]) -> str:
    lines = ",\n".join(json.dumps(entries[path].to_json()) for path in sorted(entries))
    return f'{{"version": {VERSION}, "files": [\n{lines}\n]}}\n'


def _replace(path: Path, text: str) -> None:
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    try:
        with part.open("x", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
