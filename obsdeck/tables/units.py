"""Units as services write them."""

from __future__ import annotations

import warnings
from typing import Any

_FORMATS = ("vounit", "cds", "generic")
"""Tried in this order; what none of them knows is kept as it is."""


def unit_of(text: str) -> Any:
    """Return a text as an astropy unit, unrecognised ones included; None without one."""
    from astropy import units  # noqa: PLC0415 - slow

    if not text.strip():
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in _FORMATS:
            try:
                return units.Unit(text, format=name)
            except (ValueError, TypeError):
                continue
        return units.Unit(text, parse_strict="silent")


def fits_unit(text: str) -> str:
    """Return a unit in the spelling of FITS where it can be said there, else as it is."""
    unit = unit_of(text)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return str(unit.to_string("fits"))
        except (ValueError, AttributeError):
            return text
