"""What the services of the sandbox publish: tables, their rows, and who sees which."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import quote

import pyarrow as pa
import pyarrow.compute as pc

from obsdeck.sandbox.adql.reserved import Reserved
from obsdeck.sandbox.catalog.arrow import arrow_type
from obsdeck.sandbox.catalog.model import Catalog, Schema, Table
from obsdeck.sandbox.catalog.obscore import OBSCORE
from obsdeck.sandbox.catalog.odd import EMPTY, ODD
from obsdeck.sandbox.catalog.proposals import PROPOSALS
from obsdeck.sandbox.catalog.raw import RAW
from obsdeck.sandbox.catalog.tap_schema import KEYS, TAP_SCHEMA, tap_schema_rows
from obsdeck.sandbox.data.observations import observations
from obsdeck.sandbox.data.odd import odd_rows
from obsdeck.sandbox.data.raw import proposal_rows, raw_rows

#: What precedes a ``dp_id`` in ESO's identifiers.
ESO_AUTHORITY = "ivo://eso.org/ID?"


@dataclass(frozen=True)
class Making:
    """What rows are made from: the seed, how many, and where the archive is."""

    base_url: str
    seed: int
    rows: int


@dataclass(frozen=True)
class Holding:
    """The tables of one service.

    Attributes
    ----------
    catalog
        The published tables.
    rows
        Makes the rows of each table that TAP_SCHEMA does not fill.
    reserved
        Rows that not everybody sees, by table.
    """

    catalog: Catalog
    rows: Mapping[str, Callable[[Making], pa.Table]]
    reserved: Mapping[str, Reserved] = field(default_factory=dict)

    def content(self, making: Making) -> dict[str, pa.Table]:
        """Make the rows of all tables, by published name."""
        described = tap_schema_rows(self.catalog).items()
        content = {name: _arrow(self._table(name), rows) for name, rows in described}
        return content | {name: make(making) for name, make in self.rows.items()}

    def _table(self, name: str) -> Table:
        table = self.catalog.table(name)
        if table is None:
            raise KeyError(name)
        return table


def _arrow(table: Table, rows: Sequence[Mapping[str, object]]) -> pa.Table:
    arrays = [
        pa.array([row.get(column.name) for row in rows], arrow_type(column))
        for column in table.columns
    ]
    return pa.table(arrays, names=[column.name for column in table.columns])


def _observations(table: Table) -> Callable[[Making], pa.Table]:
    return lambda making: observations(table, making.seed, making.rows, making.base_url)


def _eso_products(making: Making) -> pa.Table:
    """Make ESO's reduced data: those with a ``dp_id``, named and linked by it (``eso.md``, 3)."""
    made = observations(_ESO_OBSCORE, making.seed, making.rows, making.base_url)
    kept = made.filter(made["dp_id"].is_valid())
    identifiers = [f"{ESO_AUTHORITY}{dp_id}" for dp_id in kept["dp_id"].to_pylist()]
    links = [f"{making.base_url}datalink/links?ID={quote(i, safe='')}" for i in identifiers]
    for name, values in {"obs_publisher_did": identifiers, "access_url": links}.items():
        kept = kept.set_column(kept.schema.get_field_index(name), name, pa.array(values))
    return kept


def _rubin_products(making: Making) -> pa.Table:
    """Make what has a visit or a tract."""
    made = observations(OBSCORE, making.seed, making.rows, making.base_url)
    return made.filter(pc.or_(made["lsst_visit"].is_valid(), made["lsst_tract"].is_valid()))


_IVOA = Schema("ivoa", "Tables the IVOA defines", (OBSCORE,))

OPEN = Holding(
    Catalog(
        (
            _IVOA,
            Schema("obsdeck", "Tables that show what a client must bear", (ODD, EMPTY)),
            TAP_SCHEMA,
        ),
        KEYS,
    ),
    {
        OBSCORE.name: _observations(OBSCORE),
        ODD.name: lambda making: _arrow(ODD, odd_rows(making.seed)),
        EMPTY.name: lambda _: _arrow(EMPTY, []),
    },
)

_OBSCORE_RELEASE = Reserved("obs_release_date", "proposal_id")

#: ESO leaves ``data_rights`` out (``eso.md``, 3).
_ESO_OBSCORE = replace(
    OBSCORE, columns=tuple(c for c in OBSCORE.columns if c.name != "data_rights")
)

ESO = Holding(
    Catalog(
        (
            Schema("ivoa", "Tables the IVOA defines", (_ESO_OBSCORE,)),
            Schema("dbo", "Tables of the raw data", (RAW,)),
            TAP_SCHEMA,
        ),
        KEYS,
    ),
    {
        OBSCORE.name: _eso_products,
        RAW.name: lambda m: _arrow(RAW, raw_rows(m.seed, m.rows, m.base_url)),
    },
    {
        OBSCORE.name: _OBSCORE_RELEASE,
        RAW.name: Reserved("release_date", "prog_id", only=("prog_type", "DDT")),
    },
)

RUBIN = Holding(Catalog((_IVOA, TAP_SCHEMA), KEYS), {OBSCORE.name: _rubin_products})

#: What people with an account of no particular observatory see.
MEMBERS = Holding(
    Catalog(
        (_IVOA, Schema("obsdeck", "Tables for members", (PROPOSALS,)), TAP_SCHEMA),
        KEYS,
    ),
    {
        OBSCORE.name: _observations(OBSCORE),
        PROPOSALS.name: lambda m: _arrow(PROPOSALS, proposal_rows(m.seed)),
    },
    {
        OBSCORE.name: _OBSCORE_RELEASE,
        PROPOSALS.name: Reserved("release_date", "prog_id"),
    },
)
