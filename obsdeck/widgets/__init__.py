"""Widgets for notebooks; the page shows them, this is the kernel's side."""

from __future__ import annotations

from obsdeck.widgets.obscorebrowser import ObsCoreBrowser
from obsdeck.widgets.selection import Selection

__all__ = ["ObsCoreBrowser", "Selection"]
