"""Products as FITS: for now a header that repeats the row of ObsCore, without pixels."""

# mypy: disable-error-code=import-untyped

import io
from collections.abc import Mapping

from astropy.io import fits

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

#: Columns ``header_file`` reads.
COLUMNS = tuple(column for column, _ in _CARDS.values())


def header_file(row: Mapping[str, object]) -> bytes:
    """Return a FITS file that holds one header.

    Parameters
    ----------
    row
        Values of ``COLUMNS``; nulls become undefined values.
    """
    hdu = fits.PrimaryHDU()
    for keyword, (column, comment) in _CARDS.items():
        hdu.header[keyword] = (_ascii(row.get(column)), comment)
    buffer = io.BytesIO()
    hdu.writeto(buffer)
    return buffer.getvalue()


def _ascii(value: object) -> object:
    """Return text in the only characters a header may hold (FITS 4.0, 4.1.2.3), without breaks."""
    if not isinstance(value, str):
        return value
    return "".join(c if " " <= c <= "~" else "?" for c in value)
