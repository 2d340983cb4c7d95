"""Read an exported table with readers that are not ours; prints what it holds as JSON."""

import json
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet
from astropy.table import Table

file = Path(sys.argv[1])
IDENTIFIER = "obs_publisher_did"


def of_astropy(table: Table) -> dict[str, object]:
    """Sum up what astropy read."""
    unit = table["s_ra"].unit
    return {
        "rows": len(table),
        "columns": len(table.colnames),
        "unit": unit and str(unit),
        "first": str(table[IDENTIFIER][0]).strip(),
    }


def of_arrow(table: pa.Table) -> dict[str, object]:
    """Sum up what pyarrow read; units are in the metadata of fields."""
    metadata = table.schema.field("s_ra").metadata or {}
    unit = metadata.get(b"unit")
    return {
        "rows": table.num_rows,
        "columns": table.num_columns,
        "unit": unit.decode() if unit else None,
        "first": str(table[IDENTIFIER][0]),
    }


match file.suffix:
    case ".vot":
        found = of_astropy(Table.read(file, format="votable"))
    case ".fits":
        found = of_astropy(Table.read(file, format="fits"))
    case ".csv":
        found = of_astropy(Table.read(file, format="ascii.csv"))
    case ".parquet":
        found = of_arrow(pyarrow.parquet.read_table(file))
    case _:
        found = of_arrow(pyarrow.ipc.open_file(file).read_all())
print(json.dumps(found))
