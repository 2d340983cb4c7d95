"""Count the contract statements that tests cover.

Runs every test whose name carries a statement's id (``VO-3`` in TypeScript, ``VO_3`` in
Python), prints a line per contract and last ``total passed/346``. A statement counts when at
least one test carries it and none of those that ran failed. Skipped tests count for nothing.
A runner that fails fails the report, too: a file that cannot be loaded names no statement.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
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
    """Run, count, print; fails when a test or a whole runner failed."""
    RESULTS.mkdir(exist_ok=True)
    good: set[tuple[str, int]] = set()
    bad: set[tuple[str, int]] = set()
    runs = [typescript(), python()]
    for name, passed in [result for _, results in runs for result in results]:
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
    return 0 if all(succeeded for succeeded, _ in runs) and not bad else 1


def typescript() -> tuple[bool, list[tuple[str, bool]]]:
    """Run vitest on the statements: whether it succeeded, and each test with its own success."""
    report = RESULTS / "conformance.json"
    report.unlink(missing_ok=True)
    pattern = rf"\b({PREFIXES})-\d+"
    command = ["npx", "vitest", "run", "-t", pattern, "--reporter=json", f"--outputFile={report}"]
    succeeded = quietly(command)
    tests = (
        test
        for file in json.loads(report.read_text())["testResults"]
        for test in file["assertionResults"]
    )
    return succeeded, [
        (test["fullName"], test["status"] == "passed")
        for test in tests
        if test["status"] in ("passed", "failed")
    ]


def python() -> tuple[bool, list[tuple[str, bool]]]:
    """Run pytest on the statements: whether it succeeded, and each test with its own success."""
    report = RESULTS / "conformance.xml"
    report.unlink(missing_ok=True)
    chosen = " or ".join(f"{prefix}_" for prefix, _, _ in CONTRACTS)
    succeeded = quietly(
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
    cases = [case for case in ET.parse(report).iter("testcase") if case.find("skipped") is None]
    return succeeded, [(case.get("name", ""), not has_failed(case)) for case in cases]


def has_failed(case: ET.Element) -> bool:
    """Tell whether a test of pytest's report failed, in itself or around it."""
    return case.find("failure") is not None or case.find("error") is not None


def quietly(command: list[str]) -> bool:
    """Run a test runner and tell whether it succeeded; its output is shown only if not."""
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        print(result.stdout[-4000:], result.stderr[-2000:], file=sys.stderr)
    return result.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
