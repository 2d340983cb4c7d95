"""A renewed token goes back to where the old one was found, so that other tools have it too."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from obsdeck.archives.archive import Archive
from obsdeck.credentials.credential import Credential
from obsdeck.credentials.places import Found, Surroundings, entry_at, text_at

_MODE = 0o400
"""As the tools leave it: a token is replaced, never edited."""


def write_back(
    archive: Archive, old: Found, new: Credential, around: Surroundings, now: float
) -> bool:
    """Put a renewed token into the place of the old one; blocking.

    An environment variable changes in this process and in what it starts from now on. Beside a
    file the old token is kept as `old-<file>_<Unix time>`. Nothing is written where a hub keeps
    the file fresh, where the token is one member of a JSON file, and where the place holds
    another token by now.

    Returns
    -------
    bool
        Whether the new token is there.

    Raises
    ------
    OSError
        If the file cannot be written; the old one is untouched then.
    """
    entry = entry_at(archive, old.place)
    if entry is None or entry.get("hub") or "key" in entry:
        return False
    if text_at(entry, around) != old.credential.secret.reveal():
        return False
    if "environment" in entry:
        around.environment[entry["environment"]] = new.secret.reveal()
        return True
    path = around.path(entry["file"])
    if path is None:
        return False
    path = path.resolve()
    kept = path.with_name(f"old-{path.name.lstrip('.')}_{int(now)}")
    _replace(kept, old.credential.secret.reveal())
    _replace(path, new.secret.reveal())
    return True


def _replace(path: Path, text: str) -> None:
    """Write a file in one step; mkstemp makes it 0600, and nobody may write to it afterwards."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(_MODE)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
