"""A text that shows itself to nobody by accident."""

from __future__ import annotations

import hmac
from typing import NoReturn
from weakref import WeakValueDictionary

from obsdeck.credentials.spellings import encoded, spellings

_SHOWN = "•••"

# By identity: of two equal secrets one must still be known when the other is gone.
_LIVE: WeakValueDictionary[int, Secret] = WeakValueDictionary()


class Secret:
    """A password, token or key; only `reveal` gives the text.

    Printing, formatting, logging and tracebacks show dots; pickling and copying into JSON
    fail, so that a secret leaves the process only where somebody wrote `reveal`. While it
    lives, `redact` knows it.
    """

    __slots__ = ("__weakref__", "_spellings", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._spellings: tuple[str, ...] | None = None
        _LIVE[id(self)] = self

    def reveal(self) -> str:
        """Return the text, for the one place that sends or stores it."""
        return self._text

    def spelled(self) -> tuple[str, ...]:
        """Return the forms in which it might turn up (see `spellings`), to be masked."""
        if self._spellings is None:
            self._spellings = spellings(self._text)
        return self._spellings

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(encoded(self._text), encoded(other._text))

    def __hash__(self) -> int:
        return hash((Secret, self._text))

    def __repr__(self) -> str:
        return f"Secret({_SHOWN})"

    def __str__(self) -> str:
        return _SHOWN

    def __format__(self, spec: str) -> str:
        return _SHOWN

    def __reduce__(self) -> NoReturn:
        raise TypeError("A secret is never pickled or copied.")


def live_secrets() -> list[Secret]:
    """Return every secret of this process, from whichever thread one asks."""
    found = (reference() for reference in _LIVE.valuerefs())
    return [secret for secret in found if secret is not None]
