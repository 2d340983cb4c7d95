"""What goes back to the page."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Answer:
    """A document, with facts about it.

    Attributes
    ----------
    type
        Its media type.
    body
        Its bytes.
    facts
        What is sent beside it, as JSON; nothing beside JSON.
    """

    type: str
    body: bytes
    facts: dict[str, Any] = field(default_factory=dict)


def json_answer(value: Any) -> Answer:
    """Return a JSON document; numbers in it must be finite (see `finite`)."""
    text = json.dumps(value, allow_nan=False, separators=(",", ":"))
    return Answer("application/json", text.encode())


def finite(value: float) -> float | None:
    """Return a number that JSON can hold; None for NaN and infinity."""
    return float(value) if math.isfinite(value) else None
