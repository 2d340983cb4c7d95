"""A job as it is kept: where it is, and what was asked. No answer, no secret."""

from __future__ import annotations

import re
from typing import Any, NotRequired, TypedDict

from obsdeck.addresses.url import BadAddressError, parse_target
from obsdeck.credentials.redact import holds_secret, redact
from obsdeck.credentials.secret import live_secrets
from obsdeck.errors import ObsdeckError

JobRecord = TypedDict(
    "JobRecord",
    {
        "id": str,
        "archive": str,
        "service": str,
        "url": str,
        "as": NotRequired[str],
        "name": str,
        "table": str,
        "adql": str,
        "maxrec": int,
        "created": float,
        "ended": NotRequired[float],
        "elsewhere": NotRequired[bool],
        "rows": NotRequired[int],
        "saved": NotRequired[str],
        "removed": NotRequired[str],
    },
)
"""`IJobRecord` of the page; times are milliseconds since 1970."""

_ID = re.compile(r"[A-Za-z0-9-]{1,64}")
_ARCHIVE = re.compile(r"[a-z0-9-]{1,64}")
_LONGEST_ADDRESS = 4_000
_LONGEST_NAME = 500
_LONGEST_QUERY = 1_000_000
"""Characters; a query that lists thousands of identifiers is longer than one expects."""

_LATEST = 8_640_000_000_000_000
"""The last millisecond of the page's calendar."""

_MOST_ROWS = (1 << 53) - 1

_MEMBERS = frozenset(JobRecord.__annotations__)


def read_record(value: object) -> JobRecord:
    """Return the record in a JSON value.

    Raises
    ------
    ObsdeckError
        `rejected`, when a member is missing, unknown, of another type or out of bounds, or
        when something secret stands in it. The text quotes none of it.
    """
    if not isinstance(value, dict):
        raise refused("it is no object")
    if set(value) - _MEMBERS:
        raise refused("it has a member that is not known")
    record = JobRecord(
        id=_matching(_ID, value, "id"),
        archive=_matching(_ARCHIVE, value, "archive"),
        service=_address(value, "service"),
        url=_address(value, "url"),
        name=_text(value, "name", _LONGEST_NAME),
        table=_text(value, "table", _LONGEST_NAME),
        adql=_text(value, "adql", _LONGEST_QUERY),
        maxrec=_rows(value, "maxrec"),
        created=_time(value, "created"),
    )
    _read_optional(value, record)
    return record


def refused(reason: str) -> ObsdeckError:
    """Return the refusal of a record."""
    return ObsdeckError("rejected", f"The job cannot be kept: {reason}.")


def _read_optional(value: dict[str, Any], record: JobRecord) -> None:
    if value.get("as") is not None:
        if value["as"] != "me":
            raise refused("in whose name it runs is not known")
        record["as"] = "me"
    if value.get("ended") is not None:
        record["ended"] = _time(value, "ended")
    if value.get("elsewhere") is not None:
        if not isinstance(value["elsewhere"], bool):
            raise refused("where it was started is not known")
        record["elsewhere"] = value["elsewhere"]
    if value.get("rows") is not None:
        record["rows"] = _rows(value, "rows")
    if value.get("saved") is not None:
        record["saved"] = _text(value, "saved", _LONGEST_ADDRESS)
    if value.get("removed") is not None:
        if value["removed"] not in {"COMPLETED", "ABORTED"}:
            raise refused("how it ended is not known")
        record["removed"] = value["removed"]


def _matching(pattern: re.Pattern[str], value: dict[str, Any], member: str) -> str:
    text = value.get(member)
    if not isinstance(text, str) or not pattern.fullmatch(text):
        raise refused(f"its {member} is none")
    return text


def _address(value: dict[str, Any], member: str) -> str:
    """Return an address that can be asked again as it is, so none that would need masking."""
    text = _text(value, member, _LONGEST_ADDRESS)
    try:
        parse_target(text)
    except BadAddressError as error:
        raise refused(f"its address ({member}) cannot be called, as {error}") from None
    if redact(text) != text:
        raise refused(f"its address ({member}) holds a secret")
    return text


def _text(value: dict[str, Any], member: str, longest: int) -> str:
    text = value.get(member)
    if not isinstance(text, str):
        raise refused(f"its {member} is no text")
    if len(text) > longest:
        raise refused(f"its {member} is longer than {longest:,} characters")
    if not _is_unicode(text):
        raise refused(f"its {member} holds half characters")
    if holds_secret(text, live_secrets()):
        raise refused(f"its {member} holds a secret")
    return text


def _is_unicode(text: str) -> bool:
    """Return whether a text can be written as UTF-8; JSON can name single surrogates."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _rows(value: dict[str, Any], member: str) -> int:
    number = value.get(member)
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= _MOST_ROWS:
        raise refused(f"its number of rows ({member}) is none")
    return number


def _time(value: dict[str, Any], member: str) -> float:
    number = value.get(member)
    if isinstance(number, bool) or not isinstance(number, int | float):
        raise refused(f"its time ({member}) is none")
    if not 0 <= number <= _LATEST:
        raise refused(f"its time ({member}) is none of the calendar")
    return number
