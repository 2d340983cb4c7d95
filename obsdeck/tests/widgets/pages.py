"""What a page sends to a widget."""

from __future__ import annotations

import struct
from typing import Any

from obsdeck.widgets.selection import Selection


def choose(selection: Selection, stream: bytes, rows: list[int], part_bytes: int = 1 << 22) -> None:
    """Tell a selection which rows are chosen, in parts as the page does."""
    whole = stream + struct.pack(f"<{len(rows)}I", *rows)
    pieces = [whole[at : at + part_bytes] for at in range(0, len(whole), part_bytes)]
    for part, piece in enumerate(pieces):
        content: dict[str, Any] = {
            "type": "selection",
            "count": len(rows),
            "part": part,
            "parts": len(pieces),
            "streamBytes": len(stream),
        }
        selection.take(content, [memoryview(piece)])
