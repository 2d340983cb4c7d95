"""Products as FITS files, made of a row of ObsCore."""

# mypy: disable-error-code=import-untyped

import gzip
import io
from collections.abc import Mapping

import numpy as np
from astropy.io import fits

from obsdeck.sandbox.data.columns import Row
from obsdeck.sandbox.files import pixels
from obsdeck.sandbox.files.grid import Grid, grid_of
from obsdeck.sandbox.files.header import fill_header, wavelength_cards
from obsdeck.sandbox.files.lzw import compress
from obsdeck.sandbox.files.plan import FilePlan
from obsdeck.sandbox.files.tables import table_of

_SATURATED = 5_000.0

#: Pixels between the chips of a mosaic.
_GAP = 24

_STOKES = {"CTYPE4": "STOKES", "CRPIX4": 1.0, "CRVAL4": 1.0, "CD4_4": 1.0}


def fits_file(row: Row, plan: FilePlan, identifier: str) -> bytes:
    """Return the file of a product, packed as planned.

    Parameters
    ----------
    row
        A row of ObsCore; see ``header.COLUMNS``.
    plan
        What the file is.
    identifier
        The noise depends on it.
    """
    hdus = hdus_of(row, plan, identifier)
    if plan.packing == "fz":
        hdus = _tiled(hdus)
    written = io.BytesIO()
    hdus.writeto(written)
    content = written.getvalue()
    if plan.packing == "gz":
        return gzip.compress(content, compresslevel=1, mtime=0)
    return compress(content) if plan.packing == "Z" else content


def hdus_of(row: Row, plan: FilePlan, identifier: str) -> fits.HDUList:
    """Return the file of a product before it is packed."""
    rng = pixels.noise_of(identifier)
    match plan.kind:
        case "image" | "raw":
            grid = grid_of(row, *plan.shape[::-1])
            return fits.HDUList([_sky_hdu(row, grid, _detected(row, plan, grid, rng))])
        case "exposure":
            return _exposure(row, grid_of(row, *plan.shape[::-1]), rng)
        case "mosaic":
            return _mosaic(row, plan, rng)
        case "cube":
            return fits.HDUList([_cube(row, plan, rng)])
        case "spectrum":
            _, flux = pixels.spectrum(row, plan.shape[0], rng)
            cards = wavelength_cards(row, 1, plan.shape[0])
            return fits.HDUList([_array_hdu(row, flux, cards)])
    return fits.HDUList([_array_hdu(row, None, {}), table_of(row, plan, rng)])


def weight_file(row: Row, plan: FilePlan) -> bytes:
    """Return the weight of each pixel of a product: less towards the edges."""
    grid = plane_grid(row, plan)
    up, across = (np.linspace(-1, 1, side) ** 2 for side in (grid.height, grid.width))
    weight = (1 - 0.4 * (up[:, None] + across[None, :])).astype(np.float32)
    written = io.BytesIO()
    fits.HDUList([_sky_hdu(row, grid, weight)]).writeto(written)
    return written.getvalue()


def weight_size(plan: FilePlan) -> int:
    """Return the bytes of that file."""
    height, width = _sides(plan)
    return FilePlan("image", (height, width)).unpacked_size


def plane_grid(row: Row, plan: FilePlan) -> Grid:
    """Return the sky of a file that has one; that of a mosaic is of all its chips."""
    height, width = _sides(plan)
    return grid_of(row, width, height)


def _sides(plan: FilePlan) -> tuple[int, int]:
    height, width = plan.shape[-2:]
    if plan.kind != "mosaic":
        return height, width
    return 2 * height + _GAP, 2 * width + _GAP


def _detected(row: Row, plan: FilePlan, grid: Grid, rng: np.random.Generator) -> np.ndarray:
    made = pixels.image(row, grid, rng)
    return _whole(made) if plan.kind == "raw" else made


def _whole(made: np.ndarray) -> np.ndarray:
    """Return counts as a detector has them."""
    return np.asarray(np.clip(np.nan_to_num(made), 0, 30_000), dtype=np.int16)


def _exposure(row: Row, grid: Grid, rng: np.random.Generator) -> fits.HDUList:
    made = pixels.image(row, grid, rng)
    mask = (made > _SATURATED).astype(np.uint8)
    variance = np.maximum(made, 1).astype(np.float32)
    planes: dict[str, np.ndarray] = {"IMAGE": made, "MASK": mask, "VARIANCE": variance}
    extensions = [_sky_hdu(row, grid, data, name) for name, data in planes.items()]
    return fits.HDUList([_array_hdu(row, None, {}), *extensions])


def _mosaic(row: Row, plan: FilePlan, rng: np.random.Generator) -> fits.HDUList:
    whole = plane_grid(row, plan)
    made = _whole(pixels.image(row, whole, rng))
    height, width = plan.shape
    hdus = [_array_hdu(row, None, {})]
    for chip in range(4):
        left, low = (chip % 2) * (width + _GAP), (chip // 2) * (height + _GAP)
        columns, rows = slice(left, left + width), slice(low, low + height)
        chip_grid = whole.part(columns, rows)
        hdus.append(_sky_hdu(row, chip_grid, made[rows, columns], f"CHIP{chip + 1}"))
    return fits.HDUList(hdus)


def _cube(row: Row, plan: FilePlan, rng: np.random.Generator) -> fits.PrimaryHDU:
    grid = plane_grid(row, plan)
    is_polarized = len(plan.shape) == 4
    planes = plan.shape[-3]
    made = (
        pixels.polarized(row, grid, plan.shape, rng)
        if is_polarized
        else pixels.cube(row, grid, planes, rng)
    )
    cards = grid.cards() | wavelength_cards(row, 3, planes) | (_STOKES if is_polarized else {})
    return _array_hdu(row, made, cards | {"BUNIT": row.get("o_unit")})


def _sky_hdu(row: Row, grid: Grid, data: np.ndarray, name: str = "") -> fits.ImageHDU:
    cards = grid.cards() | {"BUNIT": row.get("o_unit")}
    return _array_hdu(row, data, cards, name)


def _array_hdu(
    row: Row, data: np.ndarray | None, cards: Mapping[str, object], name: str = ""
) -> fits.PrimaryHDU | fits.ImageHDU:
    hdu = fits.ImageHDU(data, name=name) if name else fits.PrimaryHDU(data)
    fill_header(hdu.header, row, cards)
    return hdu


def _tiled(hdus: fits.HDUList) -> fits.HDUList:
    """Return a file whose images are compressed tile by tile, as fpack does it."""
    first, *others = hdus
    images = [*([first] if first.data is not None else []), *others]
    compressed = [
        fits.CompImageHDU(one.data, one.header, compression_type="RICE_1") for one in images
    ]
    return fits.HDUList([fits.PrimaryHDU(), *compressed])
