"""Reading JSON values of others member by member; the refusals quote none of it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from obsdeck.errors import ObsdeckError

LONGEST_ADDRESS = 32_768
LONGEST_TEXT = 1_000
_MOST = (1 << 53) - 1


def refused(reason: str) -> ObsdeckError:
    """Return the refusal of a request that is none."""
    return ObsdeckError("rejected", f"This cannot be downloaded: {reason}.")


def object_of(value: object, what: str, known: Collection[str]) -> dict[str, Any]:
    """Return an object whose members are all known.

    Raises
    ------
    ObsdeckError
        `rejected`, as all functions here.
    """
    if not isinstance(value, dict):
        raise refused(f"{what} is no object")
    if not set(value) <= set(known):
        raise refused(f"{what} has a member that is not known")
    return value


def text(value: dict[str, Any], member: str, longest: int = LONGEST_TEXT) -> str:
    """Return a text that has to be there."""
    found = optional_text(value, member, longest)
    if found is None:
        raise refused(f"its {member} is missing")
    return found


def optional_text(value: dict[str, Any], member: str, longest: int = LONGEST_TEXT) -> str | None:
    """Return a text, None where there is none; half characters are no text."""
    found = value.get(member)
    if found is None:
        return None
    if not isinstance(found, str) or any("\ud800" <= letter <= "\udfff" for letter in found):
        raise refused(f"its {member} is no text")
    if len(found) > longest:
        raise refused(f"its {member} is longer than {longest:,} characters")
    return found


def optional_size(value: dict[str, Any], member: str) -> int | None:
    """Return a number of bytes, None where there is none."""
    found = value.get(member)
    if found is None:
        return None
    if isinstance(found, float) and found.is_integer():
        found = int(found)
    if isinstance(found, bool) or not isinstance(found, int) or not 0 <= found <= _MOST:
        raise refused(f"its {member} is no number of bytes")
    return found


def ids(value: object, most: int = 100_000) -> list[str]:
    """Return a list of ids."""
    if not isinstance(value, list) or len(value) > most:
        raise refused("its ids are no list")
    if not all(isinstance(each, str) and len(each) <= 64 for each in value):
        raise refused("one of its ids is none")
    return value
