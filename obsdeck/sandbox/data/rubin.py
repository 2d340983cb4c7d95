"""Survey images shaped after Rubin Data Preview 0.2: visits, detectors, tracts and patches."""

import uuid
from collections.abc import Sequence

import numpy as np

from obsdeck.sandbox.data import sky
from obsdeck.sandbox.data.columns import Columns

_BANDS = {  # vacuum wavelengths in m
    "u": (3.3e-7, 4.0e-7),
    "g": (4.02e-7, 5.52e-7),
    "r": (5.52e-7, 6.91e-7),
    "i": (6.91e-7, 8.18e-7),
    "z": (8.18e-7, 9.22e-7),
    "y": (9.22e-7, 1.06e-6),
}
_DETECTOR = 0.2233  # degrees: 4,000 pixels of 0.2 arcsec
_PATCH = 0.2278
_VISIT_EXPOSURE = 30.0

#: Subtype, calibration level and title of what is made of one detector of one visit.
_PER_DETECTOR = (
    ("lsst.raw", 1, "raw"),
    ("lsst.calexp", 2, "calexp"),
    ("lsst.goodSeeingDiff_differenceExp", 3, "goodSeeingDiff_differenceExp"),
)
_PER_PATCH = (
    ("lsst.deepCoadd_calexp", 3, "image", "deepCoadd_calexp"),
    ("lsst.goodSeeingCoadd", 3, "image", "goodSeeingCoadd"),
    ("lsst.objectTable", 4, "measurements", "objectTable"),
)


def visit_images(rng: np.random.Generator, count: int) -> Columns:
    """Return images of single visits around the DC2 field: raw, calexp and difference images."""
    detectors = -(-count // len(_PER_DETECTOR))
    shot = _shots(rng, detectors)
    rows = [
        row for index in range(detectors) for row in _detector_rows(shot, index, _uuids(rng, 3))
    ]
    return _columns(rows[:count])


def _shots(rng: np.random.Generator, count: int) -> dict[str, np.ndarray]:
    """Draw visits and the detectors seen of each; several detectors share a visit."""
    visits = max(count // 6, 1)
    of_visit = rng.integers(0, visits, count)
    field = sky.FIELDS["dc2"]
    center = sky.offset(
        field.ra,
        field.dec,
        rng.normal(0, field.spread, visits),
        rng.normal(0, field.spread, visits),
    )
    cells = rng.integers(-3, 4, (2, count)) * _DETECTOR
    ra, dec = sky.offset(center[0][of_visit], center[1][of_visit], cells[0], cells[1])
    start = np.round(59_700 + rng.uniform(0, 1200, visits), 5)[of_visit]
    return {
        "visit": 2_024_000_000_000 + rng.choice(10**6, visits, replace=False)[of_visit],
        "detector": rng.integers(0, 189, count),
        "ra": ra,
        "dec": dec,
        "region": np.array(
            sky.squares(ra, dec, _DETECTOR, np.round(rng.uniform(0, 90, visits), 3)[of_visit])
        ),
        "start": start,
        "band": rng.integers(0, len(_BANDS), visits)[of_visit],
        "seeing": np.round(rng.uniform(0.55, 1.4, count), 3),
        "size": rng.integers(16_000, 120_000, count),
    }


def _detector_rows(
    shot: dict[str, np.ndarray], index: int, ids: Sequence[str]
) -> list[dict[str, object]]:
    visit, detector = int(shot["visit"][index]), int(shot["detector"][index])
    ra, dec, start = (float(shot[key][index]) for key in ("ra", "dec", "start"))
    region = str(shot["region"][index])
    shared = _common(ra, dec, region, list(_BANDS)[shot["band"][index]], 4000) | {
        "obs_id": f"{visit}-{detector:03d}",
        "s_resolution": float(shot["seeing"][index]),
        "t_min": start,
        "t_max": start + _VISIT_EXPOSURE / 86400,
        "t_exptime": _VISIT_EXPOSURE,
        "lsst_visit": visit,
        "lsst_detector": detector,
        "access_estsize": int(shot["size"][index]),
    }
    return [
        shared
        | {
            "dataproduct_type": "image",
            "dataproduct_subtype": subtype,
            "calib_level": level,
            "obs_title": f"{name} visit {visit} detector {detector}",
            "obs_publisher_did": f"butler://dp02/{did}",
            "o_ucd": "phot.count" if level == 1 else "phot.flux.density",
        }
        for (subtype, level, name), did in zip(_PER_DETECTOR, ids, strict=True)
    ]


def coadds(rng: np.random.Generator, count: int) -> Columns:
    """Return deep images and object tables of patches of the sky map."""
    rows = []
    for index in range(count):
        subtype, level, kind, name = _PER_PATCH[index % len(_PER_PATCH)]
        tract, patch = 3000 + int(rng.integers(0, 12)), int(rng.integers(0, 49))
        band = list(_BANDS)[rng.integers(0, len(_BANDS))]
        rows.append(
            _patch_row(tract, patch, band)
            | {
                "dataproduct_type": kind,
                "dataproduct_subtype": subtype,
                "calib_level": level,
                "obs_title": f"{name} tract {tract} patch {patch} band {band}",
                "obs_publisher_did": _newer_did(_uuids(rng, 1)[0]),
                "obs_id": f"{tract}-{patch}-{band}",
                "n_obs": int(rng.integers(20, 900)),
                "abmaglim": float(np.round(rng.uniform(24, 27.5), 2)),
                "access_estsize": int(rng.integers(60_000, 900_000)),
            }
        )
    return _columns(rows)


def _patch_row(tract: int, patch: int, band: str) -> dict[str, object]:
    field = sky.FIELDS["dc2"]
    column, row = divmod(tract - 3000, 4)
    x = (column - 1) * 0.8 + (patch % 7 - 3) * 0.11
    y = (row - 1.5) * 0.8 + (patch // 7 - 3) * 0.11
    ra, dec = (float(value) for value in sky.offset(field.ra, field.dec, x, y))
    region = sky.squares(np.array([ra]), np.array([dec]), _PATCH, np.zeros(1))[0]
    return _common(ra, dec, region, band, 4100) | {
        "lsst_tract": tract,
        "lsst_patch": patch,
    }


def _newer_did(identifier: str) -> str:
    """Return the form with ``?``, ``=`` and ``&``, which clients must percent-encode."""
    return f"ivo://org.obsdeck.sandbox/dp1?repo=dp1&id={identifier}"


def _common(ra: float, dec: float, region: str, band: str, pixels: int) -> dict[str, object]:
    return {
        "obs_collection": "LSST.DP02",
        "target_name": None,
        "s_ra": ra,
        "s_dec": dec,
        "s_fov": 0.3,
        "s_region": region,
        "s_xel1": pixels,
        "s_xel2": pixels,
        "s_pixel_scale": 0.2,
        "em_min": _BANDS[band][0],
        "em_max": _BANDS[band][1],
        "pol_xel": 0,
        "t_xel": 1,
        "em_xel": 1,
        "facility_name": "Rubin:Simonyi",
        "instrument_name": "LSSTCam-imSim",
        "lsst_band": band,
        "lsst_filter": f"{band}_sim_1.4",
        "filter": f"{band}_sim_1.4",
    }


def _uuids(rng: np.random.Generator, count: int) -> list[str]:
    return [str(uuid.UUID(bytes=rng.bytes(16), version=4)) for _ in range(count)]


def _columns(rows: Sequence[dict[str, object]]) -> Columns:
    names = dict.fromkeys(name for row in rows for name in row)
    return {name: [row.get(name) for row in rows] for name in names}
