"""The packages of the server half import in one direction."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

ORDER = (
    "addresses",
    "archives",
    "credentials",
    "gateway",
    "signin",
    "jobs",
    "tables",
    "downloads",
    "quicklook",
    "client",
    "bulk",
    "widgets",
    "routes",
)
"""Each may import those before it, and none after it."""

ROOT = Path(str(files("obsdeck")))


def imports(source: Path) -> Iterator[str]:
    """Yield the packages of ours that a module imports."""
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        for name in names:
            head, _, rest = name.partition(".")
            if head == "obsdeck":
                yield rest.partition(".")[0]


def above(package: str) -> set[str]:
    """Return the packages that build on one, the sandbox being apart from all."""
    return {*ORDER[ORDER.index(package) + 1 :], "app", "demo", "sandbox"}


@pytest.mark.parametrize("package", ORDER)
def test_no_package_imports_one_that_builds_on_it(package: str) -> None:
    sources = sorted((ROOT / package).rglob("*.py"))
    assert sources
    found = {
        f"{source.relative_to(ROOT)} imports {name}"
        for source in sources
        for name in set(imports(source)) & above(package)
    }
    assert not found


def test_the_sandbox_takes_nothing_from_those_who_ask_it() -> None:
    sources = (ROOT / "sandbox").rglob("*.py")
    found = {name for source in sources for name in imports(source)} & set(ORDER)
    assert not found
