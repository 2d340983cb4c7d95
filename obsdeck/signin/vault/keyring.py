"""Sign-ins in the operating system's keyring.

Keyrings cannot list, so each identity has an index: `<hash>/index/` is a document of
`vault.document` whose entries are stamps instead of credentials; `<hash>/<archive>` holds a
credential and its stamp. A stamp changes with the entry, so that one is fetched only once.
"""

from __future__ import annotations

import contextlib
import json
import re
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from obsdeck.credentials.credential import Keep
from obsdeck.errors import ObsdeckError
from obsdeck.locks import locked
from obsdeck.sharedfile import name_of
from obsdeck.signin.held import Contents, Held
from obsdeck.signin.vault import words
from obsdeck.signin.vault.backend import SERVICE
from obsdeck.signin.vault.document import (
    DamagedDocumentError,
    Document,
    NewerDocumentError,
)
from obsdeck.signin.vault.entry import DamagedEntryError, held_from_json, held_to_json
from obsdeck.signin.vault.patience import Patience

T = TypeVar("T")

_COUNT = re.compile(r"[0-9]{1,4}")
"""How many pieces an entry has, before the colon of its first one."""

_INDEX = "index/"
"""No archive can have this id."""


@dataclass
class KeyringVault:
    """Entries `obsdeck` of a keyring, shared by all servers of the user.

    Attributes
    ----------
    backend
        A usable keyring.
    folder
        Where the lock file is, since keyrings have no locks; made with mode 0700.
    longest
        Characters an entry may have; longer ones are split.
    patience
        How long the keyring may take.
    clock
        Unix time in seconds, for the names of entries that are set aside.
    """

    backend: Any
    folder: Path
    longest: int | None = None
    patience: Patience = field(default_factory=lambda: Patience(30.0))
    clock: Callable[[], float] = time.time
    keep: Keep = "keyring"
    _known: dict[tuple[str, str], tuple[str, Held]] = field(default_factory=dict, repr=False)
    _problems: dict[str, list[str]] = field(default_factory=dict)

    def read(self, identity: str) -> Contents:
        """Return everything of one identity; a damaged entry is set aside."""
        try:
            index = self._index(identity)
            entries = {
                archive: self._entry(identity, archive, stamp)
                for archive, stamp in index.entries.items()
            }
        except _Unreachable as error:
            raise words.not_read(str(error)) from None
        good = {archive: held for archive, held in entries.items() if held is not None}
        return Contents(good, frozenset(index.aside))

    def put(self, identity: str, archive: str, held: Held) -> None:
        """Store a credential in place of an earlier one."""
        stamp = secrets.token_hex(8)
        text = json.dumps({"stamp": stamp, "entry": held_to_json(held)})
        with self._changing(identity) as index:
            self._store(_name(identity, archive), text)
            index.entries[archive] = stamp

    def drop(self, identity: str, archive: str) -> None:
        """Forget a credential."""
        self._known.pop((identity, archive), None)
        with self._reading():
            there = archive in self._index(identity).entries
        if there:
            with self._changing(identity) as index:
                self._delete(_name(identity, archive))
                index.entries.pop(archive, None)

    def set_aside(self, identity: str, archive: str, aside: bool) -> None:
        """Remember whether what is found for an archive shall be left alone."""
        with self._reading():
            was = archive in self._index(identity).aside
        if aside != was:
            with self._changing(identity) as index:
                (index.aside.add if aside else index.aside.discard)(archive)

    def problems(self, identity: str) -> tuple[str, ...]:
        """Return what was damaged, as long as this server runs."""
        return tuple(self._problems.get(identity, ()))

    def _index(self, identity: str) -> Document:
        text = self._fetch(_name(identity, _INDEX))
        if text is None:
            return Document()
        try:
            return Document.parse(text)
        except NewerDocumentError:
            raise _Unreachable("a newer version of Obsdeck wrote them") from None
        except DamagedDocumentError:
            self._keep_damaged(identity, _INDEX, text)
            return Document()

    def _entry(self, identity: str, archive: str, stamp: object) -> Held | None:
        known = self._known.get((identity, archive))
        if known is not None and known[0] == stamp:
            return known[1]
        text = self._fetch(_name(identity, archive))
        if text is None:  # removed in the keyring's own window
            return None
        try:
            value = json.loads(text)
            held = held_from_json(value["entry"])
        except (ValueError, KeyError, TypeError, DamagedEntryError):
            self._keep_damaged(identity, archive, text)
            return None
        self._known[identity, archive] = (str(value.get("stamp")), held)
        return held

    def _keep_damaged(self, identity: str, archive: str, text: str) -> None:
        """Move an entry to a name of its own."""
        name = _name(identity, archive)
        kept = f"{name}.damaged-{int(self.clock())}"
        self._store(kept, text)
        self._delete(name)
        self._problems.setdefault(identity, []).append(words.set_aside_as(f"{SERVICE} {kept}"))

    @contextlib.contextmanager
    def _changing(self, identity: str) -> Iterator[Document]:
        """Give the index as it is now, and write it after the block; alone in doing so."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with locked(self.folder / f"keyring-{name_of(identity)}.lock"):
                index = self._index(identity)
                yield index
                self._store(_name(identity, _INDEX), index.text())
        except _Unreachable as error:
            raise words.not_stored(str(error)) from None
        except OSError as error:
            raise words.not_stored(error.strerror or "unknown cause") from error

    @contextlib.contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except _Unreachable as error:
            raise words.not_read(str(error)) from None

    def _store(self, name: str, text: str) -> None:
        size = self.longest or max(len(text), 1)
        pieces = [text[start : start + size] for start in range(0, len(text), size)] or [""]
        # The first piece comes last: an entry counts once it is whole.
        for number in range(len(pieces) - 1, 0, -1):
            self._set(f"{name}#{number}", pieces[number])
        self._set(name, f"{len(pieces)}:{pieces[0]}")
        self._delete_pieces(name, len(pieces))

    def _fetch(self, name: str) -> str | None:
        first = self._get(name)
        if first is None:
            return None
        count, _, text = first.partition(":")
        if not _COUNT.fullmatch(count):
            return first
        pieces = [text]
        while len(pieces) < int(count):
            piece = self._get(f"{name}#{len(pieces)}")
            if piece is None:
                break
            pieces.append(piece)
        return "".join(pieces)

    def _get(self, name: str) -> str | None:
        text = self._call(lambda: self.backend.get_password(SERVICE, name))
        return None if text is None else str(text)

    def _set(self, name: str, text: str) -> None:
        self._call(lambda: self.backend.set_password(SERVICE, name, text))

    def _delete(self, name: str) -> None:
        if self._get(name) is not None:
            self._remove(name)
        self._delete_pieces(name, 1)

    def _delete_pieces(self, name: str, number: int) -> None:
        """Remove what an earlier, longer entry left behind."""
        while self._get(f"{name}#{number}") is not None:
            self._remove(f"{name}#{number}")
            number += 1

    def _remove(self, name: str) -> None:
        self._call(lambda: self.backend.delete_password(SERVICE, name))

    def _call(self, function: Callable[[], T]) -> T:
        """Ask the keyring.

        Raises
        ------
        _Unreachable
            With the reason as the end of a sentence; never with what was to be stored.
        """
        try:
            return self.patience.call(function)
        except TimeoutError:
            raise _Unreachable("the keyring of this computer does not answer") from None
        except ObsdeckError:
            raise
        except Exception as error:  # backends raise whatever their system does
            reason = f"the keyring of this computer refuses ({type(error).__name__})"
            raise _Unreachable(reason) from None


class _Unreachable(Exception):  # noqa: N818 - not for others
    """The keyring gives or takes nothing; the text is the end of a sentence."""


def _name(identity: str, archive: str) -> str:
    return f"{name_of(identity)}/{archive}"
