"""Count the contract statements that tests cover.

Runs every test whose name carries a statement's id (``VO-3`` in TypeScript, ``VO_3`` in
Python), prints a line per contract and last ``total passed/346``. A statement counts when at
least one test carries it and none of those that ran failed. Skipped tests count for nothing.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
RESULTS = ROOT / "test-results"

#: Contracts: prefix of their statements, name, number of statements.
CONTRACTS = (
    ("VO", "vo-protocols", 60),
    ("RUBIN", "rubin", 50),
    ("ESO", "eso", 56),
    ("MMODA", "mmoda-gallery", 60),
    ("AURORAX", "aurorax", 60),
    ("PYOBS", "pyobs-archive", 60),
)
PREFIXES = "|".join(prefix for prefix, _, _ in CONTRACTS)
STATEMENT = re.compile(rf"(?<![A-Za-z0-9])({PREFIXES})[-_](\d+)(?![0-9])")


def main() -> int:
    """Run, count, print; fails when a test failed."""
    RESULTS.mkdir(exist_ok=True)
    good: set[tuple[str, int]] = set()
    bad: set[tuple[str, int]] = set()
    for name, passed in [*typescript(), *python()]:
        ids = {(prefix, int(number)) for prefix, number in STATEMENT.findall(name)}
        (good if passed else bad).update(ids)
    covered = good - bad
    total = 0
    for prefix, contract, statements in CONTRACTS:
        count = len({number for p, number in covered if p == prefix and 1 <= number <= statements})
        total += count
        print(f"{contract} {count}/{statements}")
    for prefix, number in sorted(bad):
        print(f"failed: {prefix}-{number}")
    print(f"total {total}/{sum(statements for _, _, statements in CONTRACTS)}")
    return 1 if bad else 0


def typescript() -> Iterator[tuple[str, bool]]:
    """Run vitest on the statements: names and whether they passed."""
    report = RESULTS / "conformance.json"
    report.unlink(missing_ok=True)
    pattern = rf"\b({PREFIXES})-\d+"
    command = ["npx", "vitest", "run", "-t", pattern, "--reporter=json", f"--outputFile={report}"]
    quietly(command)
    for file in json.loads(report.read_text())["testResults"]:
        for test in file["assertionResults"]:
            if test["status"] in ("passed", "failed"):
                yield test["fullName"], test["status"] == "passed"


def python() -> Iterator[tuple[str, bool]]:
    """Run pytest on the statements: names and whether they passed."""
    report = RESULTS / "conformance.xml"
    report.unlink(missing_ok=True)
    chosen = " or ".join(f"{prefix}_" for prefix, _, _ in CONTRACTS)
    quietly(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-k",
            chosen,
            f"--junitxml={report}",
            "obsdeck/tests",
        ]
    )
    for case in ET.parse(report).iter("testcase"):
        if case.find("skipped") is None:
            failed = case.find("failure") is not None or case.find("error") is not None
            yield case.get("name", ""), not failed


def quietly(command: list[str]) -> None:
    """Run a test runner; its report tells what happened, its output only when it has none."""
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        print(result.stdout[-4000:], result.stderr[-2000:], file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
