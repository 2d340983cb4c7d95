"""Archives from a notebook or a script, in the user's name and without a visible secret."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from obsdeck.client.archive_session import ArchiveSession
from obsdeck.client.errors import SignInError
from obsdeck.client.holder import Standing
from obsdeck.client.kernel import KernelAccounts
from obsdeck.client.listing import AccountList

if TYPE_CHECKING:
    from pyvo.dal import TAPService

__all__ = ["AccountList", "ArchiveSession", "SignInError", "Standing", "accounts", "session", "tap"]


def session(archive_id: str, *, as_me: bool = True) -> ArchiveSession:
    """Return a `requests.Session` that acts in your name towards an archive.

    The credential of the Accounts section is looked up at each request and sent to the
    archive's own addresses only. Nothing is asked before the first request.

    Parameters
    ----------
    archive_id
        The archive, `eso` for instance; `obsdeck.accounts()` lists the ids.
    as_me
        False to ask as anyone, without a credential.

    Raises
    ------
    ObsdeckError
        `not-found` if there is no such archive.
    """
    holder = KernelAccounts()
    return ArchiveSession(holder.archive(archive_id), holder, as_me=as_me)


def tap(archive_id: str, service: str | None = None, *, as_me: bool = True) -> TAPService:
    """Return a `pyvo.dal.TAPService` of an archive that asks in your name.

    Parameters
    ----------
    archive_id
        The archive, `rubin` for instance; `obsdeck.accounts()` lists the ids.
    service
        Title or address of one of its TAP services; the first one by default.
    as_me
        False to ask as anyone, without a credential.

    Raises
    ------
    ObsdeckError
        `not-found` if there is no such archive or service.
    """
    from obsdeck.client.tap_service import tap_service  # noqa: PLC0415 - PyVO takes a second to load

    bound = session(archive_id, as_me=as_me)
    return tap_service(bound.archive, service, bound)


def accounts() -> AccountList:
    """Return who you are at each archive that has accounts; asks no archive."""
    holder = KernelAccounts()
    standings = [holder.standing(archive) for archive in holder.archives()]
    return AccountList([s for s in standings if s.state != "none"], time.time())
