"""Failures on the way to an archive, as sentences that name it."""

from __future__ import annotations

import errno
import ssl

import httpcore

from obsdeck.addresses.network import OWN_NETWORK_HINT
from obsdeck.addresses.url import Target
from obsdeck.archives.archive import NEW_ARCHIVE, Archive
from obsdeck.credentials.redact import redact
from obsdeck.errors import ObsdeckError
from obsdeck.gateway.backend import NameNotFoundError, RefusedAddressError

MOVED_HINT = (
    "If the service has moved, add its new address with “Add archive…”; an administrator can "
    "correct the definition with c.Obsdeck.archives."
)
_NETWORK_HINT = "Check your network connection and try again. " + MOVED_HINT
_ADDRESS_HINT = "Check the address and your network connection, and try again."
_LATER_HINT = "Try again later, or ask for less."

NETWORK_FAULTS = (
    NameNotFoundError,
    RefusedAddressError,
    httpcore.NetworkError,
    httpcore.TimeoutException,
    httpcore.ProtocolError,
    OSError,
)
"""Everything that a connection may raise and `explain` puts into words."""


def explain(error: BaseException, target: Target, archive: Archive) -> ObsdeckError:
    """Put a low-level failure into words.

    Parameters
    ----------
    error
        One of `NETWORK_FAULTS`.
    target
        The address that was being called.
    archive
        The archive concerned.
    """
    if isinstance(error, RefusedAddressError):
        return refused(target.host, str(error), archive)
    if isinstance(error, NameNotFoundError):
        text = f"{archive.name}: the host {target.host} could not be found."
        return _unavailable(text, archive)
    if isinstance(error, httpcore.TimeoutException):
        return _timeout(error, target, archive)
    if isinstance(error, httpcore.ConnectError):
        return _unavailable(_connect_text(error, target, archive), archive)
    return ObsdeckError(
        "bad-answer",
        f"{archive.name}: {target.host} broke off or did not answer in HTTP ({_plain(error)}).",
        hint=_LATER_HINT,
        status=502,
        archive=archive.id,
    )


def refused(host: str, reason: str, archive: Archive) -> ObsdeckError:
    """Return the refusal to call a host for what its address is."""
    return ObsdeckError(
        "refused-address",
        f"{archive.name}: {host} is not called, because it is {reason}.",
        hint=OWN_NETWORK_HINT,
        status=403,
        archive=archive.id,
    )


def bad_address(reason: str, archive: Archive) -> ObsdeckError:
    """Return the refusal of an address that cannot be read or may never be called."""
    return ObsdeckError(
        "refused-address",
        f"{archive.name}: this address is not called, because {reason}.",
        hint="Use a complete address that begins with https:// and holds no user name.",
        status=400,
        archive=archive.id,
    )


def token_address(archive: Archive) -> ObsdeckError:
    """Return the refusal to let the page call, as somebody, an address that hands out tokens."""
    return ObsdeckError(
        "refused-address",
        f"{archive.name}: an address where tokens are handed out is not called for a page.",
        hint="Sign in or renew in the Accounts section.",
        status=403,
        archive=archive.id,
    )


def unfit_for_secrets(archive: Archive, target: Target, reason: str) -> ObsdeckError:
    """Return the refusal to send what somebody signs in with to an address."""
    return ObsdeckError(
        "refused-address",
        f"{archive.name}: nothing secret is sent to {target.origin}, because {reason}.",
        hint="The address of the sign-in belongs into the archive's definition.",
        status=403,
        archive=archive.id,
    )


def _timeout(error: httpcore.TimeoutException, target: Target, archive: Archive) -> ObsdeckError:
    if isinstance(error, httpcore.ConnectTimeout):
        text = f"{archive.name}: {target.host} could not be reached in time."
    elif isinstance(error, httpcore.WriteTimeout):
        text = f"{archive.name}: {target.host} stopped taking the upload."
    else:
        text = f"{archive.name}: {target.host} stayed silent for too long."
    return ObsdeckError("timeout", text, hint=_LATER_HINT, status=504, archive=archive.id)


def _unavailable(text: str, archive: Archive) -> ObsdeckError:
    hint = _ADDRESS_HINT if archive.id == NEW_ARCHIVE.id else _NETWORK_HINT
    return ObsdeckError("unavailable", text, hint=hint, status=502, archive=archive.id)


def _connect_text(error: httpcore.ConnectError, target: Target, archive: Archive) -> str:
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            reason = cause.verify_message
            return f"{archive.name}: the certificate of {target.host} is not valid ({reason})."
        if isinstance(cause, ssl.SSLError):
            return f"{archive.name}: no secure connection to {target.host} ({cause.reason})."
        if isinstance(cause, OSError) and cause.errno == errno.ECONNREFUSED:
            place = f"{target.host} port {target.port}"
            return f"{archive.name}: nothing listens at {place} (connection refused)."
    return f"{archive.name}: {target.host} could not be reached ({_plain(error)})."


def _causes(error: BaseException) -> list[BaseException]:
    """Return an exception, what caused it, and the members of groups among them."""
    found: list[BaseException] = []
    queue: list[BaseException | None] = [error]
    while queue:
        current = queue.pop()
        if current is None or current in found:
            continue
        found.append(current)
        queue += [current.__cause__, current.__context__]
        if isinstance(current, BaseExceptionGroup):
            queue += list(current.exceptions)
    return found


def _plain(error: BaseException) -> str:
    # The HTTP client quotes what it could not read, and an archive may have sent anything.
    return redact(str(error)) or type(error).__name__
