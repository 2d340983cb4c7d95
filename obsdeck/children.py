"""What child processes have in common that read or write data of strangers."""

from __future__ import annotations

import contextlib
import os
import sys


def module_command(module: str) -> tuple[str, ...]:
    """Return what runs a module of ours.

    With `-P`, modules that lie in the folder of the notebooks are not taken for ours.
    """
    return (sys.executable, "-P", "-m", module)


def child_environment() -> dict[str, str]:
    """Return the environment for a child with a memory limit."""
    return {
        **os.environ,
        # Allocators that reserve addresses by the gigabyte would meet the memory limit.
        "ARROW_DEFAULT_MEMORY_POOL": "system",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }


def limit_memory(size: int) -> None:
    """Let hostile data end this process, and not the computer.

    Parameters
    ----------
    size
        Bytes of addresses that may be used.
    """
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not on Windows

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = size if hard < 0 else min(size, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


def limit_computing(seconds: int) -> None:
    """End this process once it has computed so long, even when nobody is left to stop it."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not on Windows

        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        limit = seconds if hard < 0 else min(seconds, hard)
        resource.setrlimit(resource.RLIMIT_CPU, (limit, hard))
