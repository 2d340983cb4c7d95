"""Pixels of an image HDU, read by pieces and never whole.

Coordinates count from 0 in the order of FITS: x along NAXIS1, y along NAXIS2, upwards. A plane
is one pair of these axes; planes count through all further axes, the third one quickest.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol

import numpy as np
from astropy.io import fits
from numpy.typing import NDArray

from obsdeck.errors import ObsdeckError
from obsdeck.quicklook.decoding.blocks import Hdu, axes_of
from obsdeck.quicklook.decoding.values import number_of, text_of

Values = NDArray[np.floating[Any]]
"""Physical values, float32 or float64; NaN where there are none."""

_TYPES = {8: "u1", 16: ">i2", 32: ">i4", 64: ">i8", -32: ">f4", -64: ">f8"}
_MOST_MAPPED = 64 << 20
"""Bytes of one memory map."""


@dataclass(frozen=True)
class Shape:
    """Lengths of the axes of an image.

    Attributes
    ----------
    nx, ny
        Of a plane.
    further
        Of the axes after these.
    """

    nx: int
    ny: int
    further: tuple[int, ...]

    @property
    def planes(self) -> int:
        """How many planes there are."""
        return math.prod(self.further)


class Pixels(Protocol):
    """An image that is read by pieces.

    Attributes
    ----------
    shape
        Its axes.
    unit
        Of its values, as the header spells it (`BUNIT`).
    """

    shape: Shape
    unit: str

    def rows_there(self, plane: int) -> int:
        """Return how many rows of a plane the file has, from the first."""
        ...

    def read(self, plane: int, y0: int, y1: int, x0: int, x1: int) -> Values:
        """Return a piece `[y0:y1, x0:x1]` of rows that are there."""
        ...


def pixels_of(file: BinaryIO, hdu: Hdu) -> Pixels:
    """Return the pixels of an image HDU, be it compressed.

    Raises
    ------
    ObsdeckError
        `rejected`, when they cannot be read.
    """
    return TiledPixels(file, hdu) if is_compressed(hdu.header) else MappedPixels(file, hdu)


def is_compressed(header: fits.Header) -> bool:
    """Whether a table holds the tiles of an image (FITS 4.0, §10.1)."""
    return header.get("ZIMAGE") is True and "ZCMPTYPE" in header


def shape_of(header: fits.Header) -> Shape:
    """Return the shape of an image; one with a single axis has one row.

    Raises
    ------
    KeyError, ValueError, TypeError
        When the header does not say it.
    """
    axes = axes_of(header, "Z" if is_compressed(header) else "")
    nx, ny, *further = [*axes, 1] if len(axes) == 1 else axes or [0, 0]
    return Shape(nx, ny, tuple(further))


class MappedPixels:
    """Those of a plain image, through memory maps of a few rows each.

    A map of all would need as many addresses as the file has bytes, and keeps every page that
    was read in memory.
    """

    def __init__(self, file: BinaryIO, hdu: Hdu) -> None:
        self.shape = shape_of(hdu.header)
        self.unit = text_of(hdu.header, "BUNIT")
        self._file = file
        self._hdu = hdu
        bitpix = hdu.header["BITPIX"]
        self._stored = np.dtype(_TYPES[bitpix])
        self._target = np.dtype("f4" if bitpix in {8, 16, -32} else "f8")
        self._scale = number_of(hdu.header, "BSCALE", 1)
        self._zero = number_of(hdu.header, "BZERO", 0)
        self._blank = number_of(hdu.header, "BLANK", math.nan) if bitpix > 0 else math.nan

    def rows_there(self, plane: int) -> int:
        """Return how many rows of a plane the file has, from the first."""
        row = self.shape.nx * self._stored.itemsize
        rows = self._hdu.there // row - plane * self.shape.ny if row else 0
        return max(0, min(rows, self.shape.ny))

    def read(self, plane: int, y0: int, y1: int, x0: int, x1: int) -> Values:
        """Return a piece of rows that are there."""
        first = plane * self.shape.ny + y0
        if (y1 - y0) * self.shape.nx * self._stored.itemsize <= _MOST_MAPPED:
            whole = self._map(first * self.shape.nx, (y1 - y0, self.shape.nx))
            return self._scaled(whole[:, x0:x1])
        rows = [
            self._scaled(self._map((first + row) * self.shape.nx + x0, (1, x1 - x0)))
            for row in range(y1 - y0)
        ]
        return np.concatenate(rows)

    def _map(self, element: int, shape: tuple[int, int]) -> NDArray[Any]:
        offset = self._hdu.offset + element * self._stored.itemsize
        return np.memmap(self._file, self._stored, "r", offset, shape)

    def _scaled(self, stored: NDArray[Any]) -> Values:
        values: Values = np.array(stored, self._target)
        if self._scale != 1:
            values *= self._scale
        if self._zero != 0:
            values += self._zero
        if not math.isnan(self._blank):
            values[stored == self._blank] = np.nan
        return values


class TiledPixels:
    """Those of a compressed image, of which only the tiles are unpacked that are asked for."""

    def __init__(self, file: BinaryIO, hdu: Hdu) -> None:
        self.shape = shape_of(hdu.header)
        self.unit = text_of(hdu.header, "BUNIT")
        _check_tiles(hdu)
        self._image = fits.open(file, lazy_load_hdus=True)[hdu.index]

    def rows_there(self, plane: int) -> int:
        """Return how many rows of a plane there are: all, as tiles lie in any order."""
        return self.shape.ny

    def read(self, plane: int, y0: int, y1: int, x0: int, x1: int) -> Values:
        """Return a piece.

        Raises
        ------
        ObsdeckError
            `rejected`, when a tile is damaged or missing.
        """
        further = np.unravel_index(plane, self.shape.further[::-1]) if self.shape.further else ()
        place = (*further, slice(y0, y1), slice(x0, x1))
        try:
            values = np.atleast_2d(self._image.section[place])
        except (OSError, ValueError, IndexError, RuntimeError, TypeError, KeyError) as error:
            raise ObsdeckError(
                "rejected", "The compressed pixels are damaged or cut off.", status=422
            ) from error
        return np.asarray(
            values, "f4" if values.dtype.itemsize <= 2 else values.dtype.newbyteorder("=")
        )


def _check_tiles(hdu: Hdu) -> None:
    """Believe the size of the image only if there is a row for each of its tiles."""
    header = hdu.header
    axes = axes_of(header, "Z")
    lengths = [number_of(header, f"ZTILE{i + 1}", 1 if i else axes[0]) for i in range(len(axes))]
    tiles = math.prod(math.ceil(n / max(tile, 1)) for n, tile in zip(axes, lengths, strict=True))
    if tiles != header["NAXIS2"]:
        raise ObsdeckError(
            "rejected", "The compressed image has not the tiles that its size needs.", status=422
        )
