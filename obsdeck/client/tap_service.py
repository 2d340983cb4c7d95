"""TAP services of an archive, asked through a session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyvo

from obsdeck.archives.archive import Archive
from obsdeck.client.archive_session import ArchiveSession
from obsdeck.errors import ObsdeckError

_PROTOCOLS = ("tap", "regtap")


def tap_service(
    archive: Archive, service: str | None, session: ArchiveSession
) -> pyvo.dal.TAPService:
    """Return a TAP service whose requests, jobs and DataLinks go through a session.

    Parameters
    ----------
    archive
        The archive.
    service
        Title or address of one of its services; None for the first one.
    session
        Signs what may be signed.

    Raises
    ------
    ObsdeckError
        `not-found` if there is no such service.
    """
    offered = [s for key in _PROTOCOLS for s in archive.definition["services"].get(key, [])]
    return pyvo.dal.TAPService(_address(archive, offered, service), session=session)


def _address(archive: Archive, offered: Sequence[Mapping[str, Any]], service: str | None) -> str:
    for entry in offered:
        if service is None or _names(entry, service):
            return str(entry["url"])
    if not offered:
        what = f"{archive.name} has no TAP service."
    else:
        titles = ", ".join(f"“{entry['title']}” ({entry['url']})" for entry in offered)
        what = f"{archive.name} has no TAP service “{service}”. It has: {titles}."
    raise ObsdeckError("not-found", what, status=404, archive=archive.id)


def _names(entry: Mapping[str, Any], service: str) -> bool:
    by_title = str(entry["title"]).casefold() == service.casefold()
    return by_title or str(entry["url"]).rstrip("/") == service.rstrip("/")
