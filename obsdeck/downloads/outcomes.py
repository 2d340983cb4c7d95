"""How one attempt to fetch a file can end, other than with the file."""

from __future__ import annotations

from obsdeck.errors import ObsdeckError


class UnfinishedError(Exception):
    """An attempt that ended early; what arrived stays on disk."""


class TryAgainError(UnfinishedError):
    """Another attempt may help.

    Parameters
    ----------
    error
        What to tell if none does.
    wait
        Seconds the archive asks to wait, None where it does not say.
    """

    def __init__(self, error: ObsdeckError, wait: float | None = None) -> None:
        super().__init__(error.message)
        self.error = error
        self.wait = wait


class StartAgainError(UnfinishedError):
    """What is on disk is of no use: the next attempt begins at the first byte."""


class OldAddressError(UnfinishedError):
    """A signed address is refused or has ended; a fresh one may help."""

    def __init__(self, error: ObsdeckError) -> None:
        super().__init__(error.message)
        self.error = error


class SignInError(UnfinishedError):
    """Only a sign-in helps."""

    def __init__(self, error: ObsdeckError) -> None:
        super().__init__(error.message)
        self.error = error


class NoRoomError(UnfinishedError):
    """The disk is full."""


class DiskError(UnfinishedError):
    """The disk fails; the text is the system's reason."""


class HereError(UnfinishedError):
    """The file is on disk already: its name in the folder, and its bytes."""

    def __init__(self, name: str, size: int) -> None:
        super().__init__("already here")
        self.name = name
        self.size = size
