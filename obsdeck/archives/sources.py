"""Definitions that do not come from the user: shipped, from packages, from the administrator."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import entry_points
from importlib.resources import files
from typing import Any

from obsdeck.archives.archive import Archive, Source
from obsdeck.archives.schema import InvalidDefinitionError, validate
from obsdeck.archives.signin import check_own

ENTRY_POINT_GROUP = "obsdeck.archives"
"""Each entry point is a list of definitions, or a function without arguments that returns one."""

SANDBOX_ID = "sandbox"
"""Id of the open sandbox; the systems it plays are called `sandbox-…`."""

_SANDBOX_ORIGIN = "http://127.0.0.1:8923"
_SANDBOX_STORAGE = "http://127.0.0.1:8924"
"""What the addresses of its definitions begin with."""


def shipped() -> Iterator[dict[str, Any]]:
    """Yield the definitions of the wheel, the sandbox among them."""
    for entry in (files("obsdeck.archives") / "definitions").iterdir():
        if entry.name.endswith(".json"):
            yield json.loads(entry.read_text("utf-8"))


def from_packages(problems: list[str]) -> Iterator[object]:
    """Yield the definitions that other Python packages register."""
    for point in entry_points(group=ENTRY_POINT_GROUP):
        try:
            offered = point.load()
            yield from offered() if callable(offered) else offered
        except Exception as error:  # a broken package must not take the others along
            problems.append(f"The archives of the package “{point.name}” cannot be read: {error}")


def checked(
    definitions: Iterable[object], source: Source, problems: list[str]
) -> Iterator[Archive]:
    """Yield the valid ones; the others are reported in `problems`."""
    for definition in definitions:
        try:
            valid = validate(definition)
            if source == "user":
                check_own(valid)
        except InvalidDefinitionError as error:
            name = definition.get("id") if isinstance(definition, dict) else None
            problems.append(f"The {source} definition “{name or '?'}” is not valid: {error}")
            continue
        yield Archive(valid, source, trusted=source == "administrator")


def of_sandbox(archive: Archive) -> bool:
    """Whether a shipped archive is the sandbox or one of the systems it plays."""
    return archive.source == "shipped" and archive.id.partition("-")[0] == SANDBOX_ID


def sandbox_at(definition: Mapping[str, Any], origin: str, storage: str | None = None) -> Archive:
    """Return an archive of the sandbox with its addresses moved to where it really listens.

    Parameters
    ----------
    definition
        The shipped one, whose addresses carry the default ports.
    origin
        `http://127.0.0.1:PORT`.
    storage
        The same of the host that its signed addresses lead to.
    """
    places = {_SANDBOX_ORIGIN: origin, _SANDBOX_STORAGE: storage or _SANDBOX_STORAGE}
    moved = {
        "services": _moved(definition["services"], places),
        "signIn": _moved(definition["signIn"], places),
        "origins": _moved(definition["origins"], places),
    }
    return Archive({**definition, **moved}, "shipped", trusted=True)


def _moved(value: Any, places: Mapping[str, str]) -> Any:
    """Move every address in a part of a definition."""
    if isinstance(value, dict):
        return {key: _moved(member, places) for key, member in value.items()}
    if isinstance(value, list):
        return [_moved(member, places) for member in value]
    if isinstance(value, str):
        for shipped, real in places.items():
            if value.startswith(shipped):
                return real + value.removeprefix(shipped)
    return value
