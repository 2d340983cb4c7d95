"""Obsdeck: find, judge, fetch and publish astronomical observations inside JupyterLab."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Any

try:
    __version__ = version("obsdeck")
except PackageNotFoundError:  # a source tree that was never installed
    __version__ = "0.0.0"

__all__ = ["__version__"]


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    """Tell JupyterLab where the prebuilt front end lies."""
    return [{"src": "labextension", "dest": "obsdeck"}]


def _jupyter_server_extension_points() -> list[dict[str, Any]]:
    """Tell Jupyter Server which application serves our routes."""
    from obsdeck.app import Obsdeck  # noqa: PLC0415  kernels import obsdeck without a server

    return [{"module": "obsdeck.app", "app": Obsdeck}]
