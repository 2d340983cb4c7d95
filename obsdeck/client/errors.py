"""What a kernel is told when a request cannot be made in somebody's name."""

from __future__ import annotations

from requests.exceptions import RequestException

from obsdeck.errors import ErrorKind, ObsdeckError


class SignInError(ObsdeckError, RequestException):
    """Nobody is signed in, the sign-in ran out, or the credential may not be sent.

    It is a `requests.RequestException` too, so that PyVO and others treat it as a failed
    request. No frame of its traceback holds a secret.
    """

    def __init__(self, kind: ErrorKind, message: str, *, archive: str, hint: str = "") -> None:
        RequestException.__init__(self)
        ObsdeckError.__init__(self, kind, message, hint=hint, status=401, archive=archive)

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".rstrip()

    def __reduce__(self) -> tuple[object, ...]:
        return _restored, (self.kind, self.message, self.archive, self.hint)


def _restored(kind: ErrorKind, message: str, archive: str, hint: str) -> SignInError:
    return SignInError(kind, message, archive=archive, hint=hint)
