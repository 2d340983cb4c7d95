"""The 30 columns of the benchmark's table: ObsCore 1.1 with five of a service's own."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from dataclasses import dataclass

Cell = str | int | float | None


@dataclass(frozen=True)
class Column:
    """A FIELD and what stands in its cells.

    ``make`` gets the random source and the number of the row, counted from 0.
    """

    name: str
    datatype: str
    make: Callable[[random.Random, int], Cell]
    ucd: str = ""
    unit: str = ""
    null: str = ""
    """The value that stands for null in BINARY, which has no other way for integers."""

    @property
    def is_text(self) -> bool:
        """True for strings, all of which are of variable length."""
        return self.datatype in ("char", "unicodeChar")


def _rarely(rng: random.Random, cell: Cell) -> Cell:
    """One cell in ten is null, as in most optional columns of real services."""
    return None if rng.random() < 0.1 else cell


def _pick(*cells: str) -> Callable[[random.Random, int], Cell]:
    return lambda rng, _row: rng.choice(cells)


def _uniform(low: float, high: float) -> Callable[[random.Random, int], Cell]:
    return lambda rng, _row: rng.uniform(low, high)


def _optional(low: float, high: float) -> Callable[[random.Random, int], Cell]:
    return lambda rng, _row: _rarely(rng, rng.uniform(low, high))


def _integer(low: int, high: int) -> Callable[[random.Random, int], Cell]:
    return lambda rng, _row: rng.randint(low, high)


def _footprint(rng: random.Random, _row: int) -> Cell:
    """Corners of a field of 0.2 degrees, in STC-S."""
    ra, dec = rng.uniform(1, 359), rng.uniform(-80, 80)
    half = 0.1 / math.cos(math.radians(dec))
    corners = ((-half, -0.1), (half, -0.1), (half, 0.1), (-half, 0.1))
    return "POLYGON ICRS " + " ".join(f"{ra + x:.6f} {dec + y:.6f}" for x, y in corners)


def _title(rng: random.Random, row: int) -> Cell:
    """One title in ten needs escaping."""
    note = "S/N > 5 & seeing < 1" if rng.random() < 0.1 else "good conditions"
    return f"Visit {row}, {note}"


def _target(rng: random.Random, row: int) -> Cell:
    return _rarely(rng, f"{rng.choice(('NGC', 'β Pic', 'Σ', 'HD'))} {row % 7840}")


ACCESS = "https://archive.example.org/datalink/links?ID=ivo://example.org/obs/"

COLUMNS = (
    Column("dataproduct_type", "char", _pick("image", "cube", "spectrum"), "meta.code.class"),
    Column("calib_level", "short", _integer(0, 4), "meta.code;obs.calib"),
    Column("obs_collection", "char", _pick("SURVEY", "POINTED"), "meta.id"),
    Column("obs_id", "char", lambda _rng, row: f"EX-{row:010d}", "meta.id"),
    Column(
        "obs_publisher_did",
        "char",
        lambda _rng, row: f"ivo://example.org/obs/{row:010d}?raw",
        "meta.ref.ivoid",
    ),
    Column("obs_title", "char", _title, "meta.title;obs"),
    Column("access_url", "char", lambda _rng, row: f"{ACCESS}{row:010d}", "meta.ref.url"),
    Column("access_format", "char", _pick("application/fits", "image/fits"), "meta.code.mime"),
    Column("access_estsize", "long", _integer(10, 10**7), "phys.size;meta.file", "kbyte", "-1"),
    Column("target_name", "unicodeChar", _target, "meta.id;src"),
    Column("s_ra", "double", _uniform(0, 360), "pos.eq.ra", "deg"),
    Column("s_dec", "double", _uniform(-90, 90), "pos.eq.dec", "deg"),
    Column("s_fov", "double", _optional(0.01, 3), "phys.angSize;instr.fov", "deg"),
    Column("s_region", "char", _footprint, "pos.outline;obs.field"),
    Column("s_resolution", "double", _optional(0.4, 2), "pos.angResolution", "arcsec"),
    Column("s_xel1", "long", _integer(512, 16384), "meta.number", "", "-1"),
    Column("s_xel2", "long", _integer(512, 16384), "meta.number", "", "-1"),
    Column("t_min", "double", _uniform(57000, 61000), "time.start;obs.exposure", "d"),
    Column("t_max", "double", _uniform(61000, 62000), "time.end;obs.exposure", "d"),
    Column("t_exptime", "double", _optional(0.1, 3600), "time.duration;obs.exposure", "s"),
    Column("em_min", "double", _uniform(3e-7, 5e-7), "em.wl;stat.min", "m"),
    Column("em_max", "double", _uniform(5e-7, 9e-7), "em.wl;stat.max", "m"),
    Column("em_res_power", "double", _optional(5, 100000), "spect.resolution"),
    Column("o_ucd", "char", _pick("phot.flux.density", "phot.count"), "meta.ucd"),
    Column("facility_name", "char", _pick("North", "South"), "meta.id;instr.tel"),
    Column("instrument_name", "char", _pick("CAM-1", "CAM-2", "IFU"), "meta.id;instr"),
    Column("airmass", "float", _optional(1, 3), "obs.airMass"),
    Column("night", "int", lambda _rng, row: 57000 + row // 400, "time.epoch", "d", "-1"),
    Column("tile", "int", lambda rng, _row: _rarely(rng, rng.randint(1, 99999)), "", "", "-1"),
    Column("band", "char", _pick("u", "g", "r", "i", "z", "y"), "instr.bandpass"),
)
