"""Rows of ``dbo.raw`` and ``obsdeck.proposals``."""

from urllib.parse import quote

import numpy as np

from obsdeck.sandbox.data import sky
from obsdeck.sandbox.data.products import iso_time
from obsdeck.sandbox.data.raw_details import add_details
from obsdeck.sandbox.files.plan import plan_of

Row = dict[str, object]

_INSTRUMENTS = {  # telescope, technique, wavelengths in nm
    "FORS2": ("ESO-VLT-U1", "IMAGE", (330.0, 1100.0)),
    "MUSE": ("ESO-VLT-U4", "IFU", (475.0, 930.0)),
    "SPHERE": ("ESO-VLT-U3", "IMAGE,DUAL,CORONOGRAPHY", (950.0, 2320.0)),
    "HARPS": ("ESO-3.6", "ECHELLE", (378.0, 691.0)),
}
_FRAMES = (  # category, type; a science frame has a target
    ("SCIENCE", "OBJECT"),
    ("SCIENCE", "OBJECT,FLUX"),
    ("SCIENCE", "SKY"),
    ("CALIB", "BIAS"),
    ("CALIB", "FLAT,LAMP"),
    ("CALIB", "STD,FLUX"),
    ("ACQUISITION", "OBJECT"),
)
_PROGRAMME_TYPES = ("Normal", "Normal", "GTO", "DDT")
_PIS = ("ABEL, N.", "BANACH, S.", "CARTAN, E.", "DEDEKIND, R.")
_SUBJECTS = ("Dust", "Winds", "Rings", "Haloes", "Nuclei")
#: Days a frame of science stays reserved; a programme of the far future never ends here.
_PUBLIC_MJD, _RESERVED_MJD = (56_000.0, 61_000.0), (66_200.0, 69_000.0)
_RESERVED_SHARE = 0.3


def raw_rows(seed: int, count: int, base_url: str) -> list[Row]:
    """Return raw frames.

    Parameters
    ----------
    seed
        Same seed, same rows.
    count
        How many.
    base_url
        Where files and their links are, with a slash at the end.
    """
    rng = np.random.default_rng(seed)
    rows = [_raw_row(rng, base_url) for _ in range(count)]
    add_details(rows, seed)
    return rows


def proposal_rows(seed: int, count: int = 60) -> list[Row]:
    """Return proposals, a part of them reserved for the members of their programme."""
    rng = np.random.default_rng(seed)
    return [_proposal_row(rng) for _ in range(count)]


def _raw_row(rng: np.random.Generator, base_url: str) -> Row:
    instrument = str(rng.choice(list(_INSTRUMENTS)))
    telescope, technique, (shortest, longest) = _INSTRUMENTS[instrument]
    category, kind = _FRAMES[rng.integers(len(_FRAMES))]
    start = float(np.round(rng.uniform(58_000, 60_500), 8))
    moment = iso_time(start)
    identifier = f"{instrument}.{moment}"
    field = list(sky.FIELDS.values())[rng.integers(len(sky.FIELDS))]
    encoded = quote(identifier, safe="")
    links = f"{base_url}datalink/links?ID={quote('ivo://eso.org/ID?', safe='')}"
    return {
        "dp_id": identifier,
        "origfile": f"{instrument}_{category}_{rng.integers(10_000):04d}.fits",
        "instrument": instrument,
        "telescope": telescope,
        **_programme(rng),
        "dp_cat": category,
        "dp_type": kind,
        "dp_tech": technique,
        "object": field.target if category == "SCIENCE" else kind,
        "ra": field.ra,
        "dec": field.dec,
        "s_region": f"POSITION J2000 {field.ra:.6f} {field.dec:.6f}",
        "date_obs": moment,
        "exp_start": moment,
        "mjd_obs": start,
        "exposure": 0.0 if kind == "BIAS" else float(np.round(rng.uniform(1, 900), 3)),
        "lambda_min": shortest,
        "lambda_max": longest,
        # Calibrations are public from the start (eso.md, 7).
        "release_date": moment if category == "CALIB" else _release(rng),
        "access_url": f"{base_url}dataPortal/file/{encoded}",
        "datalink_url": f"{links}{encoded}",
        "access_estsize": _size(instrument, rng),
    }


def _size(instrument: str, rng: np.random.Generator) -> int:
    """Return about how many kbyte a frame has: packing it gives one more and another less."""
    guess = int(rng.integers(200, 90_000)) / 90_000
    return round(
        plan_of({"dataproduct_subtype": f"raw.{instrument}"}).estimate * (0.97 + 0.06 * guess)
    )


def _programme(rng: np.random.Generator) -> Row:
    subject = str(rng.choice(_SUBJECTS))
    return {
        "prog_id": _programme_id(rng),
        "prog_title": f"{subject} of nearby objects",
        "prog_type": str(rng.choice(_PROGRAMME_TYPES)),
        "pi_coi": str(rng.choice(_PIS)),
    }


def _programme_id(rng: np.random.Generator) -> str:
    return f"{rng.integers(100, 118)}.{rng.choice(list('ABCD'))}-{rng.integers(1, 1000):04d}"


def _release(rng: np.random.Generator) -> str:
    span = _RESERVED_MJD if rng.random() < _RESERVED_SHARE else _PUBLIC_MJD
    return iso_time(round(float(rng.uniform(*span))))


def _proposal_row(rng: np.random.Generator) -> Row:
    return {
        "prog_id": _programme_id(rng),
        "title": f"{rng.choice(_SUBJECTS)} of nearby objects",
        "pi": str(rng.choice(_PIS)),
        "hours": float(np.round(rng.uniform(1, 80), 1)),
        "submitted": iso_time(round(float(rng.uniform(60_000, 61_000)))),
        "release_date": _release(rng),
    }
