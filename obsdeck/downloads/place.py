"""Where files may go: folders in Jupyter's root, also after following links."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from obsdeck.downloads.names import folder_of, safe_name
from obsdeck.downloads.request import Layout, Request
from obsdeck.errors import ObsdeckError


@dataclass(frozen=True)
class Place:
    """Jupyter's root folder, seen as the page sees it: paths are parted by slashes.

    All methods block.
    """

    root: Path

    def checked(self, shown: str) -> str:
        """Return a folder as it will be used, without making it.

        Raises
        ------
        ObsdeckError
            `rejected`, when it leads elsewhere, is hidden or no folder.
        """
        parts = [part for part in shown.strip("/").split("/") if part]
        for part in parts:
            if part.startswith(".") or safe_name(part) != part:
                raise _refused(f"“{shown}” is no folder that files are put into")
        self._nearest(parts, shown)
        return "/".join(parts)

    def made(self, shown: str) -> Path:
        """Return a folder, made where it is missing; what came between is checked again.

        Raises
        ------
        ObsdeckError
            As `checked`; `unavailable` when it cannot be made.
        """
        parts = self.checked(shown).split("/")
        path = self.root.resolve().joinpath(*parts)
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = error.strerror or "unknown cause"
            raise _refused(f"the folder {shown} cannot be made ({reason})") from None
        self._nearest(parts, shown)
        return path

    def file(self, shown: str) -> Path | None:
        """Return a file as the page names it, None where none may be; it need not be there."""
        folder, _, name = shown.rpartition("/")
        if not name or safe_name(name) != name:
            return None
        try:
            path = self.root.resolve() / self.checked(folder) / name
        except ObsdeckError:
            return None
        return None if path.is_symlink() else path

    def part(self, folder: str, name: str) -> Path | None:
        """Return a partial file in a folder, None where none may be."""
        try:
            return self.root.resolve() / self.checked(folder) / name
        except ObsdeckError:
            return None

    def free(self, shown: str) -> int:
        """Return the bytes free where a folder is or will be; 0 where nobody can say."""
        try:
            parts = self.checked(shown).split("/")
            return shutil.disk_usage(self._nearest(parts, shown)).free
        except (ObsdeckError, OSError):
            return 0

    def _nearest(self, parts: list[str], shown: str) -> Path:
        """Return the deepest folder that is there already, all links followed."""
        inside = self.root.resolve()
        path = inside
        for part in parts:
            following = path / part
            if not os.path.lexists(following):
                break
            path = following
        try:
            real = path.resolve(strict=True)
        except (OSError, RuntimeError):
            raise _refused(f"“{shown}” cannot be found") from None
        if not real.is_dir():
            raise _refused(f"“{shown}” is no folder")
        if not real.is_relative_to(inside):
            raise _refused(f"“{shown}” is outside of Jupyter's root folder")
        if any(part.startswith(".") for part in real.relative_to(inside).parts):
            raise _refused(f"“{shown}” is in a hidden folder")
        return real


def laid_out(folder: str, layout: Layout, request: Request) -> str:
    """Return the folder that a file goes into."""
    named = {"observation": request.observation, "category": request.category}.get(layout)
    below = folder_of(named) if named else ""
    return "/".join(part for part in (folder, below) if part)


def _refused(reason: str) -> ObsdeckError:
    return ObsdeckError(
        "rejected", f"Nothing is saved, because {reason}.", hint="Choose another folder."
    )
