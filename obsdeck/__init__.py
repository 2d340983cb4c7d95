"""Obsdeck: find, judge, fetch and publish astronomical observations inside JupyterLab."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from obsdeck.bulk.fetching import fetch
    from obsdeck.client import accounts, session, tap
    from obsdeck.widgets import ObsCoreBrowser

try:
    __version__ = version("obsdeck")
except PackageNotFoundError:  # a source tree that was never installed
    __version__ = "0.0.0"

__all__ = ["ObsCoreBrowser", "__version__", "accounts", "fetch", "session", "tap"]

_PLACES = {
    "ObsCoreBrowser": "obsdeck.widgets",
    "accounts": "obsdeck.client",
    "fetch": "obsdeck.bulk.fetching",
    "session": "obsdeck.client",
    "tap": "obsdeck.client",
}


def __getattr__(name: str) -> Any:
    """Load what notebooks use when it is first used, and not with every server."""
    if name in _PLACES:
        return getattr(import_module(_PLACES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    """Tell JupyterLab where the prebuilt front end lies."""
    return [{"src": "labextension", "dest": "obsdeck"}]


def _jupyter_server_extension_points() -> list[dict[str, Any]]:
    """Tell Jupyter Server which application serves our routes."""
    from obsdeck.app import Obsdeck  # noqa: PLC0415  kernels import obsdeck without a server

    return [{"module": "obsdeck.app", "app": Obsdeck}]
