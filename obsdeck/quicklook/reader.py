"""A process that has one file open, and answers one question after the other."""

from __future__ import annotations

import asyncio
import contextlib
import json
import math
import time
from asyncio.subprocess import PIPE, Process
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from obsdeck.children import child_environment, module_command
from obsdeck.errors import ObsdeckError
from obsdeck.quicklook.limits import QuickLookLimits
from obsdeck.quicklook.source import Source

COMMAND = module_command("obsdeck.quicklook")
"""What opens the file."""

_MOST_ANSWER = 64 << 20
"""Bytes of one answer: what a picture of 4 Mpx can have, and a bit."""

_GRACE_SECONDS = 2.0
"""How long a question that nobody waits for any more may go on before its process is ended."""


@dataclass(frozen=True)
class Answered:
    """A document from the process, with facts beside it (see `decoding.answers.Answer`)."""

    type: str
    body: bytes
    facts: dict[str, Any]


class Reader:
    """The process of one file.

    Parameters
    ----------
    source
        The file.
    copy
        Where its plain copy is, or shall be, if it is compressed.
    limits
        What the process may take.
    """

    def __init__(self, source: Source, copy: Path, limits: QuickLookLimits) -> None:
        self.source = source
        self._copy = copy
        self._limits = limits
        self._turn = asyncio.Lock()
        self._process: Process | None = None
        self._waiting = 0
        self._closed = False
        self._used = time.monotonic()

    @property
    def idle(self) -> float:
        """Seconds since its last answer."""
        return 0.0 if self.busy else time.monotonic() - self._used

    @property
    def busy(self) -> bool:
        """Whether somebody waits for it."""
        return self._waiting > 0

    async def ask(self, question: dict[str, str]) -> Answered:
        """Return the answer to a question (see `obsdeck.quicklook.__main__`).

        Raises
        ------
        ObsdeckError
            What the process says, `timeout`, or that it ended.
        """
        self._waiting += 1
        try:
            async with self._turn:
                return await self._asked(question)
        finally:
            self._waiting -= 1
            self._used = time.monotonic()

    async def stop(self) -> None:
        """End the process, and start none any more; fine at any time."""
        self._closed = True
        await self._kill()

    async def _kill(self) -> None:
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()

    async def _asked(self, question: dict[str, str]) -> Answered:
        exchange = asyncio.create_task(self._exchange(question))
        try:
            return await asyncio.wait_for(asyncio.shield(exchange), self._limits.seconds)
        except TimeoutError:
            await self._end(exchange)
            raise self._late() from None
        except asyncio.CancelledError:
            # Panning leaves many questions behind: a warm process is worth a moment's patience.
            _, unanswered = await asyncio.wait([exchange], timeout=_GRACE_SECONDS)
            if unanswered:
                await self._end(exchange)
            raise

    async def _end(self, exchange: asyncio.Task[Answered]) -> None:
        await self._kill()
        with contextlib.suppress(ObsdeckError):
            await exchange

    async def _exchange(self, question: dict[str, str]) -> Answered:
        try:
            return await self._answer(await self._running(), question)
        except (OSError, ValueError, asyncio.IncompleteReadError):
            await self._kill()
            raise self._broken() from None

    async def _running(self) -> Process:
        """Return the process, or another where it ended."""
        if self._process is not None and self._process.returncode is None:
            return self._process
        process = await asyncio.create_subprocess_exec(
            *COMMAND, stdin=PIPE, stdout=PIPE, env=child_environment()
        )
        self._process = process
        if self._closed:  # meanwhile
            await self._kill()
        await _send(process, self._opening())
        return process

    async def _answer(self, process: Process, question: dict[str, str]) -> Answered:
        await _send(process, question)
        if process.stdout is None:
            raise ValueError("no output")
        head = json.loads(await process.stdout.readline())
        if "error" in head:
            error = head["error"]
            raise ObsdeckError(
                error["kind"], error["message"], hint=error["hint"], status=error["status"]
            )
        if not 0 <= head["length"] <= _MOST_ANSWER:
            raise ValueError("length")
        body = await process.stdout.readexactly(head["length"])
        return Answered(head["type"], body, head["facts"])

    def _opening(self) -> dict[str, Any]:
        return {
            "path": str(self.source.path),
            "about": self.source.about,
            "device": self.source.device,
            "inode": self.source.inode,
            "name": self.source.name,
            "copy": str(self._copy),
            "most": self._limits.uncompressed,
            "memory": self._limits.memory,
            "computing": math.ceil(self._limits.seconds) + 1,
        }

    def _late(self) -> ObsdeckError:
        return ObsdeckError(
            "timeout",
            f"{self.source.name} could not be shown within {self._limits.seconds:,.0f} s.",
            status=504,
        )

    def _broken(self) -> ObsdeckError:
        return ObsdeckError(
            "unavailable",
            f"What reads {self.source.name} ended unexpectedly.",
            hint="It may be damaged. The Jupyter server's log may have the details.",
            status=500,
        )


async def _send(process: Process, message: dict[str, Any]) -> None:
    if process.stdin is None:
        raise ValueError("no input")
    process.stdin.write(json.dumps(message).encode() + b"\n")
    await process.stdin.drain()
