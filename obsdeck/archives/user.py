"""The user's own archives: one JSON file in Jupyter's data folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from obsdeck.files import set_aside, write_private

_VERSION = 1


class UserFile:
    """Definitions the user added, read at every use (several servers may share the folder).

    Parameters
    ----------
    path
        The file; its folder is made when something is stored.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._notice: str | None = None

    @property
    def notice(self) -> str | None:
        """What the user should know about a file that had to be set aside."""
        return self._notice

    def read(self) -> list[Any]:
        """Return what is stored; a damaged file is set aside, never overwritten.

        Raises
        ------
        OSError
            If the file is there and cannot be read or set aside.
        """
        try:
            stored = json.loads(self._path.read_text("utf-8"))
        except FileNotFoundError:
            return []
        except ValueError as error:
            self._set_aside(str(error))
            return []
        archives = stored.get("archives") if isinstance(stored, dict) else None
        if not isinstance(archives, list):
            self._set_aside("it holds no list of archives")
            return []
        return archives

    def write(self, archives: list[Any]) -> None:
        """Replace the file in one step, readable by its owner only.

        Raises
        ------
        OSError
            If the folder cannot be written.
        """
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        text = json.dumps({"version": _VERSION, "archives": archives}, indent=2, ensure_ascii=False)
        write_private(self._path, text + "\n")

    def _set_aside(self, reason: str) -> None:
        kept = set_aside(self._path)
        self._notice = (
            f"Your own archives could not be read ({reason}). The file was kept as {kept}."
        )
