"""Opens one file and answers questions about it: `python -m obsdeck.quicklook`.

Standard input has one JSON object a line: first `{path, device, inode, name, about, copy, most,
memory, computing}` (`computing`: seconds for each answer), then questions, `{what, …}` with
texts as values. Each answer on standard output is a line of JSON, `{type, length, facts}` with
`length` bytes after it, or `{error}`.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from obsdeck.children import limit_computing, limit_memory


def main() -> int:
    """Answer until standard input ends."""
    opening = json.loads(sys.stdin.buffer.readline())
    limit_memory(opening["memory"])
    from obsdeck.quicklook.decoding.desk import Desk  # noqa: PLC0415 - after the limit is set

    desk = Desk(opening)
    for line in sys.stdin.buffer:
        limit_computing(int(time.process_time()) + opening["computing"])
        _write(*desk.answer(json.loads(line)))
    return 0


def _write(head: dict[str, Any], body: bytes) -> None:
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + body)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    sys.exit(main())
