"""Run the project's checks and add them up.

``python test/run.py`` runs all of them; ``python test/run.py unit ui`` only those named. The
last line is ``N passed, N failed, N skipped`` over all runners; every skip is printed with its
reason. A check without tests of its own (a linter, a type checker) counts as one.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "test-results"
BIN = ROOT / ".venv" / "bin"
#: Documents and peers that are no part of the repository.
SHARED = Path(os.environ.get("OBSDECK_SHARED", ROOT.parent / "shared"))


@dataclass
class Outcome:
    """What one runner counted."""

    passed: int = 0
    failed: int = 0
    skipped: list[str] = field(default_factory=list)

    def add(self, other: Outcome) -> None:
        """Add what another runner counted."""
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped


def run(*command: str | Path, env: dict[str, str] | None = None) -> int:
    """Run a command in the repository's root with its output shown."""
    print("+", *(str(part).removeprefix(f"{ROOT}/") for part in command), flush=True)
    return subprocess.call(
        [str(part) for part in command], cwd=ROOT, env={**os.environ, **(env or {})}
    )


def check(*command: str | Path) -> Outcome:
    """Count a command that either holds or not as one test."""
    return Outcome(passed=1) if run(*command) == 0 else Outcome(failed=1)


def lint() -> Outcome:
    """Check formats, lint and types of both languages."""
    outcome = Outcome()
    for command in (
        ("npx", "eslint", "--max-warnings", "0", "."),
        ("npx", "prettier", "--log-level", "warn", "--check", "."),
        ("npx", "stylelint", "style/**/*.css"),
        ("npx", "tsc", "-p", "tsconfig.test.json"),
        (BIN / "ruff", "check", "--quiet", "."),
        (BIN / "ruff", "format", "--quiet", "--check", "."),
        (BIN / "mypy",),
    ):
        outcome.add(check(*command))
    return outcome


def unit() -> Outcome:
    """Test pure functions, models and views, in Node."""
    report = RESULTS / "unit.json"
    code = run(
        "npx",
        "vitest",
        "run",
        "--reporter=default",
        "--reporter=json",
        f"--outputFile.json={report}",
    )
    return counted(code, report, vitest_outcome)


def vitest_outcome(report: Path) -> Outcome:
    """Count vitest's JSON report, which keeps no reasons: the only one there is, is this."""
    outcome = Outcome()
    absent = "" if (SHARED / "fixtures").exists() else ": ../shared/fixtures is absent"
    for file in json.loads(report.read_text())["testResults"]:
        outcome.failed += file["status"] == "failed" and not file["assertionResults"]
        for test in file["assertionResults"]:
            if test["status"] == "passed":
                outcome.passed += 1
            elif test["status"] == "failed":
                outcome.failed += 1
            else:
                outcome.skipped.append(f"{test['fullName']}{absent}")
    return outcome


def server() -> Outcome:
    """Test server half, sandbox, and the public clients against it."""
    # It judges the sandbox's TAP; where it cannot be installed, its test says that it is absent.
    program("stilts")
    with dachs():
        # A file at a time for each processor: mostly a test waits for a server of its own.
        return pytest("server", "--numprocesses=auto", "--dist=loadfile", "obsdeck/tests")


def wheel() -> Outcome:
    """Check the prebuilt wheel, in a clean environment without Node."""
    return pytest("wheel", "test/wheel")


def pytest(name: str, *arguments: str) -> Outcome:
    """Run pytest with some options and paths."""
    report = RESULTS / f"{name}.xml"
    code = run(BIN / "python", "-m", "pytest", "-q", f"--junitxml={report}", *arguments)
    return counted(code, report, junit_outcome)


def junit_outcome(report: Path) -> Outcome:
    """Count a JUnit XML report of our own making."""
    outcome = Outcome()
    for case in ET.parse(report).iter("testcase"):
        name = f"{case.get('classname')}.{case.get('name')}"
        skipped = case.find("skipped")
        if skipped is not None:
            outcome.skipped.append(f"{name}: {skipped.get('message')}")
        elif case.find("failure") is not None or case.find("error") is not None:
            outcome.failed += 1
        else:
            outcome.passed += 1
    return outcome


def ui() -> Outcome:
    """Run the journeys, in real Chromium with a real JupyterLab and kernel."""
    with dachs():
        return playwright("journeys", "test/ui/playwright.config.mjs")


def pictures() -> Outcome:
    """Take the pictures of docs/ anew."""
    return playwright("pictures", "test/ui/pictures.config.mjs")


def playwright(name: str, config: str) -> Outcome:
    """Run the browser tests of one configuration."""
    browser = chromium()
    if browser is None:
        print("No Chromium: install it (Debian: apt install chromium) or name it in CHROMIUM_PATH.")
        return Outcome(failed=1)
    report = RESULTS / f"{name}.json"
    env = {"CHROMIUM_PATH": browser, "PLAYWRIGHT_JSON_OUTPUT_NAME": str(report)}
    code = run("npx", "playwright", "test", "-c", config, "--reporter=list,json", env=env)
    return counted(code, report, playwright_outcome)


def playwright_outcome(report: Path) -> Outcome:
    """Count Playwright's JSON report, with the reason of each skip."""
    outcome = Outcome()
    data = json.loads(report.read_text())
    outcome.failed += len(data.get("errors", []))
    for spec in specs(data):
        status = spec["tests"][0]["status"]
        if status == "skipped":
            reasons = [note.get("description", "") for note in spec["tests"][0]["annotations"]]
            outcome.skipped.append(f"{spec['title']}: {'; '.join(reasons)}")
        elif status in ("expected", "flaky"):
            outcome.passed += 1
        else:
            outcome.failed += 1
    return outcome


def specs(suite: dict) -> Iterator[dict]:
    """Walk all tests of a Playwright suite, however deep."""
    yield from suite.get("specs", [])
    for child in suite.get("suites", []):
        yield from specs(child)


@contextmanager
def dachs() -> Iterator[None]:
    """Have the real IVOA service up, or say in OBSDECK_NO_DACHS why it is not.

    One that runs already is left running.
    """
    folder = SHARED / "peers" / "dachs"
    start = folder / "start.sh"
    os.environ.pop("OBSDECK_NO_DACHS", None)
    started = False
    if not start.exists():
        os.environ["OBSDECK_NO_DACHS"] = "../shared/peers/dachs is absent"
    elif os.geteuid() != 0 or not shutil.which("apt-get"):
        os.environ["OBSDECK_NO_DACHS"] = "DaCHS needs root on Debian to be installed"
    else:
        print("+ start DaCHS", flush=True)
        result = subprocess.run(["bash", start], capture_output=True, text=True, check=False)
        print(result.stderr, end="", flush=True)
        if result.returncode == 0:
            os.environ["OBSDECK_DACHS"] = result.stdout.strip().splitlines()[-1]
            started = "already running" not in result.stderr
        else:
            os.environ["OBSDECK_NO_DACHS"] = f"DaCHS did not start: {result.stderr[-300:]}"
    try:
        yield
    finally:
        if started:
            subprocess.run(["bash", folder / "stop.sh"], capture_output=True, check=False)


def chromium() -> str | None:
    """Find a Chromium; it is installed with apt when that is possible."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return os.environ.get("CHROMIUM_PATH") or program(*names)


def program(*names: str) -> str | None:
    """Find the first of some programs; the first name is also its package on Debian.

    Where none is there, apt installs it when that is possible.
    """
    found = next(filter(None, map(shutil.which, names)), None)
    if found or not shutil.which("apt-get"):
        return found
    prefix = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    if prefix and not shutil.which("sudo"):
        return None
    apt = [*prefix, "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]
    print(f"Installing {names[0]} …", flush=True)
    for step in (["update"], ["install", "-y", "--no-install-recommends", names[0]]):
        subprocess.call([*apt, *step], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return shutil.which(names[0])


def counted(code: int, report: Path, read: Callable[[Path], Outcome]) -> Outcome:
    """Read a report; a runner that failed without saying so counts as one failure."""
    outcome = read(report) if report.exists() else Outcome()
    if code != 0 and outcome.failed == 0:
        outcome.failed = 1
    return outcome


RUNNERS: dict[str, Callable[[], Outcome]] = {
    "lint": lint,
    "unit": unit,
    "server": server,
    "wheel": wheel,
    "ui": ui,
}


def main(names: list[str]) -> int:
    """Run the named runners, or all, and print the sum."""
    shutil.rmtree(RESULTS, ignore_errors=True)
    RESULTS.mkdir()
    every = {**RUNNERS, "pictures": pictures}
    if unknown := [name for name in names if name not in every]:
        sys.exit(f"No such runner: {', '.join(unknown)}. There are: {', '.join(every)}.")
    total = Outcome()
    lines = []
    for name in names or RUNNERS:
        start = time.monotonic()
        outcome = every[name]()
        total.add(outcome)
        lines.append(
            f"{name}: {outcome.passed} passed, {outcome.failed} failed,"
            f" {len(outcome.skipped)} skipped in {time.monotonic() - start:.0f} s"
        )
    print()
    for reason in total.skipped:
        print("skipped:", re.sub(r"\s+", " ", reason))
    print(*lines, sep="\n")
    print(f"{total.passed} passed, {total.failed} failed, {len(total.skipped)} skipped")
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
