"""VOTables to upload."""

# mypy: disable-error-code=import-untyped

import io
from typing import Any

from astropy.table import Table

HEAD = '<VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3">'


def votable(serialization: str = "tabledata", **columns: Any) -> bytes:
    """Return a VOTable of columns."""
    buffer = io.BytesIO()
    Table(columns).write(buffer, format="votable", tabledata_format=serialization)
    return buffer.getvalue()


def written(fields: str, rows: str = "") -> bytes:
    """Return a VOTable of FIELD and TR elements."""
    data = f"<DATA><TABLEDATA>{rows}</TABLEDATA></DATA>"
    return f"{HEAD}<RESOURCE><TABLE>{fields}{data}</TABLE></RESOURCE></VOTABLE>".encode()


def field(name: str, datatype: str = "int", arraysize: str | None = None) -> str:
    """Return a FIELD."""
    size = f' arraysize="{arraysize}"' if arraysize is not None else ""
    return f'<FIELD name="{name}" datatype="{datatype}"{size}/>'
