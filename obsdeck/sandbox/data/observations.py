"""The rows of ``ivoa.ObsCore``, put together."""

from collections.abc import Sequence
from urllib.parse import quote

import numpy as np
import pyarrow as pa

from obsdeck.sandbox.catalog.model import Column, Table
from obsdeck.sandbox.data import oddities, products, rubin
from obsdeck.sandbox.data.columns import Cells, Columns
from obsdeck.sandbox.files.plan import measures

#: Fewer rows than this would not show every kind of product.
LEAST_ROWS = 500

#: Shares of single-visit images and coadds; programmes and oddities get the rest.
_VISIT_SHARE, _COADD_SHARE = 0.5, 0.12

_DATALINK = "application/x-votable+xml;content=datalink"
_PROPRIETARY_SHARE, _NO_FILE_SHARE, _NULL_SHARE = 0.08, 0.02, 0.03

#: Columns that every row fills, or whose nulls are decided elsewhere.
_ALWAYS = frozenset(
    {
        "obs_collection", "obs_id", "obs_publisher_did", "calib_level", "s_ra", "s_dec",
        "s_region", "access_url", "access_format", "data_rights", "obs_release_date",
        "obs_title", "t_min", "t_max",
    }
)  # fmt: skip

#: Collections whose rows link to the file itself.
_DIRECT = frozenset({"FORS2", "VVV-CAT"})

#: Rows whose numbers are at the edge on purpose.
_ODD = frozenset({"ODD"})

#: What every row tells that has it.
_MEASURED_ALWAYS = frozenset({"s_xel1", "s_xel2", "s_pixel_scale"})

_ARROW_TYPES = {
    "char": pa.string(),
    "unicodeChar": pa.string(),
    "short": pa.int16(),
    "int": pa.int32(),
    "long": pa.int64(),
    "float": pa.float32(),
    "double": pa.float64(),
}


def observations(table: Table, seed: int, rows: int, base_url: str) -> pa.Table:
    """Make the rows of ObsCore.

    Parameters
    ----------
    table
        The description of the table; the result has its columns in its order.
    seed
        Same seed, same rows, apart from the address in ``access_url``.
    rows
        How many; at least ``LEAST_ROWS``.
    base_url
        Where the archive is, with a slash at the end.
    """
    rng = np.random.default_rng(seed)
    count = max(rows, LEAST_ROWS)
    odd = oddities.oddities(rng)
    usual = _usual_blocks(rng, count - sum(len(block["obs_id"]) for block in odd))
    merged = _merged([_thinned(_released(block, rng), rng) for block in usual] + odd)
    _finish(merged, rng, base_url)
    order = rng.permutation(count)
    arrays = [_array(column, merged.get(column.name), order) for column in table.columns]
    return pa.table(arrays, names=[column.name for column in table.columns])


def _usual_blocks(rng: np.random.Generator, count: int) -> list[Columns]:
    visits, coadds = round(count * _VISIT_SHARE), round(count * _COADD_SHARE)
    return [
        rubin.visit_images(rng, visits),
        rubin.coadds(rng, coadds),
        *products.all_products(rng, count - visits - coadds),
    ]


def _released(block: Columns, rng: np.random.Generator) -> Columns:
    """Add rights and release dates; what is proprietary stays so until 2040 and later."""
    count = len(block["obs_id"])
    closed = rng.random(count) < _PROPRIETARY_SHARE
    moments = np.where(
        closed, rng.uniform(66_200, 69_000, count), rng.uniform(56_000, 61_000, count)
    )
    return block | {
        "data_rights": np.where(closed, "proprietary", "public").tolist(),
        "obs_release_date": [products.iso_time(round(float(mjd))) for mjd in moments],
    }


def _thinned(block: Columns, rng: np.random.Generator) -> Columns:
    """Blank out a few cells of every column that may be null."""
    return {name: _with_nulls(name, values, rng) for name, values in block.items()}


def _with_nulls(name: str, values: Cells, rng: np.random.Generator) -> Cells:
    if name in _ALWAYS:
        return values
    missing = rng.random(len(values)) < _NULL_SHARE
    return [None if gone else value for value, gone in zip(values, missing, strict=True)]


def _merged(blocks: Sequence[Columns]) -> dict[str, list[object]]:
    names = dict.fromkeys(name for block in blocks for name in block)
    sizes = [len(block["obs_id"]) for block in blocks]
    return {
        name: [
            value
            for block, size in zip(blocks, sizes, strict=True)
            for value in block.get(name, [None] * size)
        ]
        for name in names
    }


def _finish(merged: dict[str, list[object]], rng: np.random.Generator, base_url: str) -> None:
    """Add links, publisher and serial numbers, which all blocks share."""
    dids = merged["obs_publisher_did"]
    no_file = rng.random(len(dids)) < _NO_FILE_SHARE
    merged["access_url"] = [
        None if gone else f"{base_url}datalink/links?ID={quote(str(did), safe='')}"
        for did, gone in zip(dids, no_file, strict=True)
    ]
    merged["access_format"] = [None if gone else _DATALINK for gone in no_file]
    _link_files(merged, base_url)
    _measure(merged)
    merged["publisher_id"] = ["ivo://org.obsdeck.sandbox"] * len(dids)
    serials = rng.integers(2**53, 2**63 - 1, len(dids)).tolist()
    merged["obs_serial"] = [
        serial if own is None else own
        for serial, own in zip(serials, merged["obs_serial"], strict=True)
    ]


def _link_files(merged: dict[str, list[object]], base_url: str) -> None:
    """Let some collections link to the file itself, as many archives do."""
    for index, (collection, url) in enumerate(
        zip(merged["obs_collection"], merged["access_url"], strict=True)
    ):
        if collection in _DIRECT and url is not None:
            did = quote(str(merged["obs_publisher_did"][index]), safe="")
            merged["access_url"][index] = f"{base_url}products?ID={did}"
            merged["access_format"][index] = "application/fits"


def _measure(merged: dict[str, list[object]]) -> None:
    """Tell of each product what its file is like; what is unknown stays so."""
    names = ("dataproduct_type", "dataproduct_subtype", "s_region")
    for index, kind in enumerate(zip(*(merged[name] for name in names), strict=True)):
        row = dict(zip(names, kind, strict=True))
        for name, value in measures(row).items():
            is_told = merged[name][index] is not None or name in _MEASURED_ALWAYS
            if is_told and merged["obs_collection"][index] not in _ODD:
                merged[name][index] = value


def _array(column: Column, values: Sequence[object] | None, order: np.ndarray) -> pa.Array:
    kind = _ARROW_TYPES[column.datatype]
    if values is None:
        return pa.nulls(len(order), kind)
    return pa.array([_plain(values[index]) for index in order], kind)


def _plain(value: object) -> object:
    """Return numpy scalars as Python values."""
    return value.item() if isinstance(value, np.generic) else value
