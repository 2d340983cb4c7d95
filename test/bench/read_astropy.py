"""Read one VOTable with astropy and print how it went, as one JSON object.

``python test/bench/read_astropy.py FILE``. Only the parse is timed; Python's start and the
imports are not. ``peak_mb`` is the greatest resident size of the whole process.
"""

from __future__ import annotations

import json
import resource
import sys
import time
import warnings

from astropy.io.votable import parse

warnings.simplefilter("ignore")
start = time.perf_counter()
cpu_start = time.process_time()
table = parse(sys.argv[1]).get_first_table()
seconds = time.perf_counter() - start
cpu = time.process_time() - cpu_start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
figures = {"seconds": seconds, "cpu_s": cpu, "rows": len(table.array), "peak_mb": peak}
print(json.dumps(figures))
