"""What the services of the sandbox publish: tables, their rows, and who sees which."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

import pyarrow as pa
import pyarrow.compute as pc

from obsdeck.sandbox.adql.geometry import NAMES
from obsdeck.sandbox.adql.reserved import Reserved
from obsdeck.sandbox.catalog.arrow import arrow_type
from obsdeck.sandbox.catalog.model import Catalog, Schema, Table
from obsdeck.sandbox.catalog.obscore import OBSCORE
from obsdeck.sandbox.catalog.obscore_of import ESO_OBSCORE, POOR_OBSCORE, RUBIN_OBSCORE
from obsdeck.sandbox.catalog.odd import EMPTY, ODD
from obsdeck.sandbox.catalog.proposals import PROPOSALS
from obsdeck.sandbox.catalog.raw import RAW
from obsdeck.sandbox.catalog.tap_schema import KEYS, TAP_SCHEMA, tap_schema_rows
from obsdeck.sandbox.catalog.wide import WIDE
from obsdeck.sandbox.data.observations import observations
from obsdeck.sandbox.data.odd import odd_rows
from obsdeck.sandbox.data.raw import proposal_rows, raw_rows
from obsdeck.sandbox.data.sky import galactic

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
    geometry
        The geometry functions the service has.
    """

    catalog: Catalog
    rows: Mapping[str, Callable[[Making], pa.Table]]
    reserved: Mapping[str, Reserved] = field(default_factory=dict)
    geometry: Sequence[str] = NAMES

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
    made = observations(ESO_OBSCORE, making.seed, making.rows, making.base_url)
    kept = made.filter(made["dp_id"].is_valid())
    identifiers = [f"{ESO_AUTHORITY}{dp_id}" for dp_id in kept["dp_id"].to_pylist()]
    links = [f"{making.base_url}datalink/links?ID={quote(i, safe='')}" for i in identifiers]
    longitudes, latitudes = galactic(kept["s_ra"].to_numpy(), kept["s_dec"].to_numpy())
    made_of = {
        "obs_publisher_did": identifiers,
        "access_url": links,
        "gal_lon": longitudes,
        "gal_lat": latitudes,
        "p3orig": pc.if_else(pc.less(kept["calib_level"], 3), "IDP", "EDP").to_pylist(),
        "publication_date": kept["obs_release_date"].to_pylist(),
    }
    for name, values in made_of.items():
        kept = kept.set_column(kept.schema.get_field_index(name), name, pa.array(values))
    return kept


def _rubin_products(making: Making) -> pa.Table:
    """Make images of visits, which have a detector, and what belongs to patches of tracts."""
    made = observations(RUBIN_OBSCORE, making.seed, making.rows, making.base_url)
    whole = [
        pc.and_(made[f"lsst_{one}"].is_valid(), made[f"lsst_{other}"].is_valid())
        for one, other in (("visit", "detector"), ("tract", "patch"))
    ]
    kept = made.filter(pc.or_(*whole))
    links = [
        None if url is None else f"{making.base_url}api/datalink/links?ID={quote(did, safe='')}"
        for did, url in zip(
            kept["obs_publisher_did"].to_pylist(), kept["access_url"].to_pylist(), strict=True
        )
    ]
    return kept.set_column(kept.schema.get_field_index("access_url"), "access_url", pa.array(links))


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

ESO = Holding(
    Catalog(
        (
            Schema("ivoa", "Tables the IVOA defines", (ESO_OBSCORE,)),
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

RUBIN = Holding(
    Catalog((Schema("ivoa", "Tables the IVOA defines", (RUBIN_OBSCORE,)), TAP_SCHEMA), KEYS),
    {OBSCORE.name: _rubin_products},
    # As its capabilities say (``rubin.md``, 3).
    geometry=("CIRCLE", "CONTAINS", "DISTANCE", "POINT", "POLYGON"),
)

POOR = Holding(
    Catalog((Schema("ivoa", "Tables the IVOA defines", (POOR_OBSCORE,)), TAP_SCHEMA), KEYS),
    {OBSCORE.name: _observations(POOR_OBSCORE)},
)

WIDE_ONLY = Holding(
    Catalog((Schema("obsdeck", "One wide table", (WIDE,)), TAP_SCHEMA), KEYS),
    {WIDE.name: lambda _: _arrow(WIDE, [{"source_id": 2**60, "ra": 10.0, "dec": -20.0}])},
)

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
