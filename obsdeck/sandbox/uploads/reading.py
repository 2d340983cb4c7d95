"""Uploaded VOTables as tables of the engine; astropy reads them."""

# mypy: disable-error-code=import-untyped

import io
import re
import warnings
from typing import Any

import numpy as np
import pyarrow as pa
from astropy.io.votable import parse
from astropy.io.votable.tree import Field, TableElement

from obsdeck.sandbox.adql.names import UPLOADS
from obsdeck.sandbox.catalog.arrow import arrow_type
from obsdeck.sandbox.catalog.model import TEXT_TYPES, Column, Table
from obsdeck.sandbox.uploads.guard import check_document
from obsdeck.sandbox.uploads.upload import Upload, UploadError, UploadLimits

_LONGEST_NAME = 128

#: What the parser writes before its reasons: file, line, column, number.
_PLACE = re.compile(r"\S*:\S*:\S*: [A-Z]\d+: ")


def read_upload(name: str, content: bytes, limits: UploadLimits) -> Upload:
    """Read the first table of a VOTable; blocks.

    Parameters
    ----------
    name
        Of the table, checked.
    content
        The document.
    limits
        What is taken.

    Raises
    ------
    UploadError
        With a sentence that names the table and says what is wrong with it.
    """
    try:
        check_document(content, limits)
        element = _parsed(content)
        columns = _columns(element)
        return Upload(Table(f"{UPLOADS}.{name}", "", columns), _rows(element, columns, limits))
    except UploadError as error:
        raise UploadError(f"The uploaded table {name} cannot be read: {error}.") from None


def _parsed(content: bytes) -> TableElement:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return parse(io.BytesIO(content), verify="ignore").get_first_table()
        except Exception as error:
            reason = _PLACE.sub("", str(error).strip() or type(error).__name__).splitlines()[0]
            raise UploadError(f"it is no VOTable ({reason[:120].rstrip('.')})") from None


def _columns(element: TableElement) -> list[Column]:
    if not element.fields:
        raise UploadError("it has no columns")
    columns = [_column(field) for field in element.fields]
    folded = [column.name.lower() for column in columns]
    for name in folded:
        if folded.count(name) > 1:
            raise UploadError(f"more than one of its columns is called {name}")
    return columns


def _column(field: Field) -> Column:
    name = field.name or field.ID or ""
    if not name.strip() or not name.isprintable() or len(name) > _LONGEST_NAME:
        raise UploadError("one of its columns has no usable name")
    is_text = field.datatype in TEXT_TYPES
    arraysize = None if field.arraysize == "1" and not is_text else field.arraysize
    return Column(
        name,
        field.datatype,
        "*" if is_text else arraysize,
        unit=str(field.unit) if field.unit is not None else None,
        ucd=field.ucd,
        utype=field.utype,
        xtype=field.xtype,
        description=field.description or "",
    )


def _rows(element: TableElement, columns: list[Column], limits: UploadLimits) -> pa.Table:
    if len(element.array) > limits.rows:
        raise UploadError(f"it has {len(element.array)} rows, but {limits.rows} is the most")
    arrays = [
        _array(column, element.array[field.ID])
        for column, field in zip(columns, element.fields, strict=True)
    ]
    return pa.table(arrays, names=[column.name for column in columns])


def _array(column: Column, values: Any) -> pa.Array:
    kind = arrow_type(column)
    if pa.types.is_list(kind):
        return pa.array([_elements(cell) for cell in values], kind)
    cells = [_text(cell) for cell in values.data] if column.is_text else values.data.tolist()
    masks = np.ma.getmaskarray(values)
    return pa.array([None if m else cell for cell, m in zip(cells, masks, strict=True)], kind)


def _text(cell: object) -> str | None:
    """Return a text; an empty one is null, as TABLEDATA cannot tell them apart."""
    text = cell.decode("utf-8", "replace") if isinstance(cell, bytes) else str(cell)
    return text or None


def _elements(cell: Any) -> list[object] | None:
    """Return the elements of an array in the order of the stream; complex numbers are pairs."""
    array = np.ma.asarray(cell).ravel()
    if not array.size or np.ma.getmaskarray(array).all():
        return None
    if array.dtype.kind == "c":
        array = np.ma.stack([array.real, array.imag], axis=-1).ravel()
    listed: list[object] = array.tolist()
    return listed
