"""Which values are shown black and which white, and what lies between."""

from __future__ import annotations

from typing import Literal

import numpy as np
from astropy.visualization import (
    AsinhStretch,
    BaseStretch,
    LinearStretch,
    LogStretch,
    PercentileInterval,
    SqrtStretch,
    SquaredStretch,
    ZScaleInterval,
)
from numpy.typing import NDArray

from obsdeck.quicklook.decoding.pixels import Pixels, Values
from obsdeck.quicklook.decoding.shrinking import Region, extremes, sample

Interval = Literal["zscale", "minmax", "99.5", "99", "95", "manual"]
INTERVALS: tuple[Interval, ...] = ("zscale", "minmax", "99.5", "99", "95", "manual")
"""How the limits are chosen; the first when nothing is said."""

Stretch = Literal["asinh", "linear", "log", "sqrt", "power"]
_STRETCHES: dict[Stretch, BaseStretch] = {
    "asinh": AsinhStretch(),
    "linear": LinearStretch(),
    "log": LogStretch(),
    "sqrt": SqrtStretch(),
    "power": SquaredStretch(),
}
STRETCHES: tuple[Stretch, ...] = tuple(_STRETCHES)
"""How grey grows between the limits; the first when nothing is said."""

_ZSCALE_VALUES = 10_000


def limits_of(
    pixels: Pixels, plane: int, region: Region, interval: Interval
) -> tuple[float, float] | None:
    """Return the values that become black and white; None when there is no finite value.

    Parameters
    ----------
    pixels, plane, region
        What they are chosen from; a sample of it, except for `minmax`.
    interval
        Any but `manual`.
    """
    if interval == "minmax":
        found = extremes(pixels, plane, region)
    else:
        found = sample(pixels, plane, region)
    if not found.size:
        return None
    low, high = _limits(found.astype("f8"), interval)
    return float(low), float(high)


def _limits(values: Values, interval: Interval) -> tuple[float, float]:
    if interval == "minmax":
        return values.min(), values.max()
    if interval == "zscale":
        low, high = ZScaleInterval(n_samples=_ZSCALE_VALUES).get_limits(values)
    else:
        low, high = PercentileInterval(float(interval)).get_limits(values)
    return low, high


def grey_of(values: Values, low: float, high: float, stretch: Stretch) -> NDArray[np.uint8]:
    """Return 0 for values up to `low`, 255 from `high` on; equal limits part in three greys."""
    with np.errstate(over="ignore", invalid="ignore"):
        if high > low:
            normal = np.clip((values.astype("f8") - low) / (high - low), 0, 1)
            normal = _STRETCHES[stretch](normal, clip=False)
        else:
            normal = 0.5 + 0.5 * np.sign(values - low)
    return np.asarray(np.round(np.nan_to_num(normal) * 255), np.uint8)
