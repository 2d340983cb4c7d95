"""Running ADQL on an archive without HTTP."""

from typing import Any

from obsdeck.sandbox.archive import Archive
from obsdeck.sandbox.output.fields import ResultField


def run(archive: Archive, adql: str) -> tuple[list[ResultField], list[tuple[Any, ...]]]:
    """Return the columns and all rows of a query."""
    query = archive.query(adql)
    try:
        fields = query.start()
        found: list[tuple[Any, ...]] = []
        while (batch := query.next_batch()) is not None:
            columns = [column.to_pylist() for column in batch.columns]
            found += list(zip(*columns, strict=True))
    finally:
        query.close()
    return fields, found


def one(archive: Archive, expression: str) -> Any:
    """Return the value of an expression."""
    return run(archive, f"SELECT {expression} AS x")[1][0][0]
