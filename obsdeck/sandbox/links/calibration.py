"""Calibration frames of an instrument and a night, and how they depend on each other.

They lead to each other in circles: a master was made from frames, and these tell of their master.
The dark of every night is missing.
"""

import math
import re
from dataclasses import dataclass

from obsdeck.sandbox.data.columns import Row
from obsdeck.sandbox.files.product import Product

_AUTHORITY = "ivo://org.obsdeck.sandbox/calib"
_FORM = re.compile(
    rf"{re.escape(_AUTHORITY)}\?(?P<kind>[a-z-]+)/(?P<night>\d{{1,6}})/(?P<instrument>.{{1,60}})"
)

#: Description and level of calibration of each kind.
_KINDS = {
    "master-flat": ("Flat field of the night", 3),
    "master-bias": ("Bias of the night", 3),
    "flat": ("Frame of the flat field", 0),
    "bias": ("Bias frame", 0),
    "dark": ("Dark frame", 0),
}

#: What each kind leads to: relation and kind.
RELATIONS: dict[str, tuple[tuple[str, str], ...]] = {
    "master-flat": (("#progenitor", "flat"), ("#calibration", "master-bias")),
    "master-bias": (("#progenitor", "bias"), ("#derivation", "master-flat")),
    "flat": (("#calibration", "dark"), ("#derivation", "master-flat")),
    "bias": (("#derivation", "master-bias"),),
    "dark": (),
}

#: Kinds a product is calibrated by, and those that were never archived.
_DIRECT, MISSING = ("master-flat", "master-bias"), frozenset({"dark"})


@dataclass(frozen=True)
class Calibration:
    """A calibration frame: what it is, of which instrument, and of which night (MJD)."""

    kind: str
    instrument: str
    night: int

    @property
    def identifier(self) -> str:
        """Its identifier."""
        return f"{_AUTHORITY}?{self.kind}/{self.night}/{self.instrument}"

    @property
    def description(self) -> str:
        """What it is, for people."""
        return _KINDS[self.kind][0]

    def other(self, kind: str) -> "Calibration":
        """Return another frame of the night."""
        return Calibration(kind, self.instrument, self.night)

    @property
    def row(self) -> Row:
        """A row as ObsCore would have it."""
        return {
            "obs_id": f"{self.instrument}-{self.night}-{self.kind}",
            "obs_collection": "CALIB",
            "instrument_name": self.instrument,
            "target_name": self.kind.upper(),
            "dataproduct_subtype": self.kind,
            "calib_level": _KINDS[self.kind][1],
            "t_min": float(self.night),
            "s_ra": self.night * 7.0 % 360,
            "s_dec": -30.0,
        }


def calibrations_of(row: Row) -> list[Calibration]:
    """Return what calibrates an observation; nothing where instrument or time are unknown."""
    instrument, start = row.get("instrument_name"), row.get("t_min")
    if not instrument or not isinstance(start, float) or not math.isfinite(start):
        return []
    night = int(start)
    return [Calibration(kind, str(instrument), night) for kind in _DIRECT if night > 0]


def find_calibration(identifier: str) -> Calibration | None:
    """Return the calibration frame of an identifier, None where it names none."""
    matched = _FORM.fullmatch(identifier)
    if matched is None or matched["kind"] not in _KINDS:
        return None
    return Calibration(matched["kind"], matched["instrument"], int(matched["night"]))


def product_of(calibration: Calibration) -> Product | None:
    """Return the frame as something that has a file, None where that was never archived."""
    if calibration.kind in MISSING:
        return None
    return Product(calibration.identifier, calibration.row)
