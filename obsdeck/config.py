"""Where the server half keeps its files."""

from __future__ import annotations

from pathlib import Path

from jupyter_core.paths import jupyter_data_dir


def data_folder() -> Path:
    """Return Obsdeck's folder inside Jupyter's data folder of this user (it may not exist yet)."""
    return Path(jupyter_data_dir()) / "obsdeck"
