"""Where a table may be saved: below Jupyter's root, under a name that is one."""

from __future__ import annotations

import os
import re
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from obsdeck.errors import ObsdeckError
from obsdeck.inside import inside
from obsdeck.tables.names import EXTENSIONS, TableFormat

_BAD_NAME = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]')
"""What some file system refuses, or reads as something else."""

_LONGEST_NAME = 200
"""Bytes; most file systems take 255, and the file has a longer name while it is written."""

_SPARE_BYTES = 200_000_000
"""What is left free on the disk, for everybody else."""

_ROOM = 3
"""Bytes on disk for each byte of rows: put aside, in the file, and encoded."""


@dataclass(frozen=True)
class Target:
    """A file that is to be written.

    Attributes
    ----------
    path
        Its place, all links followed.
    shown
        The same as the page knows it.
    overwrite
        Whether a file that is there is replaced.
    """

    path: Path
    shown: str
    overwrite: bool

    def part(self) -> Path:
        """Return the name it has until it is whole; hidden, and nobody else's."""
        return self.path.with_name(f".{self.path.name}-{secrets.token_hex(4)}.part")

    def check_free(self) -> None:
        """Refuse where a file is already that shall not be replaced.

        Raises
        ------
        ObsdeckError
            `rejected`, 409.
        """
        if os.path.lexists(self.path) and not self.overwrite:
            raise _exists(self.shown)

    def check_room(self, length: int) -> None:
        """Refuse where the disk has no room for so many bytes of rows.

        Raises
        ------
        ObsdeckError
            `rejected`, 507.
        """
        free = shutil.disk_usage(self.path.parent).free
        if free < length * _ROOM + _SPARE_BYTES:
            raise ObsdeckError(
                "rejected",
                f"The disk has {free / 1e6:,.0f} MB left, too little for {self.shown}.",
                hint="Make room on the Jupyter server's disk, or choose another folder.",
                status=507,
            )

    def take(self, part: Path) -> None:
        """Give the whole file its name.

        Raises
        ------
        ObsdeckError
            `rejected`, 409, when somebody else made one meanwhile.
        """
        if not self.overwrite:
            try:
                os.link(part, self.path)
            except FileExistsError:
                raise _exists(self.shown) from None
            except OSError:  # a file system without second names
                self.check_free()
            else:
                part.unlink()
                return
        part.replace(self.path)


def target_of(root: Path, shown: str, format: TableFormat, *, overwrite: bool) -> Target:
    """Return the file that a path of the page stands for.

    Parameters
    ----------
    root
        Jupyter's root folder.
    shown
        Path below it, parted by slashes.
    format
        What is to be written; the name must end as that does.
    overwrite
        Whether a file that is there may be replaced.

    Raises
    ------
    ObsdeckError
        `rejected`, when it leads elsewhere, is hidden or no name, or its folder is not there.
    """
    parts = shown.strip("/").split("/")
    for part in parts:
        _check_name(part, shown)
    if not parts[-1].lower().endswith(EXTENSIONS[format]):
        endings = ", ".join(EXTENSIONS[format])
        raise _refused(f"The name of the file must end in one of {endings}.")
    folder = _folder(root, parts[:-1], shown)
    path = folder / parts[-1]
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise _refused(f"{shown} is no file that can be replaced.")
    return Target(path, "/".join(parts), overwrite)


def _folder(root: Path, parts: list[str], shown: str) -> Path:
    folder = inside(root, parts, f"The folder of {shown}")
    if folder is None or not folder.is_dir():
        raise _refused(f"The folder of {shown} is not there.")
    return folder


def _check_name(part: str, shown: str) -> None:
    if part.startswith("."):
        raise _refused("Files and folders whose names begin with a dot are not written.")
    long = len(part.encode("utf-8", "surrogatepass")) > _LONGEST_NAME
    is_text = not any("\ud800" <= character <= "\udfff" for character in part)
    if not part or long or not is_text or part.endswith((".", " ")) or _BAD_NAME.search(part):
        raise _refused("The path has a part that is no name of a file.")
    if shown.startswith("~"):
        raise _refused("The path is not relative to Jupyter's root folder.")


def _refused(message: str) -> ObsdeckError:
    return ObsdeckError("rejected", message)


def _exists(shown: str) -> ObsdeckError:
    return ObsdeckError("rejected", f"{shown} is already there.", status=409)
