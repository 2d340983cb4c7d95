"""Rows of the programmes."""

import numpy as np

from obsdeck.sandbox.data import sky
from obsdeck.sandbox.data.columns import Columns
from obsdeck.sandbox.data.programmes import PROGRAMMES, Programme

_MJD_EPOCH = np.datetime64("1858-11-17T00:00:00", "ms")


def iso_time(mjd: float) -> str:
    """Return an MJD as ISO 8601 with milliseconds, without a zone (DALI 1.1, 3.3.3)."""
    return str(_MJD_EPOCH + np.timedelta64(round(mjd * 86_400_000), "ms"))


def all_products(rng: np.random.Generator, count: int) -> list[Columns]:
    """Return one block of columns per programme; the blocks add up to ``count`` rows."""
    weights = np.array([programme.weight for programme in PROGRAMMES])
    edges = np.round(np.cumsum(weights) / weights.sum() * count).astype(int)
    sizes = np.diff(edges, prepend=0)
    return [
        products(programme, rng, int(size))
        for programme, size in zip(PROGRAMMES, sizes, strict=True)
    ]


def products(programme: Programme, rng: np.random.Generator, count: int) -> Columns:
    """Return the products of one programme."""
    targets, ra, dec = _places(programme, rng, count)
    start = np.round(53_000 + rng.uniform(0, 8_000, count), 6)
    exposure = np.round(10 ** rng.uniform(0.5, 4.2, count), 3)
    made = [iso_time(mjd + 30) for mjd in start]
    identifiers = _identifiers(programme, rng, made)
    return (
        _constant(programme, count)
        | identifiers
        | {
            "target_name": targets,
            "obs_title": [f"{target} ({programme.subtype})" for target in targets],
            "s_ra": ra,
            "s_dec": dec,
            "s_region": _regions(programme, rng, ra, dec),
            "s_resolution": np.round(rng.uniform(0.05, 1.6, count), 4),
            "t_min": start,
            "t_max": start + exposure / 86_400,
            "t_exptime": exposure,
            "access_estsize": (10 ** rng.uniform(2, 6.8, count)).astype(np.int64),
            "obs_creation_date": made,
        }
        | _circumstances(rng, count)
    )


def _identifiers(programme: Programme, rng: np.random.Generator, made: list[str]) -> Columns:
    """Return what names each product; ``made`` is when."""
    count = len(made)
    serial = [
        f"{programme.collection.lower()}-{n:06d}" for n in rng.choice(10**6, count, replace=False)
    ]
    names = [f"ADP.{time}" for time in made]
    return {
        "obs_id": [
            f"{one}-{part}" for one, part in zip(serial, rng.integers(1, 9, count), strict=True)
        ],
        "obs_publisher_did": [
            f"ivo://org.obsdeck.sandbox/{one}?{name}"
            for one, name in zip(serial, names, strict=True)
        ],
        "obs_creator_did": [f"ivo://org.obsdeck.sandbox/origfile?{one}.fits" for one in serial],
        "dp_id": names,
    }


def _circumstances(rng: np.random.Generator, count: int) -> Columns:
    """Return how each product was observed: programme of a period, exposures, blocks, noise."""
    return {
        "snr": np.round(rng.lognormal(3, 1, count), 2),
        "n_obs": rng.integers(1, 60, count),
        "multi_ob": rng.choice(["S", "M"], count).tolist(),
        "proposal_id": [
            f"{period}.{letter}-{number:04d}"
            for period, letter, number in zip(
                rng.integers(70, 115, count),
                rng.choice(list("ABCD"), count),
                rng.integers(1, 1000, count),
                strict=True,
            )
        ],
    }


def _places(
    programme: Programme, rng: np.random.Generator, count: int
) -> tuple[list[str], np.ndarray, np.ndarray]:
    if programme.field == "all-sky":
        ra = np.round(rng.uniform(0, 360, count), 6) % 360
        height = np.asarray(rng.uniform(-1, 1, count), dtype=np.float64)
        dec = np.round(np.degrees(np.arcsin(height)), 6)
        return [_coordinate_name(*pair) for pair in zip(ra, dec, strict=True)], ra, dec
    field = sky.FIELDS[programme.field]
    x, y = rng.normal(0, field.spread, (2, count))
    return ([field.target] * count, *sky.offset(field.ra, field.dec, x, y))


def _coordinate_name(ra: float, dec: float) -> str:
    hours, degrees = ra / 15, abs(dec)
    sign = "-" if dec < 0 else "+"
    return f"J{_sexagesimal(hours)}{sign}{_sexagesimal(degrees)}"


def _sexagesimal(value: float) -> str:
    return f"{int(value):02d}{int(value % 1 * 60):02d}"


def _regions(
    programme: Programme, rng: np.random.Generator, ra: np.ndarray, dec: np.ndarray
) -> list[str]:
    if programme.circle:
        radius = programme.fov / 2
        return [sky.circle_text(*pair, radius) for pair in zip(ra, dec, strict=True)]
    side = programme.fov / np.sqrt(2)
    return sky.squares(ra, dec, side, rng.uniform(0, 90, len(ra)))


def _constant(programme: Programme, count: int) -> Columns:
    values: dict[str, object] = {
        "dataproduct_type": programme.product,
        "dataproduct_subtype": programme.subtype,
        "calib_level": programme.level,
        "obs_collection": programme.collection,
        "facility_name": programme.facility or None,
        "instrument_name": programme.instrument or None,
        "s_fov": programme.fov,
        "em_min": programme.band[0],
        "em_max": programme.band[1],
        "em_ucd": "em.wl",
        "em_res_power": programme.res_power,
        "em_xel": 3_681 if programme.res_power else 1,
        "o_ucd": programme.o_ucd,
        "o_unit": programme.o_unit or None,
        "pol_states": programme.pol,
        "pol_xel": programme.pol.count("/") - 1 if programme.pol else 0,
        "t_xel": 400 if programme.product == "timeseries" else 1,
        "t_resolution": 30.0 if programme.product == "timeseries" else None,
        "target_class": "Star" if programme.field == "all-sky" else "Galaxy",
        "bib_reference": "2026Obsdeck..1....1S" if programme.level == 4 else None,
        "obs_creator_name": "Obsdeck sandbox",
        "obstech": {"spectrum": "SPECTRUM", "cube": "IFU"}.get(programme.product or "", "IMAGE"),
    }
    return {name: [value] * count for name, value in values.items()}
