"""The 30 columns of the benchmark's table: ObsCore 1.1 with three of a service's own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

TEXT = "unicodeChar"

TYPES = {"int": ">i4", "long": ">i8", "double": ">f8", TEXT: ">u2"}
"""NumPy's name of each datatype in a STREAM (VOTable 1.4 §5.3): big-endian."""


@dataclass(frozen=True)
class Column:
    """A FIELD and what stands in its cells."""

    name: str
    datatype: str
    cells: NDArray[np.number] | list[str]
    """One value a row, or a single one that all rows share."""

    @property
    def is_constant(self) -> bool:
        """True where all rows share one value."""
        return len(self.cells) == 1

    @property
    def width(self) -> int:
        """Characters of the longest text; 1 for numbers."""
        return max(map(len, self.cells)) if self.datatype == TEXT else 1

    def block(self, first: int, last: int) -> NDArray[np.number] | list[str]:
        """Cells of the rows from ``first`` up to ``last``, which is excluded."""
        return self.cells if self.is_constant else self.cells[first:last]


def obscore(rows: int, seed: int) -> list[Column]:
    """Make the columns. The order of the draws is part of what a seed means."""
    rng = np.random.default_rng(seed)
    numbers = range(rows)
    product = picked(rng, ["image", "cube", "spectrum"], rows)
    level = rng.integers(0, 4, rows)
    size = rng.integers(1000, 200_000, rows)
    ra, dec = rng.uniform(0, 360, rows), rng.uniform(-90, 90, rows)
    resolution = rng.uniform(0.5, 1, rows)
    start = rng.uniform(59_000, 61_000, rows)
    tract, patch = rng.integers(2000, 5000, rows), rng.integers(0, 49, rows)
    band = picked(rng, list("ugrizy"), rows)
    publisher = "ivo://org.rubinobs/usdac/lsst-dp02?LSST-DP02-"
    access = "https://data.example.org/api/datalink/links?ID=butler://dp02/"
    return [
        text("dataproduct_type", *product),
        text("dataproduct_subtype", "lsst.deepCoadd_calexp"),
        Column("calib_level", "int", level),
        text("obs_collection", "LSST.DP02"),
        text("obs_id", *(f"LSST.DP02-{n:08d}" for n in numbers)),
        text("obs_publisher_did", *(f"{publisher}{n:08d}" for n in numbers)),
        text("obs_title", *(f"deepCoadd i {n} tract & patch <x>" for n in numbers)),
        text("access_url", *(f"{access}{n:032x}" for n in numbers)),
        text("access_format", "application/x-votable+xml;content=datalink"),
        Column("access_estsize", "long", size),
        text("target_name", *(f"T{n}" for n in numbers)),
        Column("s_ra", "double", ra),
        Column("s_dec", "double", dec),
        constant("s_fov", 0.23),
        text("s_region", *map(footprint, ra.tolist(), dec.tolist())),
        Column("s_resolution", "double", resolution),
        constant("s_xel1", 4200),
        constant("s_xel2", 4100),
        Column("t_min", "double", start),
        Column("t_max", "double", start + 0.001),
        constant("t_exptime", 30.0),
        constant("em_min", 6.9e-7),
        constant("em_max", 8.2e-7),
        constant("em_res_power", 5.2),
        text("o_ucd", "phot.flux.density"),
        text("facility_name", "Rubin:Simonyi"),
        text("instrument_name", "LSSTCam-imSim"),
        Column("lsst_tract", "long", tract),
        Column("lsst_patch", "long", patch),
        text("lsst_band", *band),
    ]


def text(name: str, *cells: str) -> Column:
    """Make a column of strings."""
    return Column(name, TEXT, list(cells))


def constant(name: str, cell: float) -> Column:
    """Make a column that holds one number in all rows."""
    datatype = "double" if isinstance(cell, float) else "long"
    return Column(name, datatype, np.array([cell]))


def picked(rng: np.random.Generator, words: list[str], rows: int) -> list[str]:
    """Draw one of some words for each row."""
    return [words[at] for at in rng.integers(0, len(words), rows).tolist()]


def footprint(ra: float, dec: float) -> str:
    """Corners of a field of 0.2 degrees around a position, in STC-S."""
    west, east, south, north = ra - 0.1, ra + 0.1, dec - 0.1, dec + 0.1
    corners = ((west, south), (east, south), (east, north), (west, north))
    return "POLYGON ICRS " + " ".join(f"{x:.6f} {y:.6f}" for x, y in corners)
