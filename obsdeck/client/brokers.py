"""Running servers of this user, asked for what only they know (see `obsdeck.signin.broker`)."""

from __future__ import annotations

import json
import os
import socket
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupyter_core.paths import jupyter_runtime_dir

from obsdeck.client.sealed import sealed
from obsdeck.credentials.secret import Secret
from obsdeck.errors import ObsdeckError
from obsdeck.signin.meeting import PREFIX

_VERSION = 1
_PATIENCE_SECONDS = 10.0
_LARGEST_FILE = 4096
_LARGEST_ANSWER = 16 * 1_048_576
"""Bytes; definitions of many archives with their forms stay far below."""

_PARENT_VARIABLE = "JPY_PARENT_PID"
"""Where Jupyter tells a kernel which server started it."""


class SilentBrokerError(Exception):
    """A server that does not answer, or not as agreed; another one is asked instead."""


@dataclass(frozen=True)
class Broker:
    """A server that can be asked.

    Attributes
    ----------
    pid
        Its process.
    unix
        Path of its Unix socket, None where it listens on a port.
    port
        Port of the loopback, None where it has a Unix socket.
    key
        Shows that we can read its file.
    """

    pid: int
    unix: str | None
    port: int | None
    key: Secret

    @property
    def is_parent(self) -> bool:
        """Whether this server started this kernel."""
        return os.environ.get(_PARENT_VARIABLE) == str(self.pid)

    @sealed
    def ask(self, what: str, archive: str | None = None) -> dict[str, Any]:
        """Ask one question.

        Raises
        ------
        ObsdeckError
            What the server answered.
        SilentBrokerError
            If it did not answer.
        """
        question = {"key": self.key.reveal(), "ask": what}
        if archive is not None:
            question["archive"] = archive
        try:
            answer = json.loads(self._exchange(json.dumps(question).encode() + b"\n"))
        except (OSError, ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict):
            raise SilentBrokerError
        if "error" in answer:
            raise _failure(answer["error"])
        return answer

    def _exchange(self, question: bytes) -> bytes:
        with self._connected() as connection:
            connection.sendall(question)
            with connection.makefile("rb") as stream:
                return bytes(stream.readline(_LARGEST_ANSWER))

    def _connected(self) -> socket.socket:
        if self.unix is None:
            return socket.create_connection(("127.0.0.1", self.port or 0), _PATIENCE_SECONDS)
        _check_ours(os.stat(self.unix, follow_symlinks=False))  # noqa: PTH116 - of one file, not of its target
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.settimeout(_PATIENCE_SECONDS)
            connection.connect(self.unix)
        except BaseException:
            connection.close()
            raise
        return connection


def brokers() -> list[Broker]:
    """Return the servers to ask, in this order.

    That is the one that started this kernel, or if that has none, all that left a file of
    this user's, the newest first. A file that others own, or can read or write, is not
    trusted.
    """
    found = [broker for path in _newest_first() if (broker := _read(path)) is not None]
    parents = [broker for broker in found if broker.is_parent]
    return parents or found


def _newest_first() -> Iterator[Path]:
    dated = []
    for path in Path(jupyter_runtime_dir()).glob(f"{PREFIX}*.json"):
        try:
            dated.append((path.lstat().st_mtime, path))
        except OSError:  # removed meanwhile
            continue
    return (path for _, path in sorted(dated, reverse=True))


@sealed
def _read(path: Path) -> Broker | None:
    """Read a runtime file; the file that is checked is the one that is read."""
    try:
        handle = os.open(
            path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        )
        with os.fdopen(handle, "rb") as stream:
            _check_ours(os.fstat(handle), private=True)
            written = json.loads(stream.read(_LARGEST_FILE))
        if written["version"] != _VERSION:
            return None
        return Broker(written["pid"], written["socket"], written["port"], Secret(written["key"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _check_ours(status: os.stat_result, *, private: bool = False) -> None:
    """Refuse what another user made, or could have changed.

    Raises
    ------
    PermissionError
        On POSIX; elsewhere the folder's access list guards the file.
    """
    if os.name != "posix":
        return
    open_to_others = private and (status.st_mode & 0o077 or not stat.S_ISREG(status.st_mode))
    if status.st_uid != os.getuid() or open_to_others:
        raise PermissionError


def _failure(error: object) -> ObsdeckError | SilentBrokerError:
    if not isinstance(error, dict) or not isinstance(error.get("message"), str):
        return SilentBrokerError()
    return ObsdeckError(
        error.get("kind", "unavailable"),
        error["message"],
        hint=str(error.get("hint") or ""),
        status=401,
        archive=error.get("archive"),
    )
