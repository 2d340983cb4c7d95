"""Answers that are no file: what they mean for the queue, and how people are told."""

from __future__ import annotations

from http import HTTPStatus

from obsdeck.archives.archive import Archive
from obsdeck.downloads.head import Head
from obsdeck.downloads.item import Item
from obsdeck.downloads.outcomes import OldAddressError, SignInError, TryAgainError
from obsdeck.downloads.signed import is_signed
from obsdeck.downloads.way import Way
from obsdeck.errors import ErrorKind, ObsdeckError
from obsdeck.gateway import faults
from obsdeck.gateway.call import Wallet

_KINDS: dict[int, ErrorKind] = {
    401: "not-signed-in",
    403: "forbidden",
    404: "not-found",
    410: "not-found",
    429: "rate-limited",
    408: "timeout",
    504: "timeout",
}
_PASSING = frozenset({408, 425, 429, 502, 503, 504})
"""Statuses that another attempt may change."""

_OF_SIGNATURES = frozenset({400, 401, 403})
"""What storage hosts answer to a signature that is too old."""

_TRANSIENT_WORDS = ("ServiceUnavailable", "temporarily", "try again", "timed out")


def of_client(error: ObsdeckError) -> Exception:
    """Return what a failure to get any answer means."""
    if error.kind in {"not-signed-in", "expired"}:
        return SignInError(error)
    if isinstance(error.__cause__, faults.NETWORK_FAULTS) and error.kind != "refused-address":
        return TryAgainError(error)
    return error


async def of_answer(head: Head, words: str, item: Item, way: Way) -> Exception:
    """Return what a status other than 200 and 206 means.

    Parameters
    ----------
    head
        The answer.
    words
        What the service says.
    item, way
        What was asked for, and in whose name.
    """
    archive, wallet = way.archive, way.wallet
    status = head.status
    error = told(status, words, item, archive, head.answer.signed)
    if status in _OF_SIGNATURES and is_signed(head.answer.target.url):
        return OldAddressError(error)
    if status == HTTPStatus.UNAUTHORIZED and wallet is not None and head.answer.signed:
        return await _unsigned(error, archive, wallet)
    is_passing = status in _PASSING or (
        status >= HTTPStatus.INTERNAL_SERVER_ERROR
        and (not words or any(each in words for each in _TRANSIENT_WORDS))
    )
    return TryAgainError(error, head.wait(way.clock.now())) if is_passing else error


def told(status: int, words: str, item: Item, archive: Archive, as_me: bool) -> ObsdeckError:
    """Return a refusal as a sentence."""
    quoted = f" “{words}”." if words else ""
    if status == HTTPStatus.NO_CONTENT:
        return _error("not-found", "No pixels there.", archive)
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        whom = "you" if as_me else "anyone"
        text = f"{archive.name}: {item.label} is not open to {whom} (status {status}).{quoted}"
        kind: ErrorKind = "forbidden" if as_me else _KINDS[status]
        return _error(kind, text, archive)
    if status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
        text = f"{archive.name}: {item.label} was not found (status {status}).{quoted}"
        return _error("not-found", text, archive)
    text = f"{archive.name}:{quoted}" if words else f"{archive.name} answered status {status}."
    usual: ErrorKind = "unavailable" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "rejected"
    return _error(_KINDS.get(status, usual), text, archive)


def bad_file(text: str, archive: Archive) -> ObsdeckError:
    """Return the refusal to save what came."""
    return _error("bad-answer", text, archive)


async def _unsigned(error: ObsdeckError, archive: Archive, wallet: Wallet) -> Exception:
    """Return whether a 401 was about the sign-in as a whole, or about one file."""
    try:
        await wallet.signature(archive)
    except ObsdeckError as ended:
        return SignInError(ended)
    return error


def _error(kind: ErrorKind, text: str, archive: Archive) -> ObsdeckError:
    return ObsdeckError(kind, text, archive=archive.id)
