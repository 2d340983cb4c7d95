"""The frames of an invented observatory (``pyobs-archive.md``, 3.1)."""

from typing import Any

import numpy as np

from obsdeck.sandbox.data.products import iso_time
from obsdeck.sandbox.pyobs.generations import Generation

Frame = dict[str, Any]

COUNT = 60

_KINDS = ("bias", "dark", "skyflat", "object", "object")
_FILTERS = ("B", "V", "R", None)
_TARGETS = ("M 31", "GRB 260712A", "NGC 1068")
#: Keys in the order of the output; ``REQNUM`` and ``OBSNUM`` are not in every generation.
_KEYS = (
    "id", "basename", "SITEID", "TELID", "INSTRUME", "RLEVEL", "DATE_OBS", "FILTER", "OBJECT",
    "EXPTIME", "REQNUM", "OBSNUM", "OBSTYPE", "binning", "related_frames",
)  # fmt: skip
_NOT_EVERYWHERE = frozenset({"REQNUM", "OBSNUM"})


def frames(seed: int) -> list[Frame]:
    """Return the frames in the order of their time, with the keys of all generations."""
    rng = np.random.default_rng(seed)
    starts = np.sort(60_400 + np.round(rng.uniform(0, 2, COUNT), 6))
    return [_frame(rng, number, float(start)) for number, start in enumerate(starts, 1)]


def shown(frame: Frame, generation: Generation) -> Frame:
    """Return a frame as a generation shows it."""
    hidden = _NOT_EVERYWHERE.difference(generation.keys)
    kept = {key: frame[key] for key in _KEYS if key not in hidden}
    return kept | {"url": f"{generation.file_root}frames/{frame['id']}/download/"}


def _frame(rng: np.random.Generator, number: int, start: float) -> Frame:
    kind = str(rng.choice(_KINDS))
    moment = iso_time(start)
    # Bias and dark have neither target nor filter, whatever the header says.
    has_light = kind not in ("bias", "dark")
    camera = int(rng.integers(1, 3))
    return {
        "id": number,
        "basename": f"dk01m0_cam{camera}_{moment[:10].replace('-', '')}_{number:04d}",
        "SITEID": "Deck",
        "TELID": "01m0",
        "INSTRUME": f"cam{camera}",
        "RLEVEL": 0,
        "DATE_OBS": f"{moment}Z",
        "FILTER": _FILTERS[rng.integers(len(_FILTERS))] if has_light else None,
        "OBJECT": _TARGETS[rng.integers(len(_TARGETS))] if kind == "object" else None,
        "EXPTIME": 0.0 if kind == "bias" else float(np.round(rng.uniform(1, 300), 1)),
        "REQNUM": None,
        "OBSNUM": str(rng.integers(1, 400)) if has_light else None,
        "OBSTYPE": kind,
        "binning": f"{camera}x{camera}",
        "related_frames": [],
    }
