"""Sign-ins in a file that only its owner can read: one for each identity."""

from __future__ import annotations

import contextlib
import json
import os
import stat
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from obsdeck.credentials.credential import Keep
from obsdeck.files import damaged_name, set_aside, unfinished, write_private
from obsdeck.signin.held import Contents, Held
from obsdeck.signin.vault import words
from obsdeck.signin.vault.document import (
    DamagedDocumentError,
    Document,
    NewerDocumentError,
)
from obsdeck.signin.vault.entry import held_to_json
from obsdeck.signin.vault.lock import locked

_HAS_MODES = os.name != "nt"
"""On Windows the user's profile folder is what keeps others out."""

_Stamp = tuple[int, int, int, int]
"""Inode, time of change in ns, size and mode: a file that was touched differs in one."""


@dataclass
class FileVault:
    """Files `accounts-<hash>.json` in a folder, shared by all servers of the user.

    Attributes
    ----------
    folder
        A folder of its own; made with mode 0700.
    clock
        Unix time in seconds, for the names of files that are set aside.
    """

    folder: Path
    clock: Callable[[], float] = time.time
    keep: Keep = "file"
    _known: dict[str, tuple[_Stamp, Contents]] = field(default_factory=dict, repr=False)
    _problems: dict[str, list[str]] = field(default_factory=dict)

    def read(self, identity: str) -> Contents:
        """Return everything of one identity; what is damaged is set aside."""
        path = self.path(identity)
        try:
            stamp = _stamp(path)
            known = self._known.get(identity)
            if known is not None and known[0] == stamp:
                return known[1]
            contents = self._read(identity)
        except FileNotFoundError:
            return Contents()
        except NewerDocumentError:
            self._tell(identity, words.NEWER)
            return Contents()
        except OSError as error:
            raise words.not_read(error.strerror or "unknown cause") from error
        self._known[identity] = (stamp, contents)
        return contents

    def put(self, identity: str, archive: str, held: Held) -> None:
        """Store a credential in place of an earlier one."""
        with self._changing(identity) as document:
            document.entries[archive] = held_to_json(held)

    def drop(self, identity: str, archive: str) -> None:
        """Forget a credential; nothing is written where there is none."""
        if archive in self.read(identity).entries:
            with self._changing(identity) as document:
                document.entries.pop(archive, None)

    def set_aside(self, identity: str, archive: str, aside: bool) -> None:
        """Remember whether what is found for an archive shall be left alone."""
        if aside != (archive in self.read(identity).aside):
            with self._changing(identity) as document:
                (document.aside.add if aside else document.aside.discard)(archive)

    def problems(self, identity: str) -> tuple[str, ...]:
        """Return what was damaged or could be read by others, as long as this server runs."""
        return tuple(self._problems.get(identity, ()))

    def path(self, identity: str) -> Path:
        """Return the file of an identity."""
        return self.folder / f"accounts-{words.vault_name(identity)}.json"

    def _read(self, identity: str) -> Contents:
        path = self.path(identity)
        try:
            contents, damaged = Document.parse(self._text(identity)).contents()
        except DamagedDocumentError:
            damaged, contents = {"": None}, Contents()
        if not damaged:
            return contents
        with locked(self._lock(path)):
            return self._mend(identity)

    def _mend(self, identity: str) -> Contents:
        """Set aside what is damaged; under the lock, as another server may do the same."""
        path = self.path(identity)
        try:
            document = Document.parse(self._text(identity))
        except DamagedDocumentError:
            self._tell(identity, words.set_aside_as(set_aside(path, self.clock).name))
            return Contents()
        contents, damaged = document.contents()
        if damaged:
            kept = damaged_name(path, self.clock)
            write_private(kept, json.dumps(damaged))
            for archive in damaged:
                del document.entries[archive]
            write_private(path, document.text())
            self._tell(identity, words.set_aside_as(kept.name))
        return contents

    def _text(self, identity: str) -> str:
        """Return the file's text, after taking it away from others."""
        with self.path(identity).open("rb") as stream:
            mode = os.fstat(stream.fileno()).st_mode
            if _HAS_MODES and stat.S_IMODE(mode) & 0o077:
                os.fchmod(stream.fileno(), 0o600)
                self._tell(identity, words.WAS_OPEN)
            try:
                return stream.read().decode("utf-8")
            except UnicodeDecodeError:
                raise DamagedDocumentError("it is no text") from None

    @contextlib.contextmanager
    def _changing(self, identity: str) -> Iterator[Document]:
        """Give the document as it is now, and write it after the block; alone in doing so."""
        path = self.path(identity)
        try:
            self._make_folder()
            with locked(self._lock(path)):
                document = self._document(identity)
                yield document
                for left in unfinished(path):
                    left.unlink(missing_ok=True)
                write_private(path, document.text())
        except NewerDocumentError:
            raise words.not_stored("a newer version of Obsdeck wrote the file") from None
        except OSError as error:
            raise words.not_stored(error.strerror or "unknown cause") from error

    def _document(self, identity: str) -> Document:
        """Return the stored document, without what is damaged; call it under the lock."""
        try:
            self._mend(identity)
            return Document.parse(self._text(identity))
        except FileNotFoundError:
            return Document()

    def _make_folder(self) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _HAS_MODES and stat.S_IMODE(self.folder.stat().st_mode) & 0o077:
            self.folder.chmod(0o700)

    def _tell(self, identity: str, sentence: str) -> None:
        told = self._problems.setdefault(identity, [])
        if sentence not in told:
            told.append(sentence)

    @staticmethod
    def _lock(path: Path) -> Path:
        return path.with_suffix(".lock")


def _stamp(path: Path) -> _Stamp:
    found = path.stat()
    return found.st_ino, found.st_mtime_ns, found.st_size, found.st_mode
