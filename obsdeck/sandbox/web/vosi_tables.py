"""VOSI 1.1 tables: the catalogue as a tableset (section 5)."""

from xml.etree.ElementTree import Element

from obsdeck.sandbox.catalog.model import Catalog, Column, ForeignKey, Table
from obsdeck.sandbox.web.xml import child, document, optional_child, root


def tableset(catalog: Catalog, *, with_columns: bool) -> bytes:
    """Return all schemas; ``detail=min`` leaves the columns out."""
    top = root("vosit", "tableset", "vs")
    for schema in catalog.schemas:
        element = child(top, "schema")
        child(element, "name", schema.name)
        optional_child(element, "description", schema.description)
        optional_child(element, "utype", schema.utype)
        for table in schema.tables:
            _fill_table(child(element, "table"), table, catalog, with_columns=with_columns)
    return document(top)


def single_table(catalog: Catalog, table: Table) -> bytes:
    """Return one table with its columns."""
    top = root("vosit", "table", "vs")
    _fill_table(top, table, catalog, with_columns=True)
    return document(top)


def _fill_table(element: Element, table: Table, catalog: Catalog, *, with_columns: bool) -> None:
    element.set("type", table.table_type)
    child(element, "name", table.name)
    optional_child(element, "description", table.description)
    optional_child(element, "utype", table.utype)
    if not with_columns:
        return
    for column in table.columns:
        _add_column(element, column)
    for key in catalog.keys:
        if key.from_table == table.name:
            _add_key(element, key)


def _add_column(parent: Element, column: Column) -> None:
    element = child(parent, "column", attributes={"std": str(column.std).lower()})
    child(element, "name", column.adql_name)
    optional_child(element, "description", column.description)
    optional_child(element, "unit", column.unit)
    optional_child(element, "ucd", column.ucd)
    optional_child(element, "utype", column.utype)
    attributes = {"arraysize": column.arraysize, "extendedType": column.xtype}
    child(
        element,
        "dataType",
        column.datatype,
        kind="vs:VOTableType",
        attributes={name: value for name, value in attributes.items() if value},
    )
    if column.indexed:
        child(element, "flag", "indexed")
    if column.principal:
        child(element, "flag", "principal")


def _add_key(parent: Element, key: ForeignKey) -> None:
    element = child(parent, "foreignKey")
    child(element, "targetTable", key.target_table)
    for source, target in key.columns:
        pair = child(element, "fkColumn")
        child(pair, "fromColumn", source)
        child(pair, "targetColumn", target)
