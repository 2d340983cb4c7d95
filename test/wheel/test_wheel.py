"""The prebuilt wheel installs into a clean environment without Node and is enabled there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
#: Files a checkout holds that a build must not need or change.
LEFT_OUT = shutil.ignore_patterns(
    "node_modules",
    ".git",
    ".venv",
    "dist",
    "lib",
    "labextension",
    "test-results",
    ".make",
    ".demo",
    "*.tsbuildinfo",
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Build the wheel from a copy of the sources, so that the checkout's bundle stays."""
    folder = tmp_path_factory.mktemp("sources") / "obsdeck"
    shutil.copytree(ROOT, folder, ignore=LEFT_OUT)
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder / "dist")]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    yield next((folder / "dist").glob("*.whl"))
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def clean(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an environment with only JupyterLab and the wheel; no Node on its PATH."""
    folder = tmp_path_factory.mktemp("clean") / "venv"
    venv.create(folder, with_pip=True)
    constraints = ["--constraint", str(ROOT / "constraints.txt")]
    command = [folder / "bin" / "python", "-m", "pip", "install", "--quiet", *constraints]
    subprocess.run([*command, "jupyterlab", str(wheel)], check=True, env=bare(folder))
    return folder


def bare(folder: Path) -> dict[str, str]:
    """Name an environment's variables, with a PATH that holds no Node."""
    keep = {
        key: os.environ[key] for key in ("HOME", "LANG", "PIP_CONFIG_FILE") if key in os.environ
    }
    return {**keep, "PATH": f"{folder / 'bin'}", "JUPYTER_CONFIG_DIR": str(folder / "config")}


def output(folder: Path, *arguments: str) -> str:
    """Run jupyter in the environment; it writes its lists to either stream."""
    command = [folder / "bin" / "python", "-m", "jupyter", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=bare(folder))
    return done.stdout + done.stderr


@pytest.mark.timeout(900)
def test_the_labextension_is_enabled_without_node(clean: Path) -> None:
    assert shutil.which("node", path=bare(clean)["PATH"]) is None
    lines = output(clean, "labextension", "list").splitlines()
    (line,) = [line for line in lines if "obsdeck" in line and "v0." in line]
    assert "enabled" in line
    assert "OK" in line


@pytest.mark.timeout(900)
def test_the_server_extension_is_enabled(clean: Path) -> None:
    text = output(clean, "server", "extension", "list")
    line = text[text.index("obsdeck") :]
    assert "enabled" in line
    assert "OK" in line


@pytest.mark.timeout(900)
def test_the_wheel_holds_the_page_and_no_maps_or_tests(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert any(name.endswith("labextensions/obsdeck/package.json") for name in names)
    assert any(name.endswith("labextensions/obsdeck/install.json") for name in names)
    assert any(name.endswith("definitions/sandbox.json") for name in names)
    assert not [name for name in names if "/tests/" in name or name.endswith("build_log.json")]
