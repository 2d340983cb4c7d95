"""Paths of the page: what they lead to lies below Jupyter's root folder and is not hidden."""

from __future__ import annotations

from pathlib import Path

from obsdeck.errors import ObsdeckError


def inside(root: Path, parts: list[str], shown: str) -> Path | None:
    """Return the place that names below the root lead to, all links followed.

    Parameters
    ----------
    root
        Jupyter's root folder.
    parts
        Names of folders, and perhaps of a file.
    shown
        What the page calls it.

    Returns
    -------
    Path or None
        None when nothing is there.

    Raises
    ------
    ObsdeckError
        `rejected`, when it leads out of the root or is hidden.
    """
    top = root.resolve()
    try:
        place = top.joinpath(*parts).resolve(strict=True)
    except (OSError, RuntimeError, ValueError):
        return None
    if not place.is_relative_to(top):
        raise ObsdeckError("rejected", f"{shown} is outside of Jupyter's root folder.")
    if any(part.startswith(".") for part in (*parts, *place.relative_to(top).parts)):
        raise ObsdeckError("rejected", f"{shown} is hidden.")
    return place
