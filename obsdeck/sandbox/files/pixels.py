"""Pixels of the sky: sources, background and noise."""

from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from obsdeck.sandbox.data.columns import Row
from obsdeck.sandbox.files.grid import Grid, number
from obsdeck.sandbox.files.header import wavelengths
from obsdeck.sandbox.files.stars import sources

Pixels = NDArray[np.float32]

_BACKGROUND, _NOISE, _FAINTEST = 100.0, 5.0, 60.0

#: Widths of a point in pixels: so that it is well sampled, and no blur.
_LEAST_WIDTH, _MOST_WIDTH = 1.2, 3.0

#: Reach of a source in widths.
_REACH = 5

#: Share of light by wavelength that lines have, and how far they are shifted across the field.
_LINES, _SHIFT = (0.2, 0.55, 0.72), 0.06

#: Share of the light in I, Q, U, V.
_POLARIZED = (1.0, 0.08, -0.05, 0.01)


def noise_of(identifier: str) -> np.random.Generator:
    """Return the noise that belongs to an identifier, always the same."""
    return np.random.default_rng(crc32(identifier.encode()))


def image(row: Row, grid: Grid, rng: np.random.Generator) -> Pixels:
    """Return an image with noise; NaN where a round one has no data."""
    light = sky(row, grid) + _BACKGROUND
    light += rng.standard_normal(light.shape, dtype=np.float32) * _NOISE
    return _rounded(light, grid)


def sky(row: Row, grid: Grid) -> Pixels:
    """Return the light of the sources alone."""
    made = np.zeros((grid.height, grid.width), dtype=np.float32)
    extent = grid.pixel_scale * max(grid.width, grid.height)
    found = sources(grid.ra, grid.dec, extent)
    point = _width(row, grid)
    places = grid.pixels(found.directions)
    for (x, y), flux, size in zip(places, found.fluxes, found.sizes, strict=True):
        _add_source(made, x, y, _FAINTEST * min(flux, 400), point * size)
    return made


def cube(row: Row, grid: Grid, planes: int, rng: np.random.Generator) -> Pixels:
    """Return an image at each wavelength; lines move with the place, as in what rotates."""
    light = sky(row, grid)
    place = np.arange(planes, dtype=np.float32)[:, None, None] / planes
    across = (np.arange(grid.width, dtype=np.float32) / grid.width - 0.5) * _SHIFT
    spectrum = 0.3 + 0.2 * place
    for line in _LINES:
        spectrum = spectrum + np.exp(-((place - line - across) ** 2) / (2 * 0.008**2))
    made = light * spectrum
    made += rng.standard_normal(made.shape, dtype=np.float32) * _NOISE
    return _rounded(made.astype(np.float32), grid)


def polarized(row: Row, grid: Grid, shape: tuple[int, ...], rng: np.random.Generator) -> Pixels:
    """Return a cube for each of the states of polarization."""
    states, planes = shape[:2]
    whole = cube(row, grid, planes, rng)
    return np.stack([whole * share for share in _POLARIZED[:states]]).astype(np.float32)


def spectrum(row: Row, count: int, rng: np.random.Generator) -> tuple[NDArray[np.float64], Pixels]:
    """Return wavelengths in m and fluxes of a spectrum with lines."""
    place = (np.arange(count) + 0.5) / count
    light = 1.5 - 0.8 * place
    for center in rng.uniform(0.03, 0.97, 25):
        light -= rng.uniform(0.05, 0.6) * np.exp(-((place - center) ** 2) / (2 * 0.0008**2))
    light += rng.standard_normal(count) * 0.02
    return wavelengths(row, count), light.astype(np.float32)


def _width(row: Row, grid: Grid) -> float:
    """Return one sigma of a point in pixels."""
    seeing = number(row, "s_resolution") or 1.0
    return float(np.clip(seeing / 3_600 / grid.pixel_scale / 2.355, _LEAST_WIDTH, _MOST_WIDTH))


def _add_source(made: Pixels, x: float, y: float, flux: float, width: float) -> None:
    height, breadth = made.shape
    reach = _REACH * width
    if not (-reach < x < breadth + reach and -reach < y < height + reach):
        return
    columns = np.arange(max(int(x - reach), 0), min(int(x + reach) + 1, breadth))
    rows = np.arange(max(int(y - reach), 0), min(int(y + reach) + 1, height))
    if not (columns.size and rows.size):
        return
    along, up = (
        np.exp(-((axis - at) ** 2) / (2 * width**2)) for axis, at in ((columns, x), (rows, y))
    )
    made[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1] += flux * np.outer(up, along)


def _rounded(made: Pixels, grid: Grid) -> Pixels:
    if grid.is_round:
        x, y = np.meshgrid(np.arange(grid.width), np.arange(grid.height))
        middle = (grid.width - 1) / 2, (grid.height - 1) / 2
        outside = np.hypot(x - middle[0], y - middle[1]) > grid.width / 2
        made[..., outside] = np.nan
    return made
