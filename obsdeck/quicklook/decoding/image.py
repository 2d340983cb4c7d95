"""One image HDU while its file is open; remembers what panning asks for again."""

from __future__ import annotations

from typing import BinaryIO

from obsdeck.errors import ObsdeckError
from obsdeck.quicklook.decoding.asked import Asked
from obsdeck.quicklook.decoding.blocks import Hdu
from obsdeck.quicklook.decoding.cuts import Interval, limits_of
from obsdeck.quicklook.decoding.pixels import Shape, Values, pixels_of
from obsdeck.quicklook.decoding.shrinking import Region, shrunk

_MOST_LIMITS = 1000


class Image:
    """Planes of an HDU.

    Parameters
    ----------
    file
        Plain FITS, open.
    hdu
        An image in it.
    """

    def __init__(self, file: BinaryIO, hdu: Hdu) -> None:
        self._pixels = pixels_of(file, hdu)
        self._limits: dict[tuple[int, Region, Interval], tuple[float, float] | None] = {}
        self._last: tuple[tuple[int, Region, int], Values] | None = None

    @property
    def shape(self) -> Shape:
        """Its axes."""
        return self._pixels.shape

    @property
    def unit(self) -> str:
        """Unit of its values, as the header spells it."""
        return self._pixels.unit

    @property
    def whole(self) -> Region:
        """All of a plane."""
        return Region(0, 0, self.shape.nx, self.shape.ny)

    def plane(self, asked: Asked) -> int:
        """Return the plane that is asked for, from 0."""
        return asked.integer("plane", 0, 0, self.shape.planes - 1)

    def region(self, asked: Asked) -> Region:
        """Return what lies in the image of the region that is asked for.

        Raises
        ------
        ObsdeckError
            `rejected`, when nothing does.
        """
        nx, ny = self.shape.nx, self.shape.ny
        region = Region(
            asked.integer("x0", 0, 0, nx),
            asked.integer("y0", 0, 0, ny),
            asked.integer("x1", nx, 0, nx),
            asked.integer("y1", ny, 0, ny),
        )
        if region.width <= 0 or region.height <= 0:
            raise ObsdeckError("rejected", "The region is outside of the image.")
        return region

    def shrunk(self, plane: int, region: Region, factor: int) -> Values:
        """Return the means of blocks (see `shrinking`); the last ones are kept.

        Another stretch or other limits need no second look at the file.
        """
        key = plane, region, factor
        if self._last is None or self._last[0] != key:
            self._last = key, shrunk(self._pixels, plane, region, factor)
        return self._last[1]

    def limits(self, plane: int, region: Region, interval: Interval) -> tuple[float, float] | None:
        """Return the limits of an interval (see `cuts`)."""
        key = plane, region, interval
        if key not in self._limits:
            if len(self._limits) >= _MOST_LIMITS:
                self._limits.clear()
            self._limits[key] = limits_of(self._pixels, plane, region, interval)
        return self._limits[key]

    def values(self, plane: int, region: Region) -> Values:
        """Return single pixels of a small region; NaN where the file has none."""
        return shrunk(self._pixels, plane, region, 1)
