"""Definitions that do not come from the user: shipped, from packages, from the administrator."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from importlib.metadata import entry_points
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from obsdeck.archives.archive import Archive, Source
from obsdeck.archives.schema import InvalidDefinitionError, validate

ENTRY_POINT_GROUP = "obsdeck.archives"
"""Each entry point is a list of definitions, or a function without arguments that returns one."""

SANDBOX_ID = "sandbox"


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
        except InvalidDefinitionError as error:
            name = definition.get("id") if isinstance(definition, dict) else None
            problems.append(f"The {source} definition “{name or '?'}” is not valid: {error}")
            continue
        yield Archive(valid, source, trusted=source == "administrator")


def sandbox_at(definition: dict[str, Any], origin: str) -> Archive:
    """Return the sandbox with its addresses moved to where it really listens.

    Parameters
    ----------
    definition
        The shipped one, whose addresses carry the default port.
    origin
        `http://127.0.0.1:PORT`.
    """
    services = {
        protocol: [{**service, "url": _move(service["url"], origin)} for service in entries]
        for protocol, entries in definition["services"].items()
    }
    return Archive(
        {**definition, "services": services, "origins": [origin]}, "shipped", trusted=True
    )


def _move(url: str, origin: str) -> str:
    return origin + urlsplit(url).path
