"""The code that "Insert as cell" writes, run as a kernel would run it."""

from __future__ import annotations

import subprocess
from typing import Any

from ..sandbox.serving import shared_url
from .test_oracle import ROOT, needs_our_reader

pytestmark = needs_our_reader

LONGS = (9223372036854775807, 9007199254740993)


def test_VO_22_a_cell_fetches_64_bit_integers_with_all_digits() -> None:
    query = f"SELECT {LONGS[0]} AS a, {LONGS[1]} AS b"
    cell = subprocess.run(
        ["node", str(ROOT / "test" / "support" / "cell.mjs"), f"{shared_url()}tap"],
        input=query,
        capture_output=True,
        text=True,
        check=True,
    )
    names: dict[str, Any] = {}
    exec(cell.stdout, names)
    (row,) = names["table"]
    assert (int(row["a"]), int(row["b"])) == LONGS
