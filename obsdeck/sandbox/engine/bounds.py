"""Circles around regions, worked out once for each row of a table."""

import pyarrow as pa

from obsdeck.sandbox.adql.bounds import bound_names
from obsdeck.sandbox.adql.names import stored_name
from obsdeck.sandbox.catalog.model import Table
from obsdeck.sandbox.engine import shapes, sphere

#: Of a text that is no region: everything is near it, and who looks at it learns why.
_EVERYWHERE = (0.0, 0.0, 360.0)

_Bound = tuple[float, float, float]


def with_bounds(table: Table, rows: pa.Table) -> pa.Table:
    """Return rows with columns for the circle around each region."""
    for column in table.columns:
        if not column.is_region:
            continue
        texts = rows[column.name].to_pylist()
        found = {text: _bound(text) for text in set(texts) - {None}}
        for index, name in enumerate(bound_names(stored_name(column.name))):
            values = [None if text is None else found[text][index] for text in texts]
            rows = rows.append_column(name, pa.array(values, pa.float64()))
    return rows


def _bound(text: str) -> _Bound:
    try:
        region = shapes.read_region(text)
    except shapes.RegionError:
        return _EVERYWHERE
    return (*sphere.lonlat(region.center), region.radius)
