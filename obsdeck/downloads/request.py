"""What is asked of the queue: `IDownloadRequest` and `IDownloadPlan` of the page."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any, Literal, get_args

from obsdeck.addresses.url import BadAddressError, parse_target
from obsdeck.downloads import reading
from obsdeck.downloads.signed import without_signature

Layout = Literal["flat", "observation", "category"]

_ALGORITHMS = {"md5": 32, "sha-256": 64, "sha-512": 128}
"""Of checksums, with the number of hexadecimal digits."""

_ARCHIVE = re.compile(r"[a-z0-9-]{1,64}")
_MEMBERS = frozenset(
    {
        *("archive", "url", "as", "name", "size", "contentType"),
        *("observation", "category", "source", "found", "digest"),
    }
)


@dataclass(frozen=True)
class Source:
    """Where a fresh address comes from when a signed one is old (`IDownloadSource`)."""

    links: str
    id: str
    semantics: str
    description: str | None = None


@dataclass(frozen=True)
class Found:
    """What the manifest tells of where a file was found."""

    service: str
    query: str


@dataclass(frozen=True)
class Digest:
    """A checksum: algorithm as in `Repr-Digest` (RFC 9530), hexadecimal in lower case."""

    algorithm: str
    value: str


@dataclass(frozen=True)
class Request:
    """A file to fetch; `size` in bytes, as the archive said."""

    archive: str
    url: str
    as_me: bool = False
    name: str | None = None
    size: int | None = None
    content_type: str | None = None
    observation: str | None = None
    category: str | None = None
    source: Source | None = None
    found: Found | None = None
    digest: Digest | None = None

    @cached_property
    def origin(self) -> str:
        """Scheme, host and port of the address; empty where it can never be called."""
        try:
            return parse_target(self.url).origin
        except BadAddressError:
            return ""

    @cached_property
    def address(self) -> str:
        """The address without anything secret."""
        return without_signature(self.url)

    @property
    def key(self) -> tuple[str, ...]:
        """What two requests for the same file have in common."""
        source = self.source
        row = (without_signature(source.links), source.id, source.semantics) if source else ()
        return (self.archive, self.address, *row)

    def unsigned(self) -> Request:
        """Return the request as it may be kept where others read it."""
        source, found = self.source, self.found
        if source is not None:
            source = replace(source, links=without_signature(source.links))
        if found is not None:
            found = replace(found, service=without_signature(found.service))
        return replace(self, url=self.address, source=source, found=found)

    def to_json(self) -> dict[str, Any]:
        """Return it as the journal keeps it; `read_request` reads it."""
        written: dict[str, Any] = {"archive": self.archive, "url": self.url}
        named = {
            "as": "me" if self.as_me else None,
            "name": self.name,
            "size": self.size,
            "contentType": self.content_type,
            "observation": self.observation,
            "category": self.category,
            "source": _without_none(self.source),
            "found": _without_none(self.found),
            "digest": _without_none(self.digest),
        }
        return written | {key: value for key, value in named.items() if value is not None}


@dataclass(frozen=True)
class Plan:
    """Where files go, and whether at once (`IDownloadPlan`)."""

    folder: str
    layout: Layout
    start: bool


def read_request(value: object) -> Request:
    """Return the request in a JSON value.

    Raises
    ------
    ObsdeckError
        `rejected`, when a member is missing, unknown, of another type or out of bounds.
    """
    given = reading.object_of(value, "a file", _MEMBERS)
    archive = reading.text(given, "archive")
    if not _ARCHIVE.fullmatch(archive):
        raise reading.refused("its archive is none")
    if given.get("as") not in {None, "me"}:
        raise reading.refused("in whose name it is fetched is not known")
    return Request(
        archive,
        reading.text(given, "url", reading.LONGEST_ADDRESS),
        given.get("as") == "me",
        reading.optional_text(given, "name"),
        reading.optional_size(given, "size"),
        reading.optional_text(given, "contentType"),
        reading.optional_text(given, "observation"),
        reading.optional_text(given, "category"),
        _source(given.get("source")),
        _found(given.get("found")),
        _digest(given.get("digest")),
    )


def read_plan(value: object) -> Plan:
    """Return the plan in a JSON value.

    Raises
    ------
    ObsdeckError
        `rejected`.
    """
    given = reading.object_of(value, "the plan", {"folder", "layout", "start"})
    layout = next((known for known in get_args(Layout) if known == given.get("layout")), None)
    if layout is None:
        raise reading.refused("its layout is not known")
    if not isinstance(given.get("start"), bool):
        raise reading.refused("whether it starts at once is not said")
    return Plan(reading.text(given, "folder"), layout, given["start"])


def _source(value: object) -> Source | None:
    if value is None:
        return None
    given = reading.object_of(value, "its source", {"links", "id", "semantics", "description"})
    return Source(
        reading.text(given, "links", reading.LONGEST_ADDRESS),
        reading.text(given, "id", reading.LONGEST_ADDRESS),
        reading.text(given, "semantics"),
        reading.optional_text(given, "description", 10_000),
    )


def _found(value: object) -> Found | None:
    if value is None:
        return None
    given = reading.object_of(value, "where it was found", {"service", "query"})
    return Found(
        reading.text(given, "service", reading.LONGEST_ADDRESS),
        reading.text(given, "query", 100_000),
    )


def _digest(value: object) -> Digest | None:
    if value is None:
        return None
    given = reading.object_of(value, "its checksum", {"algorithm", "value"})
    algorithm = reading.text(given, "algorithm")
    written = reading.text(given, "value").lower()
    if not re.fullmatch(r"[0-9a-f]*", written) or len(written) != _ALGORITHMS.get(algorithm):
        raise reading.refused("its checksum is none")
    return Digest(algorithm, written)


def _without_none(part: Source | Found | Digest | None) -> dict[str, Any] | None:
    if part is None:
        return None
    return {key: value for key, value in asdict(part).items() if value is not None}
