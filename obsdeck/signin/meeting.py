"""Where kernels and server meet: a socket for this user only, and the file that names it."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import socket
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupyter_core.paths import jupyter_runtime_dir

from obsdeck.credentials.secret import Secret

PREFIX = "obsdeck-broker-"
"""How names of runtime files begin."""

_LOOPBACK = "127.0.0.1"
_LONGEST_PATH = 100
"""Bytes; addresses of Unix sockets end at 104 (BSD) or 108 (Linux)."""


@dataclass
class Meeting:
    """A listening socket with the file that announces it.

    Attributes
    ----------
    listener
        The socket.
    folder
        Folder of mode 0700 that holds it, None for a port of the loopback.
    """

    listener: socket.socket
    folder: Path | None
    _file: Path | None = None

    @classmethod
    def open(cls) -> Meeting:
        """Listen where only processes of this user, or of this machine, can connect."""
        if hasattr(socket, "AF_UNIX"):
            folder = Path(tempfile.mkdtemp(prefix="obsdeck-"))  # made with mode 0700
            path = str(folder / "broker.sock")
            if len(os.fsencode(path)) <= _LONGEST_PATH:
                return cls(_listening(socket.AF_UNIX, path), folder)
            folder.rmdir()
        return cls(_listening(socket.AF_INET, (_LOOPBACK, 0)), None)

    def announce(self, version: int, key: Secret) -> None:
        """Write the runtime file, and remove those of servers that are gone."""
        runtime = Path(jupyter_runtime_dir())
        runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
        for left_over in _left_over(runtime):
            left_over.unlink(missing_ok=True)
        name = self.listener.getsockname()
        text = json.dumps(
            {
                "version": version,
                "pid": os.getpid(),
                "socket": name if self.folder else None,
                "port": None if self.folder else name[1],
                "key": key.reveal(),
            }
        )
        self._file = _written(runtime, text)

    def close(self) -> None:
        """Remove the file and the socket."""
        self.listener.close()
        if self._file is not None:
            self._file.unlink(missing_ok=True)
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)


def _listening(family: int, address: Any) -> socket.socket:
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.bind(address)
        listener.listen()
    except OSError:
        listener.close()
        raise
    return listener


def _written(runtime: Path, text: str) -> Path:
    """Write a new file that nobody else can read, and that is whole once it has its name."""
    temporary = runtime / f".{PREFIX}{secrets.token_hex(8)}"
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(text)
    path = runtime / f"{PREFIX}{os.getpid()}.json"
    temporary.replace(path)
    return path


def _left_over(runtime: Path) -> Iterator[Path]:
    """Yield files at whose address nobody answers."""
    for path in runtime.glob(f"{PREFIX}*.json"):
        with contextlib.suppress(OSError):
            if not _answers(path):
                yield path


def _answers(path: Path) -> bool:
    """Tell whether the server that wrote a file still listens."""
    try:
        written = json.loads(path.read_text("utf-8"))
        unix, port = written["socket"], written["port"]
    except (ValueError, KeyError, TypeError):
        return False
    family, address = (socket.AF_UNIX, unix) if unix else (socket.AF_INET, (_LOOPBACK, port))
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.settimeout(1.0)
        try:
            trial.connect(address)
        except (OSError, TypeError):
            return False
    return True
