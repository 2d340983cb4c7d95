"""Amounts in sentences."""

from __future__ import annotations


def amount(count: int) -> str:
    """Return a number of bytes as “3.5 GB”: decimal units, three digits at most."""
    value, unit = float(count), "B"
    for unit in ("B", "kB", "MB", "GB", "TB"):
        if value < 999.5 or unit == "TB":
            break
        value /= 1000
    digits = 1 if unit != "B" and value < 99.95 else 0
    return f"{value:,.{digits}f} {unit}"
