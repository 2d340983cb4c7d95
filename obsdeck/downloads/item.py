"""A file of the queue and how it stands."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from typing import Any, Literal, get_args

from obsdeck.downloads import reading
from obsdeck.downloads.request import Layout, Plan, Request, read_request
from obsdeck.errors import ErrorKind

State = Literal["held", "waiting", "running", "retrying", "paused", "sign-in", "failed", "done"]
"""`DownloadState` of the page."""

End = Literal["checked", "saved", "here"]

GOES_ON: frozenset[State] = frozenset({"waiting", "running", "retrying"})
"""States of what was started and needs nobody."""


@dataclass(frozen=True)
class Validator:
    """What tells whether a file at the archive is still the same (RFC 9110 §8.8)."""

    etag: str = ""
    modified: str = ""

    @property
    def condition(self) -> str | None:
        """Value of `If-Range`, None where nothing strong was said."""
        if self.etag and not self.etag.startswith("W/"):
            return self.etag
        return self.modified or None

    def differs(self, other: Validator) -> bool:
        """Return whether two answers were about different contents."""
        pairs = ((self.etag, other.etag), (self.modified, other.modified))
        return any(mine and theirs and mine != theirs for mine, theirs in pairs)


@dataclass
class Item:
    """A file that is, will be or was fetched.

    Attributes
    ----------
    base
        Folder of the plan, where the manifest is; `folder` is below it, as the layout says.
    rank
        Place in the queue, smallest first.
    received, total
        Bytes on disk; in all, None while unknown.
    coding
        `Content-Encoding` of what is in the partial file.
    published
        Checksum that the answer named, `algorithm:value`.
    saved_digest
        SHA-256 of the file as it was saved.
    is_ready
        Whether all bytes are there and checked, so that only its name is missing.
    needs_address
        Whether the address was signed, so that a fresh one is asked for first.
    expected
        SHA-256 in the manifest it is fetched from, or `-` where that has none; such a file keeps
        the name it has there.
    retry_at, ended
        Unix time in seconds.
    rate
        Bytes per second; not kept.
    is_finishing
        Whether all bytes are there, and its name is being made; not kept.
    open_end
        Bytes after which an answer without a length ended; not kept.
    """

    id: str
    request: Request
    base: str
    folder: str
    layout: Layout
    name: str
    state: State
    rank: float
    received: int = 0
    total: int | None = None
    validator: Validator = field(default_factory=Validator)
    coding: str = ""
    published: str = ""
    saved_digest: str = ""
    is_ready: bool = False
    needs_address: bool = False
    expected: str = ""
    retry_at: float | None = None
    ended: float | None = None
    kind: ErrorKind | None = None
    message: str = ""
    end: End | None = None
    note: str = ""
    rate: float | None = None
    is_finishing: bool = False
    open_end: int = 0

    @property
    def path(self) -> str:
        """The file as the page names it."""
        return f"{self.folder}/{self.name}" if self.folder else self.name

    @property
    def part_name(self) -> str:
        """The name it has until it is whole: hidden, and nobody else's."""
        return f".obsdeck-{self.id}.part"

    @property
    def source_id(self) -> str | None:
        """By which identifier it was asked for."""
        request = self.request
        return request.source.id if request.source else request.observation

    @property
    def label(self) -> str:
        """What sentences call it."""
        return self.source_id or self.name

    @property
    def size(self) -> int | None:
        """Bytes in all, as far as anybody said."""
        return self.total if self.total is not None else self.request.size

    @property
    def digests(self) -> list[tuple[str, str]]:
        """Checksums that what arrives must fit: algorithm and hexadecimal value."""
        found = [self.published.partition(":")[::2]] if self.published else []
        digest = self.request.digest
        if digest is not None and not self.coding:
            found.append((digest.algorithm, digest.value))
        return found

    def forget_progress(self) -> None:
        """Begin at the first byte, whatever is on disk."""
        self.received, self.total = 0, None
        self.validator, self.coding, self.published = Validator(), "", ""
        self.is_ready = False

    def to_page(self) -> dict[str, Any]:
        """Return `IDownload`; nothing in it is secret."""
        return {
            "id": self.id,
            "archive": self.request.archive,
            "name": self.name,
            "state": self.state,
            "path": self.path,
            "received": self.received,
            "total": self.size,
            "rate": self.rate,
            "retryAt": None if self.retry_at is None else round(self.retry_at * 1000),
            "kind": self.kind,
            "message": self.message,
            "end": self.end,
            "category": self.request.category,
            "observation": self.request.observation,
            "sourceId": self.source_id,
            "address": self.request.address,
            "note": self.note,
        }

    def to_journal(self) -> dict[str, Any]:
        """Return what outlives the server; progress is in the partial file's size.

        A signed address is left out where a fresh one can be had, and once it has served.
        """
        needs_address = self.request.source is None and self.state != "done"
        request = self.request
        if self.state == "done":
            request = request.unsigned()
        elif not needs_address:
            request = replace(request, url=request.address)
        written = {
            "id": self.id,
            "request": request.to_json(),
            "base": self.base,
            "folder": self.folder,
            "layout": self.layout,
            "name": self.name,
            "state": "waiting" if self.state in GOES_ON else self.state,
            "rank": self.rank,
        }
        more = {
            "received": self.received if self.is_ready or self.state == "done" else 0,
            "total": self.total,
            "etag": self.validator.etag,
            "modified": self.validator.modified,
            "coding": self.coding,
            "published": self.published,
            "savedDigest": self.saved_digest,
            "isReady": self.is_ready,
            "needsAddress": self.needs_address or request.url != self.request.url,
            "expected": self.expected,
            "ended": self.ended,
            "kind": self.kind,
            "message": self.message,
            "end": self.end,
        }
        return written | {key: value for key, value in more.items() if value}


@dataclass(frozen=True)
class Wish:
    """A file that is to be added: what, into which folder, and by which name.

    `expected` is that of `Item`.
    """

    request: Request
    folder: str
    name: str
    expected: str = ""


def new_item(wish: Wish, plan: Plan, rank: float) -> Item:
    """Return a file that was just added."""
    state: State = "waiting" if plan.start else "held"
    chosen, base, layout = secrets.token_hex(8), plan.folder, plan.layout
    item = Item(chosen, wish.request, base, wish.folder, layout, wish.name, state, rank)
    item.expected = wish.expected
    return item


def read_item(value: object) -> Item:
    """Return the item that the journal holds.

    Raises
    ------
    ObsdeckError, TypeError, ValueError
        When it is damaged.
    """
    given = value if isinstance(value, dict) else {}
    state = next(known for known in (*get_args(State), "") if known in {given.get("state"), ""})
    layout = next(known for known in (*get_args(Layout), "") if known in {given.get("layout"), ""})
    if not state or not layout:
        raise ValueError("no item of a queue")
    item = Item(
        reading.text(given, "id"),
        read_request(given.get("request")),
        reading.text(given, "base"),
        reading.text(given, "folder", 4_000),
        layout,
        reading.text(given, "name"),
        state,
        float(given["rank"]),
        reading.optional_size(given, "received") or 0,
        reading.optional_size(given, "total"),
        Validator(given.get("etag", ""), given.get("modified", "")),
    )
    item.coding, item.published = given.get("coding", ""), given.get("published", "")
    item.saved_digest, item.is_ready = given.get("savedDigest", ""), bool(given.get("isReady"))
    item.expected = given.get("expected", "")
    item.needs_address = bool(given.get("needsAddress"))
    item.kind, item.message = given.get("kind"), given.get("message", "")
    item.end, item.ended = given.get("end"), given.get("ended")
    return item
