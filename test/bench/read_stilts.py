"""Count the rows of one VOTable with stilts and print how it went, as one JSON object.

``python test/bench/read_stilts.py FILE``. The start of Java counts, as nothing tells it apart;
a document of few rows shows how long it takes. ``null`` where stilts is not installed.
"""

from __future__ import annotations

import json
import re
import resource
import shutil
import subprocess
import sys
import time


def measure(stilts: str, file: str) -> dict[str, float]:
    """Run stilts on a file."""
    start = time.perf_counter()
    command = [stilts, "tpipe", f"in={file}", "ifmt=votable", "omode=count"]
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    seconds = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    rows = re.search(r"rows:\s*(\d+)", output)
    return {
        "seconds": seconds,
        "cpu_s": used.ru_utime + used.ru_stime,
        "rows": int(rows[1]) if rows else 0,
        "peak_mb": used.ru_maxrss / 1024,
    }


path = shutil.which("stilts")
print(json.dumps(path and measure(path, sys.argv[1])))
