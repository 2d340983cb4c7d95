"""What several ways of signing in share: what was typed, and refusals as sentences."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from obsdeck.archives.archive import Archive
from obsdeck.credentials.credential import Credential
from obsdeck.credentials.kinds.base import SmallAnswer
from obsdeck.credentials.kinds.form import can_be_sent, wrong_form
from obsdeck.credentials.secret import Secret
from obsdeck.errors import ErrorKind, ObsdeckError

Clock = Callable[[], float]
"""Gives Unix time in seconds."""

_WORDS = {"username": "user name", "password": "password", "token": "token", "key": "API key"}


def failure(
    archive: Archive, kind: ErrorKind, message: str, hint: str = "", status: int = 400
) -> ObsdeckError:
    """Return an error that names the archive it belongs to."""
    return ObsdeckError(kind, message, hint=hint, status=status, archive=archive.id)


def typed(archive: Archive, fields: Mapping[str, Secret], *names: str) -> tuple[Secret, ...]:
    """Return what was typed into some fields.

    Raises
    ------
    ObsdeckError
        `rejected` where one of them is empty or blank.
    """
    missing = [_WORDS[n] for n in names if not fields.get(n) or not fields[n].reveal().strip()]
    if missing:
        message = f"To sign in to {archive.name}, the {' and the '.join(missing)} must be given."
        raise failure(archive, "rejected", message)
    return tuple(fields[name] for name in names)


def pasted(archive: Archive, fields: Mapping[str, Secret], name: str) -> str:
    """Return a token or key that was pasted, without the blanks that copying leaves around it.

    Raises
    ------
    ObsdeckError
        `rejected` where it is empty, or cannot be one of the archive's by its form.
    """
    (secret,) = typed(archive, fields, name)
    text = secret.reveal().strip()
    if reason := wrong_form(archive, text, _WORDS[name]):
        raise failure(archive, "rejected", reason)
    return text


def wrong_password(archive: Archive) -> ObsdeckError:
    """Return the one message for a wrong user name and for a wrong password.

    To tell them apart would tell a stranger which names exist, and most archives do not.
    """
    reset = "resetUrl" in archive.definition["signIn"]
    hint = f"Check both, or reset the password at {archive.name}." if reset else "Check both."
    message = f"{archive.name} did not accept this user name and password."
    return failure(archive, "not-signed-in", message, hint)


def out_of_order(archive: Archive, answer: SmallAnswer) -> ObsdeckError | None:
    """Return what an answer says of the service and not of the credential, None otherwise."""
    if answer.status == 429:
        wait = answer.headers.get("retry-after", "")
        hint = f"It asks to wait {wait} s." if wait.isdigit() else "Try again in a few minutes."
        message = f"{archive.name} gets too many requests from here."
        return failure(archive, "rate-limited", message, hint, 429)
    if answer.status in {502, 503, 504}:
        message = f"{archive.name} cannot check sign-ins at the moment (HTTP {answer.status})."
        return failure(archive, "unavailable", message, "Try again later.", 502)
    return None


def unclear(archive: Archive, answer: SmallAnswer) -> ObsdeckError:
    """Return the error for an answer that is neither yes nor no."""
    message = f"{archive.name} answered the sign-in in a way that says neither yes nor no"
    hint = "Try again later. If it stays so, the address of the sign-in may have changed."
    return failure(archive, "bad-answer", f"{message} (HTTP {answer.status}).", hint, 502)


def handed_out(archive: Archive, answer: SmallAnswer, token: str) -> str:
    """Return the token that an archive gave for a password.

    Raises
    ------
    ObsdeckError
        `bad-answer` for one that could never be sent back.
    """
    if not can_be_sent(token):
        raise unclear(archive, answer)
    return token


def ran_out(archive: Archive, expires: float | None = None) -> ObsdeckError:
    """Return the error for a credential whose time is over."""
    at = f" at {datetime.fromtimestamp(expires, UTC):%H:%M} UTC" if expires is not None else ""
    message = f"The {archive.name} sign-in ran out{at}."
    return failure(archive, "expired", message, "Sign in again.")


def still_good(archive: Archive, credential: Credential, now: float) -> Credential:
    """Return a credential that no archive can be asked about, while its time is not over.

    Raises
    ------
    ObsdeckError
        `expired`.
    """
    if credential.expires is not None and credential.expires <= now:
        raise ran_out(archive, credential.expires)
    return credential


@dataclass(frozen=True)
class Trial:
    """Where a credential can be tried out.

    Attributes
    ----------
    url, query
        What is read.
    proves
        Whether reading it shows that the credential is good; else only a refusal (HTTP 401)
        means something, as everybody may be allowed to read it.
    """

    url: str
    query: Mapping[str, str] | None = None
    proves: bool = True


def trial_of(archive: Archive) -> Trial | None:
    """Return where to try: `userInfoUrl`, else one line of the first TAP service.

    The query is one that every service answers at once; capabilities and tables are public
    even where queries are not.
    """
    url = archive.definition["signIn"].get("userInfoUrl")
    if url is not None:
        return Trial(url)
    services = archive.definition["services"].get("tap", [])
    if not services:
        return None
    query = "SELECT TOP 1 table_name FROM TAP_SCHEMA.tables"
    parameters = {"REQUEST": "doQuery", "LANG": "ADQL", "MAXREC": "1", "QUERY": query}
    return Trial(f"{services[0]['url'].rstrip('/')}/sync", parameters, proves=False)


def accepted(credential: Credential, now: float, **changes: Any) -> Credential:
    """Return a credential that the archive has just accepted, with what it told."""
    return replace(credential, checked=now, **changes)


def json_object(answer: SmallAnswer) -> dict[str, Any]:
    """Return the object in an answer, an empty one for everything else, whatever its label."""
    try:
        value = json.loads(answer.body)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def header(name: str, text: str) -> dict[str, Secret]:
    """Return a header line that carries a credential."""
    return {name: Secret(text)}
