"""What else a raw frame tells: observing block, template, settings, other coordinates."""

# mypy: disable-error-code=import-untyped

from collections.abc import Sequence

import numpy as np
from astropy import units as u
from astropy.coordinates import SkyCoord

from obsdeck.sandbox.data import sky
from obsdeck.sandbox.data.products import iso_time

Row = dict[str, object]

_MODES = ("s", "v")
_PATHS = {  # settings of each instrument: filter, grism, grating, slit
    "FORS2": ("R_SPECIAL", "GRIS_300V", None, "lslit1_0arcsec"),
    "MUSE": (None, None, "VPHG", None),
    "SPHERE": ("DB_H23", None, None, None),
    "HARPS": (None, None, "ECHELLE", None),
}
_INSTRUMENT_MODES = {"FORS2": "MOS", "MUSE": "WFM-AO-N", "SPHERE": "IRDIFS", "HARPS": "HAM"}

#: Frames whose lists of kinds and techniques go over several lines, as headers may have them.
_SHARE_OF_LINES = 0.02


def add_details(rows: Sequence[Row], seed: int) -> None:
    """Fill the remaining columns of ``dbo.raw`` in rows that have the first ones."""
    rng = np.random.default_rng([seed, 1])
    for row in rows:
        row.update(_block(row, rng) | _template(row, rng) | _pointing(row, rng) | _devices(rng))
        if rng.random() < _SHARE_OF_LINES:
            for name in ("dp_type", "dp_tech"):
                row[name] = str(row[name]).replace(",", ",\n") + "\n"
    _add_positions(rows)


def _block(row: Row, rng: np.random.Generator) -> Row:
    instrument = str(row["instrument"])
    filters, grism, grating, slit = _PATHS[instrument]
    is_science = row["dp_cat"] == "SCIENCE"
    number = int(rng.integers(10**8, 4 * 10**9))
    return {
        "period": int(str(row["prog_id"]).partition(".")[0]),
        "ob_id": number if is_science else None,
        "ob_name": f"{row['object']}_{number % 100:02d} " if is_science else "Maintenance",
        "obs_mode": str(rng.choice(_MODES)),
        "ins_mode": _INSTRUMENT_MODES[instrument],
        "filter_path": filters,
        "gris_path": grism,
        "grat_path": grating,
        "slit_path": slit,
    }


def _template(row: Row, rng: np.random.Generator) -> Row:
    exposures = int(rng.integers(1, 13))
    kind = str(row["dp_type"]).partition(",")[0].lower()
    return {
        "tpl_id": f"{row['instrument']}_{'obs' if row['dp_cat'] == 'SCIENCE' else 'cal'}_{kind}",
        "tpl_name": f"{kind.capitalize()} frames",
        "tpl_nexp": exposures,
        "tpl_expno": int(rng.integers(1, exposures + 1)),
        "tpl_seqno": int(rng.integers(1, 5)),
        "tpl_start": row["date_obs"],
        "last_mod_date": iso_time(round(float(rng.uniform(60_500, 61_000)))),
    }


def _pointing(row: Row, rng: np.random.Generator) -> Row:
    ra, dec = float(str(row["ra"])), float(str(row["dec"]))
    apart = rng.uniform(-0.001, 0.001, 2)
    return {
        # As the observer wrote it: in any case, with blanks at the end.
        "target": f"{str(row['object']).lower()} " if rng.random() < 0.2 else row["object"],
        "ra_pnt": float(np.round((ra + apart[0]) % 360, 6)),
        "dec_pnt": float(np.round(np.clip(dec + apart[1], -90, 90), 6)),
        "tel_airm_start": float(np.round(rng.uniform(1, 2.4), 3)),
        "tel_alt": float(np.round(rng.uniform(25, 88), 3)),
        "tel_az": float(np.round(rng.uniform(0, 360), 3)),
        "tel_ambi_fwhm_start": float(np.round(rng.uniform(0.4, 2.2), 2)),
    }


def _devices(rng: np.random.Generator) -> Row:
    return {
        "det_dit": float(np.round(rng.uniform(0.8, 120), 4)),
        "det_ndit": int(rng.integers(1, 30)),
        "det_expid": int(rng.integers(1, 99_999)),
    }


def _add_positions(rows: Sequence[Row]) -> None:
    """Add galactic and ecliptic coordinates, for all rows at once."""
    ra, dec = (np.array([row[name] for row in rows], dtype=float) for name in ("ra", "dec"))
    ecliptic = SkyCoord(ra * u.deg, dec * u.deg).barycentricmeanecliptic
    gal_lon, gal_lat = sky.galactic(ra, dec)
    found = {
        "gal_lon": gal_lon,
        "gal_lat": gal_lat,
        "ecl_lon": ecliptic.lon.deg,
        "ecl_lat": ecliptic.lat.deg,
    }
    for name, values in found.items():
        for row, value in zip(rows, np.round(values, 6).tolist(), strict=True):
            row[name] = value
