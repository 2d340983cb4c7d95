"""Pictures of products: what the sky looks like, or a plot of a table's first columns."""

# mypy: disable-error-code=import-untyped

import numpy as np
from astropy.io import fits

from obsdeck.sandbox.data.columns import Row
from obsdeck.sandbox.files.making import hdus_of
from obsdeck.sandbox.files.plan import FilePlan
from obsdeck.sandbox.files.png import png

#: Pixels of the longer side of a preview, and of a thumbnail.
SIDES = {"preview": 480, "thumbnail": 96}

_PLOT_HEIGHT = 0.6
_LIMITS = (5, 99.5)


def preview(row: Row, plan: FilePlan, identifier: str, side: int) -> bytes:
    """Return a PNG of a product, north roughly up as the file has it, at most ``side`` across."""
    hdus = hdus_of(row, plan, identifier)
    shown = next(hdu for hdu in hdus if hdu.data is not None)
    if plan.has_sky:
        data = np.asarray(shown.data, dtype=float)
        return png(_stretched(_small(_flat(data), side))[::-1])
    return png(_plot(_values(shown), side))


def _flat(data: np.ndarray) -> np.ndarray:
    """Return a cube as one image, the mean of its first planes."""
    while data.ndim > 3:
        data = data[0]
    return data.mean(axis=0) if data.ndim == 3 else data


def _small(data: np.ndarray, side: int) -> np.ndarray:
    """Return the mean of blocks of pixels, as many as make it small enough."""
    step = -(-max(data.shape) // side)
    height, width = (axis // step * step for axis in data.shape)
    blocks = data[:height, :width].reshape(height // step, step, width // step, step)
    return np.asarray(blocks.mean(axis=(1, 3)))


def _stretched(data: np.ndarray) -> np.ndarray:
    finite = data[np.isfinite(data)]
    low, high = np.percentile(finite, _LIMITS) if finite.size else (0.0, 1.0)
    part = np.clip((np.nan_to_num(data, nan=low) - low) / ((high - low) or 1.0), 0, 1)
    return np.asarray(np.arcsinh(10 * part) / np.arcsinh(10) * 255, dtype=np.uint8)


def _values(hdu: fits.PrimaryHDU | fits.BinTableHDU) -> np.ndarray:
    data = hdu.data
    return np.asarray(data if data.dtype.names is None else data.field(1), dtype=float)


def _plot(values: np.ndarray, side: int) -> np.ndarray:
    """Return a plot of values in their order: the range that falls into each column of pixels."""
    height = round(side * _PLOT_HEIGHT)
    low, high = float(np.nanmin(values)), float(np.nanmax(values))
    span = (high - low) or 1.0
    made = np.full((height, side), 255, dtype=np.uint8)
    for column, part in enumerate(np.array_split(values, min(side, len(values)))):
        top, bottom = (
            round((high - edge) / span * (height - 1)) for edge in (part.max(), part.min())
        )
        made[top : bottom + 1, column] = 40
    return made
