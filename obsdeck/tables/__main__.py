"""Writes rows into a file, in a process of its own: `python -m obsdeck.tables FORMAT PATH`.

The rows come as an Arrow IPC stream on standard input. The answer is one JSON object on
standard output: `{rows, notes}`, or `{error}` with a sentence.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any, cast

from obsdeck.children import limit_memory

MEMORY_LIMIT = 4_000_000_000
"""Bytes of addresses that may be used; what is written by batches needs a tenth of that."""


def main(format: str, path: str) -> int:
    """Convert standard input."""
    limit_memory(MEMORY_LIMIT)
    answer = _answer(format, Path(path))
    sys.stdout.write(json.dumps(answer))
    return 1 if "error" in answer else 0


def _answer(format: str, path: Path) -> dict[str, Any]:
    from obsdeck.tables.columns import BadTableError  # noqa: PLC0415 - after the limit is set
    from obsdeck.tables.formats import write_rows  # noqa: PLC0415
    from obsdeck.tables.names import TableFormat  # noqa: PLC0415
    from obsdeck.tables.stream import read_stream  # noqa: PLC0415

    try:
        with path.open("xb") as out:
            rows = read_stream(sys.stdin.buffer)
            written = write_rows(rows, cast(TableFormat, format), out, path.parent)
            out.flush()
            os.fsync(out.fileno())
    except BadTableError as error:
        return {"error": str(error)}
    except OSError as error:
        return {"error": f"The file could not be written: {error.strerror or 'unknown cause'}."}
    except MemoryError:
        return {"error": "The rows are too large to be saved."}
    return {"rows": written.rows, "notes": list(written.notes)}


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
