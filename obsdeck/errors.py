"""The one error type of the server half, as it travels to the page (see `ErrorKind`)."""

from __future__ import annotations

from typing import Literal, TypedDict

ErrorKind = Literal[
    "not-signed-in",
    "expired",
    "forbidden",
    "embargoed",
    "not-found",
    "rejected",
    "overflow",
    "rate-limited",
    "unavailable",
    "timeout",
    "bad-answer",
    "refused-address",
    "cancelled",
]
"""What went wrong, for the page to choose an icon and an action by."""


class ErrorDetail(TypedDict):
    """The value of `error` in a JSON error answer."""

    kind: ErrorKind
    message: str
    hint: str
    status: int
    archive: str | None


class ObsdeckError(Exception):
    """A failure that a person can read and act on.

    Parameters
    ----------
    kind
        Class of the failure.
    message
        One plain sentence: which archive, what happened.
    hint
        One sentence on what to do about it; empty when there is nothing to advise.
    status
        HTTP status of our answer to the page.
    archive
        Id of the archive concerned.
    """

    def __init__(
        self,
        kind: ErrorKind,
        message: str,
        *,
        hint: str = "",
        status: int = 400,
        archive: str | None = None,
    ) -> None:
        super().__init__(message)
        self.kind: ErrorKind = kind
        self.message = message
        self.hint = hint
        self.status = status
        self.archive = archive

    def to_json(self) -> dict[str, ErrorDetail]:
        """Return the body of the JSON error answer."""
        return {
            "error": {
                "kind": self.kind,
                "message": self.message,
                "hint": self.hint,
                "status": self.status,
                "archive": self.archive,
            }
        }
