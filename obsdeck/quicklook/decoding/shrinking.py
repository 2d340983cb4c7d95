"""Pictures of large images: means of square blocks, computed from strips."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from obsdeck.quicklook.decoding.pixels import Pixels, Values

_STRIP = 2 << 20
"""Pixels that are in memory at a time."""

_SAMPLE = (256, 1024)
"""At most so many rows, and values of each, stand for an image."""


@dataclass(frozen=True)
class Region:
    """A rectangle of pixels; the upper bounds are not in it."""

    x0: int
    y0: int
    x1: int
    y1: int

    @property
    def width(self) -> int:
        """Pixels along x."""
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        """Pixels along y."""
        return self.y1 - self.y0


def shrunk(pixels: Pixels, plane: int, region: Region, factor: int) -> Values:
    """Return the means of blocks of `factor` by `factor` pixels, the lowest row first.

    NaN and infinite values count for nothing; a block without values is NaN. Blocks begin at
    the lower left corner of the region, those at its other edges may be smaller.
    """
    shape = (math.ceil(region.height / factor), math.ceil(region.width / factor))
    total, count = np.zeros(shape), np.zeros(shape)
    for y0, x0, values in _strips(pixels, plane, region, factor):
        finite = np.isfinite(values)
        rows = _Axis.of(y0 - region.y0, values.shape[0], factor)
        columns = _Axis.of(x0 - region.x0, values.shape[1], factor)
        if finite.all():
            count[rows.place, columns.place] += np.outer(rows.lengths, columns.lengths)
            total[rows.place, columns.place] += _sums(values, rows, columns)
        else:
            count[rows.place, columns.place] += _sums(finite, rows, columns)
            total[rows.place, columns.place] += _sums(np.where(finite, values, 0), rows, columns)
    with np.errstate(invalid="ignore"):
        return (total / count).astype("f4" if np.abs(total).max(initial=0) < 1e30 else "f8")


def extremes(pixels: Pixels, plane: int, region: Region) -> Values:
    """Return the least and the largest finite value; nothing when there is none."""
    found: list[float] = []
    for _, _, values in _strips(pixels, plane, region, 1):
        finite = values[np.isfinite(values)]
        if finite.size:
            found = [min([*found, finite.min()]), max([*found, finite.max()])]
    return np.array(found)


def sample(pixels: Pixels, plane: int, region: Region) -> Values:
    """Return finite values from all over a region, a quarter of a million at most."""
    top = min(region.y1, pixels.rows_there(plane))
    if top <= region.y0 or not region.width:
        return np.array([])
    rows = np.unique(np.linspace(region.y0, top - 1, _SAMPLE[0]).astype(int))
    step = math.ceil(region.width / _SAMPLE[1])
    lines = [_line(pixels, plane, int(row), region)[::step] for row in rows]
    values: Values = np.concatenate(lines)
    return values[np.isfinite(values)]


def _line(pixels: Pixels, plane: int, row: int, region: Region) -> Values:
    """Return one row; of very long ones the beginning."""
    line = pixels.read(plane, row, row + 1, region.x0, min(region.x1, region.x0 + _STRIP))
    return line.ravel()


def _strips(
    pixels: Pixels, plane: int, region: Region, factor: int
) -> Iterator[tuple[int, int, Values]]:
    """Yield pieces of the region with the y and x at which they begin."""
    top = min(region.y1, pixels.rows_there(plane))
    across = min(region.width, max(_STRIP // factor, 1) * factor)
    up = max(_STRIP // max(across, 1), 1)
    up = up // factor * factor or up
    for y0 in range(region.y0, top, up):
        for x0 in range(region.x0, region.x1, max(across, 1)):
            y1, x1 = min(y0 + up, top), min(x0 + across, region.x1)
            yield y0, x0, pixels.read(plane, y0, y1, x0, x1)


@dataclass(frozen=True)
class _Axis:
    """How one axis of a strip falls into blocks.

    Attributes
    ----------
    place
        The blocks, among all.
    starts
        Where they begin in the strip.
    lengths
        Pixels of the strip in each.
    """

    place: slice
    starts: NDArray[np.intp]
    lengths: NDArray[np.intp]

    @classmethod
    def of(cls, offset: int, length: int, factor: int) -> _Axis:
        first, last = offset // factor, (offset + length - 1) // factor
        starts = np.maximum(np.arange(first, last + 1) * factor - offset, 0)
        lengths = np.diff(np.append(starts, length))
        return cls(slice(first, last + 1), starts, lengths)


def _sums(values: NDArray[np.generic], rows: _Axis, columns: _Axis) -> Values:
    return np.asarray(np.add.reduceat(_sums_down(values, rows), columns.starts, axis=1))


def _sums_down(values: NDArray[np.generic], rows: _Axis) -> Values:
    """Add up rows; where all blocks are equal there is a way that is seven times as fast."""
    height = int(rows.lengths[0])
    if (rows.lengths == height).all():
        blocks = values.reshape(len(rows.lengths), height, values.shape[1])
        return np.asarray(np.sum(blocks, axis=1, dtype="f8"))
    return np.asarray(np.add.reduceat(values, rows.starts, axis=0, dtype="f8"))
