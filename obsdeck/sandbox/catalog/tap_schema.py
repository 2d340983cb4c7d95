"""TAP_SCHEMA (TAP 1.1, section 4): its own tables and the rows made from a catalogue."""

from collections.abc import Sequence

from obsdeck.sandbox.catalog.model import Catalog, Column, ForeignKey, Schema, Table

Row = dict[str, object]


def _text(name: str, description: str, *, key: bool = False) -> Column:
    return Column(name, "char", "*", description=description, std=True, principal=key)


def _number(name: str, description: str) -> Column:
    return Column(name, "int", description=description, std=True)


_SCHEMAS = Table(
    "TAP_SCHEMA.schemas",
    "Schemas of this service",
    (
        _text("schema_name", "Name of the schema", key=True),
        _text("utype", "Data model the schema follows"),
        _text("description", "What the schema holds"),
        _number("schema_index", "Order for display"),
    ),
)
_TABLES = Table(
    "TAP_SCHEMA.tables",
    "Tables of this service",
    (
        _text("schema_name", "Schema of the table", key=True),
        _text("table_name", "Name as a query writes it", key=True),
        _text("table_type", "table or view"),
        _text("utype", "Data model the table follows"),
        _text("description", "What the table holds"),
        _number("table_index", "Order for display"),
    ),
)
_COLUMNS = Table(
    "TAP_SCHEMA.columns",
    "Columns of the tables of this service",
    (
        _text("table_name", "Table of the column", key=True),
        _text("column_name", "Name as a query writes it", key=True),
        _text("datatype", "VOTable datatype"),
        _text("arraysize", "VOTable arraysize"),
        _text("xtype", "Extended type"),
        _number("size", "Length of a column of fixed length; deprecated"),
        Column("description", "unicodeChar", "*", description="What the column holds", std=True),
        _text("utype", "Place in the data model"),
        _text("unit", "Unit"),
        _text("ucd", "Unified content descriptor"),
        _number("indexed", "1 if the column has an index"),
        _number("principal", "1 if the column belongs to the core of the table"),
        _number("std", "1 if a standard defines the column"),
        _number("column_index", "Order for display"),
    ),
)
_KEYS = Table(
    "TAP_SCHEMA.keys",
    "Foreign keys between tables",
    (
        _text("key_id", "Name of the key", key=True),
        _text("from_table", "Table that refers"),
        _text("target_table", "Table referred to"),
        _text("description", "What the key means"),
        _text("utype", "Place in the data model"),
    ),
)
_KEY_COLUMNS = Table(
    "TAP_SCHEMA.key_columns",
    "Pairs of columns of the foreign keys",
    (
        _text("key_id", "Name of the key", key=True),
        _text("from_column", "Column that refers"),
        _text("target_column", "Column referred to"),
    ),
)

TAP_SCHEMA = Schema(
    "TAP_SCHEMA",
    "Description of this service as tables",
    (_SCHEMAS, _TABLES, _COLUMNS, _KEYS, _KEY_COLUMNS),
)

KEYS = (
    ForeignKey("k_tables", _TABLES.name, _SCHEMAS.name, (("schema_name", "schema_name"),)),
    ForeignKey("k_columns", _COLUMNS.name, _TABLES.name, (("table_name", "table_name"),)),
    ForeignKey("k_keys_from", _KEYS.name, _TABLES.name, (("from_table", "table_name"),)),
    ForeignKey("k_keys_target", _KEYS.name, _TABLES.name, (("target_table", "table_name"),)),
    ForeignKey("k_key_columns", _KEY_COLUMNS.name, _KEYS.name, (("key_id", "key_id"),)),
)


def tap_schema_rows(catalog: Catalog) -> dict[str, list[Row]]:
    """Make the rows of the five tables of TAP_SCHEMA.

    Parameters
    ----------
    catalog
        All published schemas, TAP_SCHEMA itself included.

    Returns
    -------
    dict
        Rows by published table name.
    """
    return {
        _SCHEMAS.name: [_schema_row(i, schema) for i, schema in enumerate(catalog.schemas)],
        _TABLES.name: [_table_row(i, table) for i, table in enumerate(catalog.tables)],
        _COLUMNS.name: [row for table in catalog.tables for row in _column_rows(table)],
        _KEYS.name: [_key_row(key) for key in catalog.keys],
        _KEY_COLUMNS.name: _key_column_rows(catalog.keys),
    }


def _schema_row(index: int, schema: Schema) -> Row:
    return {
        "schema_name": schema.name,
        "utype": schema.utype,
        "description": schema.description,
        "schema_index": index,
    }


def _table_row(index: int, table: Table) -> Row:
    return {
        "schema_name": table.schema_name,
        "table_name": table.name,
        "table_type": table.table_type,
        "utype": table.utype,
        "description": table.description,
        "table_index": index,
    }


def _column_rows(table: Table) -> list[Row]:
    return [
        {
            "table_name": table.name,
            "column_name": column.adql_name,
            "datatype": column.datatype,
            "arraysize": column.arraysize,
            "xtype": column.xtype,
            "size": _fixed_size(column.arraysize),
            "description": column.description,
            "utype": column.utype,
            "unit": column.unit,
            "ucd": column.ucd,
            "indexed": int(column.indexed),
            "principal": int(column.principal),
            "std": int(column.std),
            "column_index": index,
        }
        for index, column in enumerate(table.columns)
    ]


def _fixed_size(arraysize: str | None) -> int | None:
    return int(arraysize) if arraysize is not None and arraysize.isdigit() else None


def _key_row(key: ForeignKey) -> Row:
    return {
        "key_id": key.key_id,
        "from_table": key.from_table,
        "target_table": key.target_table,
        "description": key.description or None,
        "utype": None,
    }


def _key_column_rows(keys: Sequence[ForeignKey]) -> list[Row]:
    return [
        {"key_id": key.key_id, "from_column": source, "target_column": target}
        for key in keys
        for source, target in key.columns
    ]
