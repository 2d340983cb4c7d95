"""Build hook: puts the prebuilt front end into real wheels, never into editable installs."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUILT = "obsdeck/labextension"
TARGET = "share/jupyter/labextensions/obsdeck"


class FrontEndHook(BuildHookInterface):
    """Build the labextension when it is missing and add it to the wheel's shared data."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Run before hatchling collects files (see hatchling's build hook interface)."""
        if version == "editable":  # `jupyter-builder develop` links the bundle instead
            return
        root = Path(self.root)
        if not (root / BUILT / "package.json").exists():
            self._build(root)
        if self.target_name == "wheel":
            shared = build_data.setdefault("shared_data", {})
            shared[BUILT] = TARGET
            shared["install.json"] = f"{TARGET}/install.json"

    @staticmethod
    def _build(root: Path) -> None:
        npm = shutil.which("npm")
        if npm is None:
            raise RuntimeError("Node.js and npm are needed to build obsdeck from source")
        if not (root / "node_modules").exists():
            subprocess.check_call([npm, "ci"], cwd=root)
        subprocess.check_call([npm, "run", "build:prod"], cwd=root)
