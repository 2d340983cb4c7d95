"""Questions about a queue that change nothing: what is here, what would be fetched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from obsdeck.downloads import here, reading
from obsdeck.downloads.item import Wish, new_item
from obsdeck.downloads.ledgers import Ledgers
from obsdeck.downloads.manifest import Entry, is_manifest
from obsdeck.downloads.place import Place
from obsdeck.downloads.queue import Queue, wish_of
from obsdeck.downloads.request import Plan, Request
from obsdeck.downloads.signed import without_signature

MOST_WANTED = 100_000
_THE_FILE = "#this"


@dataclass(frozen=True)
class Wanted:
    """A file that may be here (`IWantedFile`)."""

    archive: str
    url: str
    id: str | None
    name: str | None


def read_wanted(value: object) -> list[Wanted]:
    """Return the files that are asked about.

    Raises
    ------
    ObsdeckError
        `rejected`.
    """
    if not isinstance(value, list) or len(value) > MOST_WANTED:
        raise reading.refused("the request has no list of files")
    return [_wanted(each) for each in value]


def files_here(queue: Queue, ledgers: Ledgers, wanted: Sequence[Wanted], folder: str | None) -> Any:
    """Return `[{index, path}…]` of the files that are on disk (blocking).

    Known are those of the queue, and those in the manifests of its folders and of `folder`.
    """
    known = _Known(queue.place)
    bases = {item.base for item in queue.roster.all()} | {queue.folder}
    for base in sorted(bases | ({folder} if folder is not None else set())):
        for entry in ledgers.entries(base).values():
            known.add(entry.request, f"{base}/{entry.path}" if base else entry.path)
    for item in queue.roster.all():
        if item.state == "done":
            known.add(item.request, item.path)
    found = ((index, known.path(each)) for index, each in enumerate(wanted))
    return [{"index": index, "path": path} for index, path in found if path is not None]


def checked(queue: Queue, ledgers: Ledgers, requests: Sequence[Request], plan: Plan) -> Any:
    """Return `IDownloadCheck` (blocking).

    Raises
    ------
    ObsdeckError
        `rejected` for a folder nothing may be put into.
    """
    folder = queue.place.checked(plan.folder)
    once = {request.key: request for request in requests}
    present = [each for each in once.values() if _is_here(queue, ledgers, each, plan)]
    gone = {request.key for request in present}
    sizes = [request.size for request in once.values() if request.key not in gone]
    return {
        "folder": folder,
        "files": len(once),
        "bytes": sum(size for size in sizes if size is not None),
        "unsized": sum(size is None for size in sizes),
        "free": queue.place.free(folder),
        "here": [request.url for request in present],
    }


class _Known:
    """Files that were saved, by address and by identifier."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._paths: dict[tuple[str, str], str] = {}
        self._found: dict[str, bool] = {}

    def add(self, request: Request, path: str) -> None:
        self._paths[request.archive, request.address] = path
        source = request.source
        if source is not None and source.semantics == _THE_FILE:
            self._paths[request.archive, source.id] = path
        elif source is None and request.observation and "?" not in request.address:
            self._paths[request.archive, request.observation] = path

    def path(self, wanted: Wanted) -> str | None:
        keys = (without_signature(wanted.url), *([wanted.id] if wanted.id else []))
        paths = (self._paths.get((wanted.archive, key)) for key in keys)
        return next((path for path in paths if path is not None and self._is_there(path)), None)

    def _is_there(self, path: str) -> bool:
        if path not in self._found:
            file = self._place.file(path)
            self._found[path] = file is not None and file.is_file()
        return self._found[path]


def _is_here(queue: Queue, ledgers: Ledgers, request: Request, plan: Plan) -> bool:
    item = new_item(wish_of(request, plan), plan, 0.0)
    folder = queue.place.part(item.folder, "")
    entry = ledgers.entry(item)
    return folder is not None and here.found(item, folder, entry) is not None


def missing(queue: Queue, entries: Iterable[Entry], folder: str) -> list[Wish]:
    """Return what a manifest names and a folder lacks (blocking).

    Raises
    ------
    ObsdeckError
        `rejected` when one of its paths leads elsewhere.
    """
    wishes = []
    for entry in entries:
        shown = f"{folder}/{entry.path}" if folder else entry.path
        path = queue.place.file(shown)
        is_odd = entry.path.startswith("/") or "//" in entry.path
        if path is None or is_odd or is_manifest(path.name):
            raise reading.refused("the manifest names a file that may not be written")
        if path.is_file() and path.stat().st_size == entry.size:
            continue
        below, _, name = shown.rpartition("/")
        wishes.append(Wish(entry.request, below, name, entry.digest or "-"))
    return wishes


def _wanted(value: object) -> Wanted:
    given = reading.object_of(value, "a file", {"archive", "url", "id", "name"})
    return Wanted(
        reading.text(given, "archive"),
        reading.text(given, "url", reading.LONGEST_ADDRESS),
        reading.optional_text(given, "id", reading.LONGEST_ADDRESS),
        reading.optional_text(given, "name"),
    )
