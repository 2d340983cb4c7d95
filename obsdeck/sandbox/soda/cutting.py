"""Parts of FITS files: arrays by WCS, tables by their columns."""

# mypy: disable-error-code=import-untyped

from collections.abc import Sequence
from typing import Any

import numpy as np
from astropy.io import fits

from obsdeck.sandbox.engine.sphere import unit
from obsdeck.sandbox.files.grid import Grid
from obsdeck.sandbox.soda.errors import NoOverlapError, SodaError
from obsdeck.sandbox.soda.request import Cut
from obsdeck.sandbox.soda.stencils import Stencil

#: States by their value on an axis of STOKES (FITS 4.0, table 29).
_STOKES = {1: "I", 2: "Q", 3: "U", 4: "V", -1: "RR", -2: "LL", -3: "RL", -4: "LR", -5: "XX",
           -6: "YY", -7: "XY", -8: "YX"}  # fmt: skip

#: An HDU of astropy, which has no types.
Hdu = Any


def cut_out(hdus: Sequence[Hdu], cut: Cut) -> fits.HDUList:
    """Return what is within a cut.

    Extensions without any of it are left out.

    Raises
    ------
    NoOverlapError
        If nothing is left.
    SodaError
        If the file cannot be cut in this way.
    """
    kept = []
    for hdu in hdus:
        if hdu.data is None:
            continue
        try:
            kept.append(_cut_table(hdu, cut) if _is_table(hdu) else _cut_array(hdu, cut))
        except NoOverlapError:
            continue
    if not kept:
        raise NoOverlapError
    if isinstance(kept[0], fits.PrimaryHDU):
        return fits.HDUList(kept)
    return fits.HDUList([fits.PrimaryHDU(header=_plain(hdus[0].header)), *kept])


def _is_table(hdu: Hdu) -> bool:
    return isinstance(hdu, fits.BinTableHDU) and not isinstance(hdu, fits.CompImageHDU)


def _plain(header: fits.Header) -> fits.Header:
    """Return a header without what describes an array."""
    kept = header.copy(strip=True)
    kept.remove("EXTNAME", ignore_missing=True)
    return kept


def _cut_array(hdu: Hdu, cut: Cut) -> Hdu:
    data, header = np.asarray(hdu.data), hdu.header.copy()
    if cut.time is not None:
        raise SodaError("This product has no axis of time: leave TIME out.")
    if cut.band is not None:
        data = _kept_planes(data, header, _wavelength_axis(header), _in_band(header, cut.band))
    if cut.states:
        data = _kept_planes(data, header, _axis(header, "STOKES"), _in_states(header, cut.states))
    if cut.stencil is not None:
        data = _kept_pixels(data, header, cut.stencil)
    kind = fits.PrimaryHDU if isinstance(hdu, fits.PrimaryHDU) else fits.ImageHDU
    return kind(data, header)


def wavelengths_of(header: fits.Header) -> np.ndarray:
    """Return the wavelengths in m of the planes of a cube; raises SodaError where it has none."""
    return _values(header, _wavelength_axis(header))


def _axis(header: fits.Header, *kinds: str) -> int:
    """Return the number of an axis; raises SodaError where there is none."""
    for axis in range(1, header["NAXIS"] + 1):
        if str(header.get(f"CTYPE{axis}", "")).partition("-")[0] in kinds:
            return axis
    name = "POL" if "STOKES" in kinds else "BAND" if "WAVE" in kinds else "a shape"
    raise SodaError(f"This product has no axis for {name}: leave that out.")


def _wavelength_axis(header: fits.Header) -> int:
    return _axis(header, "WAVE")


def _values(header: fits.Header, axis: int) -> np.ndarray:
    """Return world coordinates of the elements of a linear axis."""
    elements = np.arange(1, header[f"NAXIS{axis}"] + 1) - header[f"CRPIX{axis}"]
    return np.asarray(header[f"CRVAL{axis}"] + elements * _step(header, axis))


def _step(header: fits.Header, axis: int) -> float:
    return float(header[f"CD{axis}_{axis}"])


def _in_band(header: fits.Header, band: tuple[float, float]) -> np.ndarray:
    """Tell which elements overlap wavelengths."""
    axis = _wavelength_axis(header)
    middle, half = _values(header, axis), abs(_step(header, axis)) / 2
    return np.asarray((middle + half > band[0]) & (middle - half < band[1]))


def _in_states(header: fits.Header, states: Sequence[str]) -> np.ndarray:
    values = np.round(_values(header, _axis(header, "STOKES"))).astype(int)
    return np.array([_STOKES.get(value) in states for value in values])


def _kept_planes(
    data: np.ndarray, header: fits.Header, axis: int, wanted: np.ndarray
) -> np.ndarray:
    """Return the planes from the first to the last wanted one, the header moved along."""
    if not wanted.any():
        raise NoOverlapError
    first, last = np.flatnonzero(wanted)[[0, -1]]
    header[f"CRPIX{axis}"] -= int(first)
    header[f"NAXIS{axis}"] = int(last - first + 1)
    chosen = [slice(None)] * data.ndim
    chosen[data.ndim - axis] = slice(int(first), int(last) + 1)
    return data[tuple(chosen)]


def _kept_pixels(data: np.ndarray, header: fits.Header, stencil: Stencil) -> np.ndarray:
    """Return the box around a shape; numbers outside of it are NaN where the type has one."""
    grid = grid_of_header(header)
    try:
        mask = stencil.mask(grid)
    except ValueError as error:
        raise SodaError(str(error)) from None
    if not mask.any():
        raise NoOverlapError
    rows, columns = (_extent(np.asarray(mask.any(axis=axis))) for axis in (1, 0))
    part = data[..., rows, columns]
    if np.issubdtype(part.dtype, np.floating):
        part = np.where(mask[rows, columns], part, np.array(np.nan, part.dtype))
    header["CRPIX1"] -= columns.start
    header["CRPIX2"] -= rows.start
    return part


def _extent(wanted: np.ndarray) -> slice:
    first, last = np.flatnonzero(wanted)[[0, -1]]
    return slice(int(first), int(last) + 1)


def grid_of_header(header: fits.Header) -> Grid:
    """Return the sky of an array; raises SodaError where it has none."""
    if not str(header.get("CTYPE1", "")).endswith("-TAN"):
        raise SodaError("This product has no place on the sky: leave the shape out.")
    return Grid(
        header["NAXIS1"],
        header["NAXIS2"],
        header["CRVAL1"],
        header["CRVAL2"],
        (header["CRPIX1"], header["CRPIX2"]),
        ((header["CD1_1"], header["CD1_2"]), (header["CD2_1"], header["CD2_2"])),
    )


def _cut_table(hdu: fits.BinTableHDU, cut: Cut) -> fits.BinTableHDU:
    wanted = np.ones(len(hdu.data), dtype=bool)
    if cut.states:
        raise SodaError("This product has no polarization: leave POL out.")
    if cut.stencil is not None:
        ra, dec = (_column(hdu, name, "a shape") for name in ("RA", "DEC"))
        wanted &= cut.stencil.contains(unit(ra, dec))
    for name, column, ends in (("BAND", "WAVE", cut.band), ("TIME", "TIME", cut.time)):
        if ends is not None:
            values = _column(hdu, column, name)
            wanted &= (values >= ends[0]) & (values <= ends[1])
    if not wanted.any():
        raise NoOverlapError
    return fits.BinTableHDU(hdu.data[wanted], hdu.header)


def _column(hdu: fits.BinTableHDU, column: str, parameter: str) -> np.ndarray:
    if column not in hdu.columns.names:
        raise SodaError(f"This product cannot be cut by {parameter}: leave that out.")
    return np.asarray(hdu.data[column], dtype=float)
