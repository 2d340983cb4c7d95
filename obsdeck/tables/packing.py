"""Rows as bytes, the cells of a row one after the other, without a loop over rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Part:
    """Bytes of a part of each row.

    Attributes
    ----------
    data
        All of them: of shape (rows, width) where each row has as many, else flat.
    lengths
        Bytes per row; None where each row has as many.
    """

    data: Bytes
    lengths: npt.NDArray[np.int64] | None = None


def fixed(values: npt.NDArray[Any], rows: int) -> Part:
    """Return numbers, as many for each row, as they lie in memory."""
    packed = np.ascontiguousarray(values)
    width = packed.nbytes // rows if rows else 0
    return Part(packed.view(np.uint8).reshape(rows, width))


def joined(parts: Iterable[Part], rows: int) -> bytes:
    """Return the parts row by row."""
    blocks = list(_blocks(parts))
    if not blocks or rows == 0:
        return b""
    if len(blocks) == 1 and blocks[0].lengths is None:
        return blocks[0].data.tobytes()
    lengths = [_lengths(block, rows) for block in blocks]
    starts = np.zeros(rows, np.int64)
    np.cumsum(np.sum(lengths, axis=0)[:-1], out=starts[1:])
    out = np.empty(int(np.sum(lengths)), np.uint8)
    for block, length in zip(blocks, lengths, strict=True):
        _place(out, block, starts)
        starts = starts + length
    return out.tobytes()


def _blocks(parts: Iterable[Part]) -> Iterable[Part]:
    """Put neighbours of fixed width together: they are placed at once."""
    for is_fixed, group in groupby(parts, lambda part: part.lengths is None):
        if is_fixed:
            yield Part(np.hstack([part.data for part in group]))
        else:
            yield from group


def _lengths(block: Part, rows: int) -> npt.NDArray[np.int64]:
    if block.lengths is not None:
        return block.lengths
    return np.full(rows, block.data.shape[1], np.int64)


def _place(out: Bytes, block: Part, starts: npt.NDArray[np.int64]) -> None:
    if block.lengths is None:
        out[starts[:, None] + np.arange(block.data.shape[1])] = block.data
        return
    total = int(block.lengths.sum())
    before = np.cumsum(block.lengths) - block.lengths
    out[np.repeat(starts - before, block.lengths) + np.arange(total)] = block.data
