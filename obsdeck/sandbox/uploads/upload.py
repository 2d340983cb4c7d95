"""An uploaded table, and how much of it a service takes."""

from dataclasses import dataclass

import pyarrow as pa

from obsdeck.sandbox.catalog.model import Table


class UploadError(Exception):
    """A table that cannot be taken; the text says which and why."""


@dataclass(frozen=True)
class UploadLimits:
    """What a service takes: rows and columns of a table, bytes of its document, tables at once."""

    rows: int = 10_000
    size: int = 16 * 2**20
    columns: int = 500
    tables: int = 8


@dataclass(frozen=True)
class Upload:
    """A table of a request: what it is, and its rows in the order of its columns."""

    table: Table
    rows: pa.Table
