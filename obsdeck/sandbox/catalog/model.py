"""How a published table is described."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from obsdeck.sandbox.adql.words import quoted

#: Type of the engine for each VOTable datatype (VOTable 1.4, section 6). Complex numbers are kept
#: as pairs, because the engine has no complex type.
STORED = {
    "boolean": "BOOLEAN",
    "bit": "BOOLEAN",
    "unsignedByte": "UTINYINT",
    "short": "SMALLINT",
    "int": "INTEGER",
    "long": "BIGINT",
    "float": "FLOAT",
    "double": "DOUBLE",
    "char": "VARCHAR",
    "unicodeChar": "VARCHAR",
    "floatComplex": "FLOAT[]",
    "doubleComplex": "DOUBLE[]",
}

TEXT_TYPES = frozenset({"char", "unicodeChar"})


@dataclass(frozen=True)
class Column:
    """A column as TAP_SCHEMA.columns and FIELD describe it.

    ``name`` is the bare name; ``adql_name`` the form a query needs.
    """

    name: str
    datatype: str
    arraysize: str | None = None
    unit: str | None = None
    ucd: str | None = None
    utype: str | None = None
    xtype: str | None = None
    description: str = ""
    principal: bool = False
    indexed: bool = False
    std: bool = False

    @property
    def adql_name(self) -> str:
        """The name as a query has to write it."""
        return quoted(self.name)

    @property
    def is_text(self) -> bool:
        """Whether a cell is one string."""
        return self.datatype in TEXT_TYPES

    @property
    def is_region(self) -> bool:
        """Whether a cell is a shape on the sky, as STC-S."""
        return self.is_text and self.xtype == "adql:REGION"

    @property
    def stored_type(self) -> str:
        """The type of the engine that holds this column."""
        base = STORED[self.datatype]
        is_array = self.arraysize is not None and not self.is_text
        return f"{base}[]" if is_array and not base.endswith("[]") else base


@dataclass(frozen=True)
class Table:
    """A table or view, named as published (``ivoa.ObsCore``)."""

    name: str
    description: str
    columns: Sequence[Column]
    utype: str | None = None
    table_type: str = "table"

    @property
    def schema_name(self) -> str:
        """The part of the name before the dot."""
        return self.name.partition(".")[0]

    @property
    def key(self) -> tuple[str, str]:
        """Schema and table name as the engine stores them, in lower case."""
        schema, _, table = self.name.lower().partition(".")
        return schema, table


@dataclass(frozen=True)
class ForeignKey:
    """A row of TAP_SCHEMA.keys with its column pairs."""

    key_id: str
    from_table: str
    target_table: str
    columns: Sequence[tuple[str, str]]
    description: str = ""


@dataclass(frozen=True)
class Schema:
    """A schema with its tables."""

    name: str
    description: str
    tables: Sequence[Table]
    utype: str | None = None


@dataclass(frozen=True)
class Catalog:
    """Everything that is published."""

    schemas: Sequence[Schema]
    keys: Sequence[ForeignKey] = field(default_factory=tuple)

    @property
    def tables(self) -> list[Table]:
        """All tables in the order of publication."""
        return [table for schema in self.schemas for table in schema.tables]

    def table(self, name: str) -> Table | None:
        """Find a table by its published name, ignoring case."""
        wanted = name.lower()
        return next((table for table in self.tables if table.name.lower() == wanted), None)
