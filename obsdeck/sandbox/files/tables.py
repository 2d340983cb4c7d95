"""Products that are tables: spectra, light curves, events, visibilities, sources."""

# mypy: disable-error-code=import-untyped

import numpy as np
from astropy.io import fits

from obsdeck.sandbox.data.columns import Row
from obsdeck.sandbox.engine.sphere import Floats
from obsdeck.sandbox.files import pixels
from obsdeck.sandbox.files.grid import grid_of, number
from obsdeck.sandbox.files.header import band_of, fill_header
from obsdeck.sandbox.files.plan import FilePlan

#: Columns of a table: name, format of FITS, unit, values.
_Columns = list[tuple[str, str, str | None, np.ndarray]]

_USUAL_START, _DAY = 59_000.0, 86_400.0


def table_of(row: Row, plan: FilePlan, rng: np.random.Generator) -> fits.BinTableHDU:
    """Return the table of a product."""
    count = plan.shape[0]
    make = {
        "points": _points,
        "lightcurve": _light_curve,
        "events": _events,
        "visibilities": _visibilities,
        "sources": _sources,
    }[plan.kind]
    columns = [
        fits.Column(name=name, format=form, unit=unit, array=values)
        for name, form, unit, values in make(row, count, rng)
    ]
    hdu = fits.BinTableHDU.from_columns(columns, name=plan.kind.upper())
    fill_header(hdu.header, row, {"RADESYS": "ICRS", "TIMESYS": "UTC", "MJDREF": 0.0})
    return hdu


def _points(row: Row, count: int, rng: np.random.Generator) -> _Columns:
    where, flux = pixels.spectrum(row, count, rng)
    error = np.full(count, 0.02)
    return [("WAVE", "D", "m", where), ("FLUX", "D", None, flux), ("ERR", "D", None, error)]


def _light_curve(row: Row, count: int, rng: np.random.Generator) -> _Columns:
    times = _times(row, count)
    phase = 2 * np.pi * np.arange(count) / 37
    magnitudes = 18.5 + 0.4 * np.sin(phase) + 0.03 * rng.standard_normal(count)
    flags = (rng.random(count) < 0.02).astype(np.int32)
    return [
        ("TIME", "D", "d", times),
        ("MAG", "E", "mag", magnitudes),
        ("MAG_ERR", "E", "mag", np.full(count, 0.03)),
        ("FLAG", "J", None, flags),
    ]


def _events(row: Row, count: int, rng: np.random.Generator) -> _Columns:
    ra, dec = _places(row, count, rng)
    energies = 0.2 + rng.exponential(1.4, count)
    return [
        ("TIME", "D", "d", _times(row, count)),
        ("RA", "D", "deg", ra),
        ("DEC", "D", "deg", dec),
        ("ENERGY", "E", "keV", energies),
        ("PI", "J", "chan", np.round(energies * 100).astype(np.int32)),
    ]


def _visibilities(row: Row, count: int, rng: np.random.Generator) -> _Columns:
    low, high = band_of(row)
    u, v = rng.uniform(-130, 130, (2, count))
    amplitude = np.exp(-np.hypot(u, v) / 90) + 0.02 * rng.standard_normal(count)
    return [
        ("UCOORD", "D", "m", u),
        ("VCOORD", "D", "m", v),
        ("WAVE", "D", "m", rng.uniform(low, high, count)),
        ("VISAMP", "E", None, amplitude),
        ("VISPHI", "E", "deg", rng.uniform(-180, 180, count)),
        ("FLAG", "J", None, np.zeros(count)),
    ]


def _sources(row: Row, count: int, rng: np.random.Generator) -> _Columns:
    ra, dec = _places(row, count, rng)
    return [
        ("ID", "K", None, rng.integers(1, 2**62, count)),
        ("RA", "D", "deg", ra),
        ("DEC", "D", "deg", dec),
        ("MAG", "E", "mag", 16 + rng.exponential(2.5, count)),
        ("MAG_ERR", "E", "mag", rng.uniform(0.005, 0.2, count)),
        ("FWHM", "E", "arcsec", rng.uniform(0.6, 2, count)),
        ("ELLIPT", "E", None, rng.uniform(0, 0.7, count)),
        ("FLAG", "J", None, rng.integers(0, 4, count)),
    ]


def _times(row: Row, count: int) -> Floats:
    """Return times that fill the observation, in order, as MJD."""
    start = number(row, "t_min") or _USUAL_START
    end = number(row, "t_max") or start + (number(row, "t_exptime") or _DAY) / _DAY
    return start + (end - start) * (np.arange(count) + 0.5) / count


def _places(row: Row, count: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Return places within the circle that fits into the field."""
    grid = grid_of(row, count, count)
    radius, angle = np.sqrt(rng.random(count)) / 2, rng.uniform(0, 2 * np.pi, count)
    from_center = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=-1) * count
    return grid.positions(from_center + np.array(grid.crpix) - 1)
