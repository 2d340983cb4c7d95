"""One writer at a time, among all processes of a user."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

_PATIENCE_SECONDS = 10.0
_PAUSE_SECONDS = 0.01

_UNSUPPORTED = frozenset({errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EBADF})
"""What file systems say that have no locks, or none for folders (some network mounts)."""


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock for the length of the block; the system frees it if the process ends.

    On a file system without locks the block runs unlocked: two servers that write in the same
    instant can then lose one of two entries, never damage the file.

    Parameters
    ----------
    path
        Lock file, made if it is not there; never removed, as another may be waiting for it.

    Raises
    ------
    OSError
        `TimeoutError` when somebody else held it for 10 s.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    with _held(handle):
        yield


@contextlib.contextmanager
def folder_locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder for the length of the block; nothing is put into it.

    Where folders cannot be locked (Windows, some network mounts), the block runs unlocked.

    Raises
    ------
    OSError
        When the folder is not there; `TimeoutError` when somebody else held it for 10 s.
    """
    try:
        handle = os.open(folder, os.O_RDONLY)
    except PermissionError:
        yield
        return
    with _held(handle):
        yield


@contextlib.contextmanager
def _held(handle: int) -> Iterator[None]:
    """Hold the lock of an open file or folder, which is closed afterwards."""
    try:
        free = _wait_for(handle)
        try:
            yield
        finally:
            free()
    finally:
        os.close(handle)


def hold(path: Path) -> Callable[[], None] | None:
    """Take a lock for as long as this process wants it, without waiting.

    Parameters
    ----------
    path
        Lock file, made if it is not there.

    Returns
    -------
    Callable or None
        Frees it; None while another process has it. On a file system without locks everybody
        gets it.

    Raises
    ------
    OSError
        When the file cannot be made.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    try:
        free = _take(handle)
    except OSError as error:
        if error.errno not in _UNSUPPORTED:
            os.close(handle)
            return None
        free = _nothing

    def release() -> None:
        free()
        os.close(handle)

    return release


def _nothing() -> None:
    """Free what was never taken."""


def _wait_for(handle: int) -> Callable[[], None]:
    end = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            return _take(handle)
        except OSError as error:
            if error.errno in _UNSUPPORTED:
                return _nothing
            if error.errno not in {errno.EACCES, errno.EAGAIN, errno.EDEADLK}:
                raise
            if time.monotonic() > end:
                raise TimeoutError(errno.ETIMEDOUT, "another process holds its lock") from None
        time.sleep(_PAUSE_SECONDS)


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> Callable[[], None]:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

        def free() -> None:
            os.lseek(handle, 0, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

        return free

else:
    import fcntl

    def _take(handle: int) -> Callable[[], None]:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return lambda: fcntl.flock(handle, fcntl.LOCK_UN)
