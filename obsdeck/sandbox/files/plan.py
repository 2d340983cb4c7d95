"""Which file a product has: its kind, shape and packing, and so its size before it is made."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from obsdeck.sandbox.data.columns import Row

#: ``image``: one array of the sky. ``raw``: whole numbers as they come from a detector.
#: ``exposure``: image, mask and variance. ``mosaic``: four chips. ``cube``: images by wavelength,
#: and by polarization where there are four axes. The others are tables.
Kind = Literal[
    "image", "raw", "exposure", "mosaic", "cube", "spectrum", "points", "lightcurve", "events",
    "visibilities", "sources",
]  # fmt: skip

#: How the file is packed: compressed tiles (FITS 4.0, 10), gzip, or compress of old Unix.
Packing = Literal["", "fz", "gz", "Z"]

_BLOCK = 2_880

#: Bytes of every header: two blocks, filled with blanks where there is less to say.
HEADER = 2 * _BLOCK

#: Bytes of a row of each kind of table.
TABLE_ROWS = {"lightcurve": 20, "events": 32, "visibilities": 36, "sources": 44, "points": 24}

_EXPOSURE_BYTES, _MOSAIC_CHIPS = (4, 1, 4), 4


@dataclass(frozen=True)
class FilePlan:
    """The file of a product.

    Attributes
    ----------
    kind
        What is in it.
    shape
        Of the array as numpy has it; rows of a table.
    packing
        How it is packed.
    packed
        Size in parts of the size before; only an estimate.
    """

    kind: Kind
    shape: tuple[int, ...]
    packing: Packing = ""
    packed: float = 1.0

    @property
    def suffix(self) -> str:
        """End of its name."""
        return f".fits.{self.packing}" if self.packing else ".fits"

    @property
    def unpacked(self) -> "FilePlan":
        """The same file without its packing."""
        return replace(self, packing="", packed=1.0)

    @property
    def has_sky(self) -> bool:
        """Whether it has pixels of the sky."""
        return self.kind in ("image", "raw", "exposure", "mosaic", "cube")

    @property
    def unpacked_size(self) -> int:
        """Bytes before packing."""
        return sum(HEADER + _filled(data) for data in self._data())

    @property
    def size(self) -> int | None:
        """Bytes, None where only packing tells."""
        return None if self.packing else self.unpacked_size

    @property
    def estimate(self) -> int:
        """Size in kbyte of 1,000 bytes, as ``access_estsize`` has it."""
        return -(-round(self.unpacked_size * self.packed) // 1_000)

    def _data(self) -> list[int]:
        pixels = 1
        for axis in self.shape:
            pixels *= axis
        match self.kind:
            case "exposure":
                return [0, *(pixels * width for width in _EXPOSURE_BYTES)]
            case "mosaic":
                return [0, *[pixels * 2] * _MOSAIC_CHIPS]
            case "raw":
                return [pixels * 2]
            case "image" | "cube" | "spectrum":
                return [pixels * 4]
        return [0, self.shape[0] * TABLE_ROWS[self.kind]]


def _filled(size: int) -> int:
    """Return the bytes of the blocks that hold so many bytes."""
    return -(-size // _BLOCK) * _BLOCK


_FRAME = FilePlan("raw", (256, 256), "Z", 0.39)

#: By what a collection calls its products.
_BY_SUBTYPE: Mapping[str, FilePlan] = {
    "harps.s1d": FilePlan("points", (60_000,)),
    "uves.merged": FilePlan("points", (40_000,)),
    "xshooter.merged": FilePlan("spectrum", (24_000,)),
    "fors2.mos": FilePlan("spectrum", (2_048,)),
    "muse.datacube": FilePlan("cube", (120, 64, 64)),
    "muse.deep": FilePlan("cube", (200, 80, 80)),
    "kmos.ifu": FilePlan("cube", (160, 28, 28)),
    "mm.cube": FilePlan("cube", (4, 32, 96, 96)),
    "vvv.tile": FilePlan("image", (1_500, 1_500)),
    "vvv.raw": FilePlan("raw", (512, 512), "Z", 0.38),
    "vvv.sourcelist": FilePlan("sources", (4_000,)),
    "vst.coadd": FilePlan("image", (1_200, 1_200)),
    "vst.raw": FilePlan("mosaic", (512, 512), "fz", 0.34),
    "deck.polar": FilePlan("image", (640, 640), "gz", 0.9),
    "deck.mosaic": FilePlan("exposure", (768, 768)),
    "deck.lightcurve": FilePlan("lightcurve", (400,)),
    "deckx.events": FilePlan("events", (20_000,)),
    "matisse.oifits": FilePlan("visibilities", (3_000,)),
    "gravity.oifits": FilePlan("visibilities", (1_500,)),
    "mm.uvfits": FilePlan("visibilities", (12_000,)),
    "atlas.sed": FilePlan("points", (80,)),
    "lsst.raw": FilePlan("raw", (1_000, 1_000), "fz", 0.34),
    "lsst.calexp": FilePlan("exposure", (800, 800)),
    "lsst.goodSeeingDiff_differenceExp": FilePlan("exposure", (800, 800)),
    "lsst.deepCoadd_calexp": FilePlan("exposure", (900, 900)),
    "lsst.goodSeeingCoadd": FilePlan("image", (900, 900)),
    "lsst.objectTable": FilePlan("sources", (6_000,)),
    "raw.FORS2": FilePlan("raw", (400, 400), "Z", 0.38),
    "raw.HARPS": FilePlan("raw", (384, 384), "Z", 0.38),
    "raw.SPHERE": FilePlan("raw", (320, 320)),
    "raw.MUSE": FilePlan("mosaic", (300, 300), "fz", 0.34),
    "master-flat": FilePlan("image", (256, 256)),
    "master-bias": FilePlan("image", (256, 256)),
    "flat": _FRAME,
    "bias": _FRAME,
}

#: By ``dataproduct_type``, where the first does not tell.
_BY_TYPE: Mapping[str, FilePlan] = {
    "image": FilePlan("image", (512, 512)),
    "cube": FilePlan("cube", (60, 48, 48)),
    "spectrum": FilePlan("spectrum", (4_096,)),
    "sed": FilePlan("points", (80,)),
    "timeseries": FilePlan("lightcurve", (400,)),
    "event": FilePlan("events", (8_000,)),
    "visibility": FilePlan("visibilities", (1_000,)),
    "measurements": FilePlan("sources", (1_000,)),
}


def measures(row: Row) -> dict[str, object]:
    """Return what ObsCore tells of the file of a row: size in kbyte, elements along each axis."""
    plan = plan_of(row)
    made: dict[str, object] = {"access_estsize": plan.estimate}
    if plan.kind in ("spectrum", "points"):
        made["em_xel"] = plan.shape[0]
    if plan.kind == "lightcurve":
        made["t_xel"] = plan.shape[0]
    if not plan.has_sky:
        return made | {"s_xel1": None, "s_xel2": None, "s_pixel_scale": None}
    if plan.kind == "cube":
        made["em_xel"] = plan.shape[-3]
    side = _side(str(row.get("s_region") or ""))
    scale = None if side is None else round(side * 3_600 / plan.shape[-1], 5)
    return made | {"s_xel1": plan.shape[-1], "s_xel2": plan.shape[-2], "s_pixel_scale": scale}


def _side(region: str) -> float | None:
    """Return the degrees along the first side of a polygon, or across a circle, of STC-S."""
    kind, *words = region.replace(" ICRS", "").split()[:5] or [""]
    if kind == "Circle":
        return 2 * float(words[2])
    if kind != "Polygon":
        return None
    ra1, dec1, ra2, dec2 = (math.radians(float(word)) for word in words)
    half = math.sin((dec2 - dec1) / 2) ** 2
    half += math.cos(dec1) * math.cos(dec2) * math.sin((ra2 - ra1) / 2) ** 2
    return math.degrees(2 * math.asin(math.sqrt(half)))


def plan_of(row: Row) -> FilePlan:
    """Return the plan of the file of a row of ObsCore."""
    by_subtype = _BY_SUBTYPE.get(str(row.get("dataproduct_subtype")))
    usual = _BY_TYPE["image"]
    return by_subtype or _BY_TYPE.get(str(row.get("dataproduct_type")), usual)
