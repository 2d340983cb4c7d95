"""How much a quick look may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class QuickLookLimits:
    """Limits of the processes that open files.

    Attributes
    ----------
    uncompressed
        Bytes of the plain copy of a compressed file.
    seconds
        From a question to its answer.
    memory
        Bytes of addresses of a process.
    idle
        Seconds that a process waits for the next question about its file.
    kept
        Seconds that a plain copy is kept after the last question.
    """

    uncompressed: int = 8_000_000_000
    seconds: float = 120.0
    memory: int = 4_000_000_000
    idle: float = 30.0
    kept: float = 1800.0
