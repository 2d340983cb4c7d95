"""Where a file comes to lie: partial under another name, in its place once it is whole."""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from obsdeck.downloads.names import numbered


@dataclass
class Mark:
    """What is known of a file that was begun.

    Attributes
    ----------
    validator
        Strong `ETag` or `Last-Modified` of what was begun; empty: it cannot be continued.
    name
        Its name once it is whole, empty before.
    size
        Its bytes once it is whole.
    """

    validator: str = ""
    name: str = ""
    size: int = -1


class Shelf:
    """Place of one file in a folder that several workers may write to.

    Parameters
    ----------
    folder
        The folder; made where it is missing.
    key
        Names the file, whoever fetches it and however often.
    """

    def __init__(self, folder: Path, key: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self.part = folder / f".obsdeck-{key}.part"
        self._mark_file = folder / f".obsdeck-{key}.json"
        self.mark = self._read()

    @property
    def finished(self) -> Path | None:
        """The file if it is whole already."""
        if not self.mark.name:
            return None
        path = self._folder / self.mark.name
        is_whole = path.is_file() and path.stat().st_size == self.mark.size
        return path if is_whole else None

    @property
    def begun(self) -> int:
        """Bytes that can be continued."""
        if not self.mark.validator or not self.part.is_file():
            return 0
        return self.part.stat().st_size

    def begin(self, validator: str) -> None:
        """Note what the partial file is a beginning of."""
        self.mark = Mark(validator)
        self._write()

    def finish(self, name: str) -> Path:
        """Move the whole file to its place, under a free name; returns where it is."""
        size = self.part.stat().st_size
        while True:
            path = self._folder / numbered(name, lambda n: (self._folder / n).exists())
            # Whoever comes first has the name; a rename would take it from them.
            with contextlib.suppress(FileExistsError):
                os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
                break
        # Noted first: were it never moved, the empty file would not count as whole.
        self.mark = Mark(self.mark.validator, path.name, size)
        self._write()
        self.part.replace(path)
        return path

    def _read(self) -> Mark:
        try:
            return Mark(**json.loads(self._mark_file.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return Mark()

    def _write(self) -> None:
        fresh = self._mark_file.with_suffix(".new")
        fresh.write_text(json.dumps(asdict(self.mark)), "utf-8")
        fresh.replace(self._mark_file)
