"""How accounts are spoken of in a kernel."""

from __future__ import annotations

import re
from collections.abc import Iterable

from obsdeck.addresses.url import parse_target
from obsdeck.archives.archive import Archive
from obsdeck.client.holder import Standing

_KEPT = {
    "page": "signed in here, until the page closes",
    "session": "signed in here, until Jupyter stops",
    "keyring": "signed in here, kept in the keyring",
    "file": "signed in here, kept in a file",
}


def left(standing: Standing, now: float) -> str:
    """Return the time left as `7 h 12 min`, empty where no end is known.

    Parameters
    ----------
    standing
        Who one is.
    now
        Unix time in seconds.
    """
    if standing.expires is None or standing.state != "signed-in":
        return ""
    minutes = max(0, int(standing.expires - now)) // 60
    if minutes >= 1440:
        return f"{minutes // 1440} d {minutes % 1440 // 60} h"
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"


def origin_of(standing: Standing) -> str:
    """Return where a credential came from: what was done here, a variable, or a file."""
    place = standing.place
    if place is None:
        return ""
    return _KEPT.get(place.kept or "", "signed in here") if place.kind == "here" else place.name


def hosts(archive: Archive) -> str:
    """Return who may see the credential, for people: hosts, with the path where one is fixed."""
    return ", ".join(_unique(_host(url) for url in archive.definition["origins"])) or "nobody"


def _host(url: str) -> str:
    target = parse_target(url)
    return f"{target.authority}{target.path.rstrip('/')}"


def _unique(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def without_host(who: str | None) -> str | None:
    """Return a user name that may stand in a notebook, which gets passed on: `ada@…`.

    MMODA knows its users by their e-mail address, which is personal data.
    """
    return who and re.sub(r"@.*", "@…", who)
