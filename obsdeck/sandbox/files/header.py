"""Headers of FITS files: what they repeat of the row, and how long they are."""

# mypy: disable-error-code=import-untyped

from collections.abc import Mapping

import numpy as np
from astropy.io import fits

from obsdeck.sandbox.data.columns import Row
from obsdeck.sandbox.data.products import iso_time
from obsdeck.sandbox.files.grid import number

#: Keywords with the column each comes from, and comments.
_CARDS = {
    "OBJECT": ("target_name", "target"),
    "OBS_ID": ("obs_id", "identifier of the observation"),
    "ORIGIN": ("obs_collection", "collection"),
    "TELESCOP": ("facility_name", "telescope"),
    "INSTRUME": ("instrument_name", "instrument"),
    "FILTER": ("filter", "filter"),
    "RA": ("s_ra", "[deg] right ascension, ICRS"),
    "DEC": ("s_dec", "[deg] declination, ICRS"),
    "MJD-OBS": ("t_min", "[d] start"),
    "EXPTIME": ("t_exptime", "[s] exposure time"),
    "CALIBLEV": ("calib_level", "calibration level of ObsCore"),
}

#: Columns that headers, grids and pixels are made of.
COLUMNS = (
    *(column for column, _ in _CARDS.values()),
    "dataproduct_type", "dataproduct_subtype", "s_fov", "s_region", "s_resolution", "em_min",
    "em_max", "t_max", "o_unit", "o_ucd", "pol_states", "obs_creation_date",
)  # fmt: skip

#: Characters of text in a header: with more, one card is not enough (FITS 4.0, 4.2.1.2).
_LONGEST = 60

#: Cards that fill more than one block, so that each header takes two.
_LEAST_CARDS = 40

_USUAL_BAND = (4e-7, 9e-7)
_SHORTEST = 1e-14


def fill_header(header: fits.Header, row: Row, extra: Mapping[str, object]) -> None:
    """Add what a row tells, and more, and fill the header up to two blocks; nulls are left out."""
    told = [(keyword, row.get(column), comment) for keyword, (column, comment) in _CARDS.items()]
    start = number(row, "t_min")
    date = None if start is None else iso_time(start)
    more = [(keyword, value, "") for keyword, value in {**extra, "DATE-OBS": date}.items()]
    for keyword, value, comment in (*more, *told):
        if value is not None:
            header[keyword] = (_plain(value), comment)
    for _ in range(_LEAST_CARDS - len(header.cards)):
        header.append(fits.Card(), end=True)


def _plain(value: object) -> object:
    """Return text in the only characters a header may hold (FITS 4.0, 4.1.2.3), without breaks."""
    if not isinstance(value, str):
        return value
    return "".join(c if " " <= c <= "~" else "?" for c in value)[:_LONGEST]


def band_of(row: Row) -> tuple[float, float]:
    """Return the wavelengths a row covers in m; usual ones where it tells nothing useful."""
    low, high = number(row, "em_min"), number(row, "em_max")
    if low is None or high is None or not _SHORTEST < low < high:
        return _USUAL_BAND
    return low, high


def wavelength_cards(row: Row, axis: int, count: int) -> dict[str, object]:
    """Return keywords of an axis of wavelengths whose elements fill the band of a row."""
    low, high = band_of(row)
    step = (high - low) / count
    return {
        f"CTYPE{axis}": "WAVE",
        f"CUNIT{axis}": "m",
        f"CRPIX{axis}": 1.0,
        f"CRVAL{axis}": low + step / 2,
        f"CD{axis}_{axis}": step,
    }


def wavelengths(row: Row, count: int) -> np.ndarray:
    """Return the middles of the elements of that axis."""
    low, high = band_of(row)
    return low + (np.arange(count) + 0.5) * (high - low) / count
