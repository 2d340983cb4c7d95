"""The file that a path of the page stands for, checked before anything opens it."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from obsdeck.errors import ObsdeckError
from obsdeck.inside import inside

_BAD_PARTS = frozenset({"", ".", ".."})


@dataclass(frozen=True)
class Source:
    """A regular file below Jupyter's root.

    Attributes
    ----------
    path
        Its place, all links followed.
    shown
        The same as the page knows it.
    device, inode
        What tells whether it is still the same file.
    size
        Bytes.
    modified
        Unix time in ns.
    """

    path: Path
    shown: str
    device: int
    inode: int
    size: int
    modified: int

    @property
    def name(self) -> str:
        """The last part of what the page knows it by."""
        return self.shown.rpartition("/")[2]

    @property
    def about(self) -> dict[str, Any]:
        """What the page is told: `path`, `name`, `bytes`, `modified` (Unix time in seconds)."""
        return {
            "path": self.shown,
            "name": self.name,
            "bytes": self.size,
            "modified": self.modified / 1e9,
        }

    @property
    def key(self) -> str:
        """The same text only for the same file with the same content, fit for a file name."""
        facts = (self.path, self.device, self.inode, self.size, self.modified)
        return hashlib.sha256(repr(facts).encode("utf-8", "surrogateescape")).hexdigest()[:32]


def source_of(root: Path, shown: str) -> Source:
    """Return the file that a path of the page leads to.

    Parameters
    ----------
    root
        Jupyter's root folder.
    shown
        Path below it, parted by slashes.

    Raises
    ------
    ObsdeckError
        `rejected`, when it leads elsewhere, is hidden or no file; `not-found`, when there is
        none.
    """
    parts = shown.strip("/").split("/")
    if _BAD_PARTS & set(parts) or "\0" in shown or shown.startswith("~"):
        raise ObsdeckError("rejected", "The path is none below Jupyter's root folder.")
    path = inside(root, parts, parts[-1])
    if path is None:
        raise _missing(parts[-1])
    try:
        facts = path.stat(follow_symlinks=False)
    except OSError:
        raise _missing(parts[-1]) from None
    if not stat.S_ISREG(facts.st_mode):
        raise ObsdeckError("rejected", f"{parts[-1]} is not a file.")
    shown = "/".join(parts)
    return Source(path, shown, facts.st_dev, facts.st_ino, facts.st_size, facts.st_mtime_ns)


def _missing(name: str) -> ObsdeckError:
    return ObsdeckError("not-found", f"{name} is not there.", status=404)
