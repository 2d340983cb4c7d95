"""How accounts are spoken of in a kernel."""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import UTC, datetime

from obsdeck.archives.archive import Archive
from obsdeck.client.holder import Standing
from obsdeck.client.signer import Signer
from obsdeck.errors import ObsdeckError
from obsdeck.gateway.url import parse_target


def describe(signer: Signer, *, as_me: bool) -> str:
    """Return what a session says of itself: archive, state, and who gets the credential."""
    name = signer.archive.name
    if not as_me:
        return f"{name}, anonymous"
    try:
        standing = signer.holder.standing(signer.archive)
    except ObsdeckError as error:
        return f"{name}, {error.message}"
    return f"{name}, {state(standing)}, sends its credential to {hosts(signer.archive)}"


def state(standing: Standing, now: float | None = None) -> str:
    """Return a standing in words: “signed in as ASTRO1, 7 h 12 min left”."""
    if standing.state != "signed-in":
        return {"none": "no sign-in", "signed-out": "not signed in", "expired": "expired"}[
            standing.state
        ]
    who = f" as {standing.who}" if standing.who else ""
    ends = left(standing, now)
    return f"signed in{who}{f', {ends} left' if ends else ''}"


def left(standing: Standing, now: float | None = None) -> str:
    """Return the time left as `7 h 12 min`, empty where no end is known."""
    if standing.expires is None or standing.state != "signed-in":
        return ""
    minutes = max(0, int(standing.expires - (time.time() if now is None else now))) // 60
    days, rest = divmod(minutes, 1440)
    if days:
        return f"{days} d {rest // 60} h"
    return f"{rest // 60} h {rest % 60} min" if rest >= 60 else f"{rest} min"


def hosts(archive: Archive) -> str:
    """Return who may see the credential, for people: hosts, with the path where one is fixed."""
    return ", ".join(_unique(_host(url) for url in archive.definition["origins"])) or "nobody"


def clock_time(seconds: float) -> str:
    """Return a Unix time as `20:52 UTC`, with the date if that is another day than today."""
    moment = datetime.fromtimestamp(seconds, UTC)
    is_today = moment.date() == datetime.now(UTC).date()
    return moment.strftime("%H:%M UTC" if is_today else "%Y-%m-%d %H:%M UTC")


def _host(url: str) -> str:
    target = parse_target(url)
    return f"{target.authority}{target.path.rstrip('/')}"


def _unique(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))
