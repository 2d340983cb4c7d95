"""Cells of tables in one form, so that readers can be compared value by value.

Null is ``None``, a 64-bit integer ``{"i": "123"}``, any other number ``{"f": hex}`` by the bits of
its double, an array or a complex number a flat list; ``test/support/plain.mjs`` writes the same.
"""

from __future__ import annotations

import math
import struct
from typing import Any

import numpy as np


def plain(value: Any, datatype: str) -> Any:
    """Write a value of astropy's as our client's program writes its own."""
    if value is np.ma.masked or value is None:
        return None
    if isinstance(value, np.ndarray):  # ours are flat, their shape is in the arraysize
        return [plain(item, datatype) for item in value.ravel()]
    if isinstance(value, (complex, np.complexfloating)):
        return [plain(value.real, datatype), plain(value.imag, datatype)]
    if isinstance(value, (str, np.str_)):
        return str(value)
    return boolean_or_number(value, datatype)


def boolean_or_number(value: Any, datatype: str) -> Any:
    """Write a value that is no text; a bit is a number to us and a boolean to astropy."""
    if datatype == "boolean":
        return bool(value)
    if datatype == "long":
        return {"i": str(int(value))}
    return {"f": struct.pack(">d", float(value)).hex()}


def is_same(mine: Any, other: Any) -> bool:
    """Compare two cells.

    A NaN has many bit patterns. Blanks around a text are data (VOTable 1.4 §6), but astropy
    drops them in TABLEDATA.
    """
    if mine == other:
        return True
    if isinstance(mine, list) and isinstance(other, list):
        return len(mine) == len(other) and all(map(is_same, mine, other))
    if isinstance(mine, str) and isinstance(other, str):
        return mine.strip() == other
    if mine is None:
        return is_nothing(other)
    return is_nan(mine) and is_nothing(other)


def is_nothing(value: Any) -> bool:
    """Tell what astropy gives for null; an array of a fixed size is full of it."""
    if isinstance(value, list):
        return all(map(is_nothing, value))
    return value is None or value == "" or is_nan(value)


def is_nan(value: Any) -> bool:
    """Tell whether a cell of ``plain`` is NaN."""
    bits = value.get("f") if isinstance(value, dict) else None
    return bits is not None and math.isnan(struct.unpack(">d", bytes.fromhex(bits))[0])
