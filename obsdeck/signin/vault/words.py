"""What vaults tell."""

from __future__ import annotations

from obsdeck.errors import ObsdeckError

NEWER = "The stored sign-ins were written by a newer version of Obsdeck and are left alone."
WAS_OPEN = (
    "Others on this computer could read the stored sign-ins. The file is private again; "
    "sign out and in where that matters."
)
"""Rights of the file were wider than 0600."""


def set_aside_as(name: str) -> str:
    """Return what is told of damaged sign-ins."""
    return (
        f"The stored sign-ins could not be read. They were set aside as {name}; "
        "the others are unharmed."
    )


def not_stored(reason: str) -> ObsdeckError:
    """Return the failure to write."""
    return ObsdeckError(
        "unavailable",
        f"The sign-in could not be stored: {reason}.",
        hint="Choose “Until Jupyter stops”, or check the vault.",
        status=500,
    )


def not_read(reason: str) -> ObsdeckError:
    """Return the failure to read."""
    return ObsdeckError(
        "unavailable",
        f"The stored sign-ins cannot be read: {reason}.",
        hint="They are still there; sign in again, or try later.",
        status=500,
    )
