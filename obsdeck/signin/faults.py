"""Refusals around accounts, in words."""

from __future__ import annotations

from datetime import UTC, datetime

from obsdeck.archives.archive import Archive
from obsdeck.errors import ObsdeckError

_DAY_SECONDS = 86_400


def moment(at: float, now: float) -> str:
    """Return “at 20:52 UTC”, with the date where it is not within a day of `now`."""
    then = datetime.fromtimestamp(at, UTC)
    if abs(now - at) < _DAY_SECONDS:
        return f"at {then:%H:%M} UTC"
    return f"on {then:%Y-%m-%d} at {then:%H:%M} UTC"


def not_signed_in(archive: Archive) -> ObsdeckError:
    """Return the refusal to sign a request when nobody is signed in."""
    return ObsdeckError(
        "not-signed-in",
        f"You are not signed in to {archive.name}.",
        hint=f"Sign in to {archive.name}, or ask as anyone.",
        status=401,
        archive=archive.id,
    )


def ran_out(archive: Archive, at: float, now: float) -> ObsdeckError:
    """Return the refusal to use a sign-in after its end."""
    return _expired(archive, f"The {archive.name} sign-in ran out {moment(at, now)}.")


def not_accepted(archive: Archive, at: float, now: float) -> ObsdeckError:
    """Return the refusal to use what the archive did not accept, and has no known end."""
    return _expired(archive, not_accepted_since(archive, at, now))


def not_accepted_since(archive: Archive, at: float, now: float) -> str:
    """Return what a row says of a sign-in that was refused."""
    clock = moment(at, now).removeprefix("at ").removeprefix("on ")
    return f"{archive.name} has not accepted this sign-in since {clock}."


def overtaken(archive: Archive) -> ObsdeckError:
    """Return what ends a sign-in when another one or a sign-out began meanwhile."""
    return ObsdeckError(
        "cancelled",
        f"This sign-in to {archive.name} was given up: you signed in or out again meanwhile.",
        status=409,
        archive=archive.id,
    )


def not_found(archive: Archive) -> ObsdeckError:
    """Return the refusal to use what is not where the page says it is."""
    return ObsdeckError(
        "not-found",
        f"Nothing of use for {archive.name} is found there any more.",
        hint=f"Sign in to {archive.name}.",
        status=404,
        archive=archive.id,
    )


def not_written_back(archive: Archive, name: str) -> str:
    """Return what a row says when a renewed token could not be put back."""
    return (
        f"{archive.name} renewed the sign-in, but {name} could not be written; "
        "the new one is kept until Jupyter stops."
    )


def too_slow(archive: Archive, seconds: float) -> ObsdeckError:
    """Return what ends a sign-in without an answer."""
    return ObsdeckError(
        "timeout",
        f"{archive.name} did not answer the sign-in within {seconds:.0f} s.",
        hint="Try again in a while.",
        status=504,
        archive=archive.id,
    )


def no_accounts(archive: Archive) -> ObsdeckError:
    """Return the refusal to sign in where there is no signing in."""
    return ObsdeckError(
        "rejected", f"{archive.name} has no accounts to sign in to.", archive=archive.id
    )


def rejected(archive: Archive, sentence: str) -> ObsdeckError:
    """Return the refusal of a request that cannot be understood."""
    return ObsdeckError("rejected", f"{archive.name}: {sentence}", archive=archive.id)


def _expired(archive: Archive, sentence: str) -> ObsdeckError:
    return ObsdeckError("expired", sentence, hint="Sign in again.", status=401, archive=archive.id)
