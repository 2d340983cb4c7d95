"""A text that shows itself to nobody by accident."""

from __future__ import annotations

import hmac
from typing import NoReturn

_SHOWN = "•••"


class Secret:
    """A password, token or key; only `reveal` gives the text.

    Printing, formatting, logging and tracebacks show dots; pickling and copying into JSON
    fail, so that a secret leaves the process only where somebody wrote `reveal`.
    """

    __slots__ = ("__weakref__", "_text")

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """Return the text, for the one place that sends or stores it."""
        return self._text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self._text.encode(), other._text.encode())

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
