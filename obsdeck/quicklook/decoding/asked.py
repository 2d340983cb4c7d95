"""What the page asked for, as text that is not trusted."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import TypeVar

from obsdeck.errors import ObsdeckError

_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")

_Choice = TypeVar("_Choice", bound=str)


class Asked:
    """The parameters of one request.

    Parameters
    ----------
    texts
        Names and values as they came.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts

    def text(self, name: str) -> str:
        """Return a text; empty when there is none."""
        return self._texts.get(name, "")

    def integer(self, name: str, default: int, least: int, most: int) -> int:
        """Return a whole number, moved into its bounds.

        Raises
        ------
        ObsdeckError
            `rejected`, when it is none.
        """
        text = self._texts.get(name)
        if text is None:
            return default
        if not _INTEGER.fullmatch(text):
            raise ObsdeckError("rejected", f"The parameter {name} is no whole number.")
        return min(max(int(text), least), most)

    def number(self, name: str) -> float | None:
        """Return a finite number; None when there is none.

        Raises
        ------
        ObsdeckError
            `rejected`, when it is none.
        """
        text = self._texts.get(name)
        if not text:
            return None
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise ObsdeckError("rejected", f"The parameter {name} is no number.")
        return value

    def choice(self, name: str, choices: tuple[_Choice, ...]) -> _Choice:
        """Return one of some words; the first when there is none.

        Raises
        ------
        ObsdeckError
            `rejected`, when it is another.
        """
        text = self._texts.get(name)
        if text is None:
            return choices[0]
        for choice in choices:
            if choice == text:
                return choice
        raise ObsdeckError("rejected", f"{name} must be one of: {', '.join(choices)}.")
