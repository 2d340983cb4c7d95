"""Curves: of an image with one row, of columns of a table, through a cube: `what=spectrum`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from obsdeck.errors import ObsdeckError
from obsdeck.quicklook.decoding.answers import Answer, finite, json_answer
from obsdeck.quicklook.decoding.asked import Asked
from obsdeck.quicklook.decoding.blocks import Hdu
from obsdeck.quicklook.decoding.file import OpenFile
from obsdeck.quicklook.decoding.image import Image
from obsdeck.quicklook.decoding.lineaxes import Line, plane_line, row_line
from obsdeck.quicklook.decoding.shrinking import Region
from obsdeck.quicklook.decoding.spectrumcolumns import columns_of, spectrum_columns
from obsdeck.quicklook.decoding.tables import Table

_MOST_VALUES = 10_000_000
"""That are read."""
_MOST_POINTS = 20_000
"""That are sent."""
_USUAL_POINTS = 2000

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Axis:
    """One quantity along a curve; NaN where it has no value."""

    name: str
    unit: str
    values: Values

    def at(self, places: NDArray[np.intp]) -> Axis:
        """Return some of its values."""
        return replace(self, values=self.values[places])

    def to_json(self) -> dict[str, Any]:
        """Return `{name, unit, values}`."""
        return {
            "name": self.name,
            "unit": self.unit,
            "values": [finite(value) for value in self.values],
        }


Curve = tuple[Axis, Axis, Axis | None]
"""x, y and the error of y."""


def spectrum(file: OpenFile, asked: Asked) -> Answer:
    """Return `{x, y: [axis], error: axis | null, count}` with `axis = {name, unit, values}`.

    Where there are more points than asked for, each of equal parts is told by the least and the
    largest of its values, so that no line is lost.

    Parameters
    ----------
    file
        What holds it.
    asked
        `hdu`; `width`, the points that are wanted at most; `x`, `y` of a pixel of a cube, or
        names of columns, and `error`; `row` of a table with arrays in its cells.

    Raises
    ------
    ObsdeckError
        `rejected`, when the HDU has no such thing.
    """
    hdu = file.hdu(asked, ("spectrum", "cube", "table"))
    if "TFIELDS" in hdu.header and file.kinds[hdu.index] != "cube":
        x, y, error = _of_table(Table(file.file, hdu), asked)
    else:
        x, y, error = _of_image(file, hdu, asked)
    places = envelope(y.values, asked.integer("width", _USUAL_POINTS, 4, _MOST_POINTS))
    return json_answer(
        {
            "x": x.at(places).to_json(),
            "y": [y.at(places).to_json()],
            "error": error.at(places).to_json() if error else None,
            "count": len(y.values),
        }
    )


def envelope(values: Values, width: int) -> NDArray[np.intp]:
    """Return the places of at most `width` values that look like all when they are joined."""
    if len(values) <= width:
        return np.arange(len(values))
    bounds = np.linspace(0, len(values), width // 2 + 1).astype(np.intp)[:-1]
    finite_values = np.isfinite(values)
    least = _places(np.where(finite_values, values, np.inf), bounds, np.minimum)
    largest = _places(np.where(finite_values, values, -np.inf), bounds, np.maximum)
    return np.union1d(least, largest)


def _places(values: Values, bounds: NDArray[np.intp], best: np.ufunc) -> NDArray[np.intp]:
    """Return where the best value of each part is: the first one of equal ones."""
    lengths = np.diff(np.append(bounds, len(values)))
    is_best = values == np.repeat(best.reduceat(values, bounds), lengths)
    found = np.flatnonzero(is_best)
    return found[np.searchsorted(found, bounds)]


def _of_image(file: OpenFile, hdu: Hdu, asked: Asked) -> Curve:
    image, wcs = file.image_of(hdu.index), file.wcs_of(hdu.index)
    if image.shape.nx * image.shape.ny == 1 or file.kinds[hdu.index] == "cube":
        values = _through(image, asked)
        line = plane_line(wcs, hdu.header, image.shape)
    else:
        whole = Region(0, 0, image.shape.nx, image.shape.ny)
        _check_length(max(image.shape.nx, image.shape.ny))
        values = image.values(0, whole).ravel().astype("f8")
        line = row_line(wcs, hdu.header, image.shape)
    return _axis_of(line, len(values)), Axis("", image.unit, values), None


def _through(image: Image, asked: Asked) -> Values:
    """Return one pixel of each plane."""
    x = asked.integer("x", image.shape.nx // 2, 0, image.shape.nx - 1)
    y = asked.integer("y", image.shape.ny // 2, 0, image.shape.ny - 1)
    _check_length(image.shape.planes)
    pixel = Region(x, y, x + 1, y + 1)
    return np.array([image.values(plane, pixel)[0, 0] for plane in range(image.shape.planes)])


def _axis_of(line: Line | None, count: int) -> Axis:
    """Return coordinates, or numbers from 0 where there are none for all."""
    if line is None or len(line[2]) != count:
        return Axis("", "pixel", np.arange(count, dtype="f8"))
    return Axis(*line)


def _of_table(table: Table, asked: Asked) -> Curve:
    usual = spectrum_columns(table.hdu.header)
    x = asked.text("x") or (usual.x if usual else "")
    y = asked.text("y") or (usual.y if usual else "")
    error = asked.text("error") or (usual.error if usual else "")
    if not x or not y:
        raise ObsdeckError("rejected", "The table names no columns that make a spectrum.")
    row = asked.integer("row", 0, 0, max(table.count - 1, 0))
    xs, ys = _column(table, x, row), _column(table, y, row)
    errors = _column(table, error, row) if error else None
    if len(xs.values) != len(ys.values):
        raise ObsdeckError("rejected", f"The columns {x} and {y} differ in length.")
    fits_ys = errors is not None and len(errors.values) == len(ys.values)
    return xs, ys, errors if fits_ys else None


def _column(table: Table, name: str, row: int) -> Axis:
    """Return a column of single numbers, or the array in one of its cells."""
    if name not in table.names:
        raise ObsdeckError("rejected", f"The table has no column {name}.")
    number = table.names.index(name) + 1
    unit = columns_of(table.hdu.header)[number - 1].unit
    first = table.rows(row, 1).field(number - 1)
    if table.is_array(number) and len(first):
        values = table.array(number, first[0], _MOST_VALUES)
    elif first.ndim > 1:
        values = first[0].ravel()
    else:
        values = table.column(name, _MOST_VALUES)
    if values.dtype.kind not in "iufb":
        raise ObsdeckError("rejected", f"The column {name} holds no numbers.")
    return Axis(name, unit, values.astype("f8"))


def _check_length(length: int) -> None:
    if length > _MOST_VALUES:
        raise ObsdeckError("overflow", "The spectrum has too many values.", status=413)
