"""Saving rows while they are uploaded, in a process of its own."""

from __future__ import annotations

import asyncio
import contextlib
import json
from asyncio.subprocess import PIPE, Process
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from obsdeck.children import child_environment, module_command
from obsdeck.errors import ObsdeckError
from obsdeck.tables.names import TableFormat
from obsdeck.tables.target import Target

MOST_BYTES = 50_000_000_000
"""Of rows in one file."""

COMMAND = module_command("obsdeck.tables")
"""What writes the rows."""


@dataclass(frozen=True)
class Saved:
    """A file that was written.

    Attributes
    ----------
    path
        As the page knows it.
    rows, bytes
        How much is in it.
    notes
        What the format could not hold as it was, in sentences.
    """

    path: str
    rows: int
    bytes: int
    notes: tuple[str, ...]


class Saving:
    """A table on its way to the disk; until it is whole nobody sees it under its name.

    Parameters
    ----------
    target
        Where it goes.
    format
        What it becomes.
    """

    def __init__(self, target: Target, format: TableFormat) -> None:
        self._target = target
        self._format = format
        self._part = target.part()
        self._process: Process | None = None

    async def start(self) -> None:
        """Start the process that writes.

        Raises
        ------
        ObsdeckError
            `unavailable`, when there is none to be had.
        """
        try:
            self._process = await asyncio.create_subprocess_exec(
                *COMMAND,
                self._format,
                str(self._part),
                stdin=PIPE,
                stdout=PIPE,
                env=child_environment(),
            )
        except OSError as error:
            raise _failed(error.strerror or "unknown cause") from error

    async def take(self, chunk: bytes) -> None:
        """Pass on bytes of the Arrow stream, as fast as they are written."""
        stdin = self._process.stdin if self._process else None
        if stdin is not None and not stdin.is_closing():
            # A process that ended early has said why; that is the answer.
            with contextlib.suppress(ConnectionError):
                stdin.write(chunk)
                await stdin.drain()

    async def finish(self) -> Saved:
        """Wait until all is written, and give the file its name.

        Raises
        ------
        ObsdeckError
            `rejected` when the rows cannot be saved or the file is there; `unavailable` when
            the disk fails.
        """
        if self._process is None:
            raise _failed("it was never begun")
        try:
            answer = await self._answer(self._process)
            if "error" in answer:
                raise ObsdeckError("rejected", str(answer["error"]))
            size = (await asyncio.to_thread(self._part.stat)).st_size
            await asyncio.to_thread(self._target.take, self._part)
        except ObsdeckError:
            await self.stop()
            raise
        return Saved(self._target.shown, answer["rows"], size, tuple(answer["notes"]))

    async def stop(self) -> None:
        """End what still runs, and leave nothing behind; fine at any time."""
        if self._process is not None and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()
        await asyncio.to_thread(_remove, self._part)

    async def _answer(self, process: Process) -> dict[str, Any]:
        if process.stdin is not None:
            process.stdin.close()
        out, _ = await process.communicate()
        try:
            answer = json.loads(out)
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            raise _failed(f"its writer ended with code {process.returncode}")
        return answer


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)


def _failed(reason: str) -> ObsdeckError:
    return ObsdeckError(
        "unavailable",
        f"The table could not be saved: {reason}.",
        hint="The Jupyter server's log has the details.",
        status=500,
    )
