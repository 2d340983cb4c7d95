"""Sign-ins in a file that only its owner can read: one for each identity."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from obsdeck.credentials.credential import Keep
from obsdeck.files import damaged_name, set_aside, write_private
from obsdeck.sharedfile import SharedFile, Stamp, name_of
from obsdeck.signin.held import Contents, Held
from obsdeck.signin.vault import words
from obsdeck.signin.vault.document import (
    DamagedDocumentError,
    Document,
    NewerDocumentError,
)
from obsdeck.signin.vault.entry import held_to_json


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
    _known: dict[str, tuple[Stamp, Contents]] = field(default_factory=dict, repr=False)
    _problems: dict[str, list[str]] = field(default_factory=dict)

    def read(self, identity: str) -> Contents:
        """Return everything of one identity; what is damaged is set aside."""
        try:
            stamp = self._file(identity).stamp()
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
        return self.folder / f"accounts-{name_of(identity)}.json"

    def _read(self, identity: str) -> Contents:
        try:
            contents, damaged = Document.parse(self._text(identity)).contents()
        except DamagedDocumentError:
            damaged, contents = {"": None}, Contents()
        if not damaged:
            return contents
        with self._file(identity).alone():
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
        found, was_open = self._file(identity).read()
        if was_open:
            self._tell(identity, words.WAS_OPEN)
        try:
            return found.decode("utf-8")
        except UnicodeDecodeError:
            raise DamagedDocumentError("it is no text") from None

    @contextlib.contextmanager
    def _changing(self, identity: str) -> Iterator[Document]:
        """Give the document as it is now, and write it after the block; alone in doing so."""
        file = self._file(identity)
        try:
            with file.alone():
                document = self._document(identity)
                yield document
                file.write(document.text())
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

    def _tell(self, identity: str, sentence: str) -> None:
        told = self._problems.setdefault(identity, [])
        if sentence not in told:
            told.append(sentence)

    def _file(self, identity: str) -> SharedFile:
        return SharedFile(self.path(identity))
