"""Rows that are legal and hard: each is something real archives hold and clients trip over."""

import numpy as np

from obsdeck.sandbox.data import sky
from obsdeck.sandbox.data.columns import Columns

_LONG = (
    "A title that goes on for more than seven hundred characters, because some archives paste the "
    "whole abstract of the proposal into it. " + "We ask for time to look at the sky again. " * 18
)

#: Titles and target names: other alphabets, beyond the basic plane, markup, quotes, white space.
_TEXTS = (
    ("Çatalhöyük, Ωρίων", "Ünïcödé title \u2013 with a dash \u2026 and a ½"),
    ("銀河 M83", "渦巻銀河の観測"),
    ("🔭 Deck", "Telescope 🔭, galaxy 🌌 and a mathematical \U0001d49c"),
    ("עין הנשר", "سديم النسر"),
    ("<b>NGC 1068</b>", "<script>alert('title')</script> & <img src=x onerror=alert(1)>"),
    ("M 83 & friends", "&lt;already escaped&gt; &amp; ]]> <!-- comment -->"),
    ("O'Brien's star", "It's a \"quoted\" title; DROP TABLE ivoa.ObsCore; --"),
    ("Two\nlines", "First line\nsecond line\tand a tab"),
    ("  blanks around  ", "  leading and trailing blanks  "),
    ("100% µ_as", "per cent %, underscore _, backslash \\ and $\\alpha$"),
    ("=1+2", "=HYPERLINK(\"http://127.0.0.1/\",\"a formula in a spreadsheet\")"),
    ("Long", _LONG),
)  # fmt: skip

#: Identifiers that need percent-encoding in a URL.
_IDENTIFIERS = (
    "ivo://org.obsdeck.sandbox/odd?a=1&b=2",
    "ivo://org.obsdeck.sandbox/odd+plus/and space",
    "ivo://org.obsdeck.sandbox/odd#fragment",
    "ivo://org.obsdeck.sandbox/odd%2Fencoded",
    "butler://dp02/odd;v=1,2",
    "ivo://org.obsdeck.sandbox/odd?étoile/星",
)

#: Footprints over RA 0 and around both poles, clockwise and repeated first vertex included.
_REGIONS = (
    (0.0, 2.0, "Polygon ICRS 359.5 1.5 0.5 1.5 0.5 2.5 359.5 2.5"),
    (359.9, 2.2, "Polygon ICRS 358.9 1.7 359.4 2.7 0.9 2.7 0.9 1.7 358.9 1.7"),
    (0.0, 90.0, "Polygon ICRS 0.0 89.0 90.0 89.0 180.0 89.0 270.0 89.0"),
    (45.0, -89.9, "Polygon ICRS 0.0 -89.2 240.0 -89.2 120.0 -89.2"),
    (0.0, -90.0, "Circle ICRS 0.0 -90.0 0.75"),
    (0.02, 1.9, "Circle ICRS 0.02 1.9 0.5"),
    (204.2538, -29.8658,
     "Union ICRS (Circle 204.2538 -29.8658 0.1 Polygon 204.3 -29.9 204.6 -29.9 204.6 -29.6)"),
    (40.6696, -0.0133, "Position ICRS 40.6696 -0.0133"),
)  # fmt: skip

_BIG = (2**53 + 1, 2**62 + 1, 2**63 - 1, -(2**63) + 1, 0)


def oddities(rng: np.random.Generator) -> list[Columns]:
    """Return blocks of odd rows; only identifiers, times and positions depend on the seed."""
    blocks = [_texts(), _identifiers(), _regions(), _sizes()]
    for number, block in enumerate(blocks):
        _complete(block, number, rng)
    return blocks


def _texts() -> Columns:
    return {
        "target_name": [target for target, _ in _TEXTS],
        "obs_title": [title for _, title in _TEXTS],
        "dataproduct_type": ["image", "spectrum", "cube", None] * (len(_TEXTS) // 4),
    }


def _identifiers() -> Columns:
    return {
        "obs_publisher_did": list(_IDENTIFIERS),
        "obs_id": [f"odd {did.rpartition('/')[2]}" for did in _IDENTIFIERS],
        "obs_title": ["Identifier with reserved characters"] * len(_IDENTIFIERS),
    }


def _regions() -> Columns:
    return {
        "s_ra": [ra for ra, _, _ in _REGIONS],
        "s_dec": [dec for _, dec, _ in _REGIONS],
        "s_region": [region for _, _, region in _REGIONS],
        "obs_title": ["Footprint over the seam or at a pole"] * len(_REGIONS),
        "dataproduct_type": ["image"] * len(_REGIONS),
    }


def _sizes() -> Columns:
    return {
        "access_estsize": [2**31 + 7, 2**32 + 1, 0, 1, None],
        "obs_serial": list(_BIG),
        "t_exptime": [0.0, 1e-9, 1.5e7, 0.1, None],
        "em_min": [1e-16, 5e-324, 0.21, None, 1.2345678901234567e-7],
        "obs_title": ["Numbers at the edge"] * len(_BIG),
        "calib_level": [0, 1, 2, 3, 4],
    }


def _complete(block: Columns, number: int, rng: np.random.Generator) -> None:
    """Fill what every row needs: identifiers, collection and a position where there is none."""
    count = len(block["obs_title"])
    x, y = rng.normal(0, 0.05, (2, count))
    ra, dec = sky.offset(sky.FIELDS["m83"].ra, sky.FIELDS["m83"].dec, x, y)
    serial = rng.integers(10**8, 10**9, count)
    defaults: Columns = {
        "obs_collection": ["ODD"] * count,
        "calib_level": [2] * count,
        "dataproduct_subtype": ["deck.odd"] * count,
        "obs_id": [f"odd-{number}-{index}" for index in range(count)],
        "obs_publisher_did": [f"ivo://org.obsdeck.sandbox/odd?{one}" for one in serial],
        "s_ra": ra,
        "s_dec": dec,
        "facility_name": ["Deck 1-m"] * count,
        "instrument_name": ["DECKCAM"] * count,
    }
    for name, values in defaults.items():
        block.setdefault(name, values)
