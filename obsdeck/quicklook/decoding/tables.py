"""Some rows of a table HDU, and never the table (FITS 4.0, §7)."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
from astropy.io import fits
from numpy.typing import NDArray

from obsdeck.errors import ObsdeckError
from obsdeck.quicklook.decoding.blocks import Hdu
from obsdeck.quicklook.decoding.spectrumcolumns import columns_of

_MOST_BYTES = 64 << 20
"""Of rows in memory."""

_ARRAY = re.compile(r"\s*[01]?([PQ])([LXBIJKAEDCM])")
"""TFORM of a column whose cells have a length each (§7.3.5)."""

_ELEMENTS = {"L": "u1", "X": "u1", "B": "u1", "A": "S1", "I": ">i2", "J": ">i4", "K": ">i8"}
_ELEMENTS |= {"E": ">f4", "D": ">f8", "C": ">c8", "M": ">c16"}
_OF_ARRAYS = ("TDIM", "TSCAL", "TZERO", "TNULL")


@dataclass(frozen=True)
class Table:
    """A table that is read by pieces.

    Parameters
    ----------
    file
        Plain FITS, open.
    hdu
        A table in it.
    """

    file: BinaryIO
    hdu: Hdu

    @property
    def count(self) -> int:
        """How many rows the file has: fewer than its header says where it is cut off."""
        return min(int(self.hdu.header["NAXIS2"]), self.hdu.there // max(self._row_bytes, 1))

    @property
    def names(self) -> list[str]:
        """Names of the columns."""
        return [column.name for column in columns_of(self.hdu.header)]

    def rows(self, start: int, count: int) -> fits.FITS_rec:
        """Return rows; cells of variable length are `(length, offset)` (see `array`).

        Raises
        ------
        ObsdeckError
            `rejected` where the table breaks the rules, `overflow` where a row is too long.
        """
        if self._row_bytes > _MOST_BYTES:
            raise ObsdeckError("overflow", "The rows of the table are too long.", status=413)
        fitting = max(_MOST_BYTES // max(self._row_bytes, 1), 1)
        number = max(0, min(count, self.count - start, fitting))
        self.file.seek(self.hdu.offset + start * self._row_bytes)
        return self._parsed(self.file.read(number * self._row_bytes), number)

    def column(self, name: str, most: int) -> NDArray[Any]:
        """Return the first cells of a column of numbers."""
        parts = [rows[name] for rows in self._pieces(most)]
        return np.concatenate(parts) if parts else np.array([])

    def array(self, number: int, cell: NDArray[Any], most: int) -> NDArray[Any]:
        """Return the first elements of a cell of variable length.

        Parameters
        ----------
        number
            Of the column, from 1.
        cell
            What `rows` has there.
        most
            Elements.
        """
        kind = _ARRAY.match(str(self.hdu.header[f"TFORM{number}"]))
        if kind is None:
            raise ValueError("not of variable length")
        element = np.dtype(_ELEMENTS[kind[2]])
        length, offset = (int(part) for part in cell)
        heap = self.hdu.header.get("THEAP", self._row_bytes * int(self.hdu.header["NAXIS2"]))
        size = min(max(length, 0), most) * element.itemsize
        if offset < 0 or heap + offset + size > self.hdu.there:
            raise ObsdeckError("rejected", "The table is damaged or cut off.", status=422)
        self.file.seek(self.hdu.offset + heap + offset)
        stored = np.frombuffer(self.file.read(size), element)
        return stored.astype(element.newbyteorder("="))

    def is_array(self, number: int) -> bool:
        """Whether the cells of a column (from 1) have a length each."""
        return _ARRAY.match(str(self.hdu.header.get(f"TFORM{number}", ""))) is not None

    def _pieces(self, most: int) -> Iterator[fits.FITS_rec]:
        start, end = 0, min(self.count, most)
        while start < end:
            rows = self.rows(start, end - start)
            yield rows
            start += len(rows)

    @property
    def _row_bytes(self) -> int:
        return int(self.hdu.header["NAXIS1"])

    def _parsed(self, raw: bytes, count: int) -> fits.FITS_rec:
        header = self._header_for(count)
        is_text = header["XTENSION"].strip() == "TABLE"
        kind = fits.TableHDU if is_text else fits.BinTableHDU
        padding = b" " if is_text else b"\0"
        padded = raw + padding * (-len(raw) % 2880)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return kind.fromstring(header.tostring().encode("ascii", "replace") + padded).data
        except (ValueError, TypeError, KeyError, IndexError, OSError, fits.VerifyError) as error:
            raise ObsdeckError(
                "rejected", "The columns of the table are not what its header says.", status=422
            ) from error

    def _header_for(self, count: int) -> fits.Header:
        """Return a header of these rows alone, whose heap is elsewhere."""
        header = self.hdu.header.copy()
        header["NAXIS2"], header["PCOUNT"] = count, 0
        header.remove("THEAP", ignore_missing=True)
        for number in range(1, len(self.names) + 1):
            kind = _ARRAY.match(str(header.get(f"TFORM{number}", "")))
            if kind is not None:
                header[f"TFORM{number}"] = "2J" if kind[1] == "P" else "2K"
                for keyword in _OF_ARRAYS:
                    header.remove(f"{keyword}{number}", ignore_missing=True)
        return header
