"""How the formats are called, for a server that has no use for what writes them."""

from __future__ import annotations

from typing import Literal, get_args

TableFormat = Literal["votable", "fits", "parquet", "csv", "arrow"]

FORMATS: tuple[TableFormat, ...] = get_args(TableFormat)

EXTENSIONS: dict[TableFormat, tuple[str, ...]] = {
    "votable": (".vot", ".votable", ".xml"),
    "fits": (".fits", ".fit"),
    "parquet": (".parquet", ".parq"),
    "csv": (".csv",),
    "arrow": (".arrow", ".feather"),
}
"""What a file's name may end in, the usual one first."""
