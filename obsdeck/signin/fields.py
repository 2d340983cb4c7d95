"""What a person typed, on its way from the request's JSON into secrets."""

from __future__ import annotations

import re

from obsdeck.archives.archive import Archive
from obsdeck.credentials.secret import Secret
from obsdeck.signin.faults import rejected

_NAMES = frozenset({"username", "password", "token", "key"})

_PASTED = frozenset({"token", "key"})
"""A blank or line end around these came along with the clipboard."""

_MOST = 16_384
"""Longest text taken, in characters; tokens of a few thousand exist."""

_UNFIT = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
"""Control characters, and halves of characters, which cannot be encoded."""


def read_fields(archive: Archive, typed: object) -> dict[str, Secret]:
    """Return the fields of a sign-in; the empty ones are left out.

    Raises
    ------
    ObsdeckError
        `rejected`, never quoting a value.
    """
    if not isinstance(typed, dict) or not typed.keys() <= _NAMES:
        raise rejected(archive, "this is no sign-in.")
    fields = {name: _read(archive, name, value) for name, value in typed.items()}
    return {name: Secret(text) for name, text in fields.items() if text}


def _read(archive: Archive, name: str, value: object) -> str:
    if not isinstance(value, str):
        raise rejected(archive, f"the field “{name}” is no text.")
    text = value.strip() if name in _PASTED else value
    if len(text) > _MOST:
        raise rejected(archive, f"the field “{name}” is longer than {_MOST} characters.")
    if _UNFIT.search(text):
        raise rejected(archive, f"the field “{name}” holds a line end or a control character.")
    return text
