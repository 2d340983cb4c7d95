"""Rows of ``obsdeck.odd``: limits of every type, nulls, and random values in between."""

import numpy as np

Row = dict[str, object]

#: The least value of a signed type, and 255, stand for null in BINARY (see ``output.votable``).
_LIMITS: list[Row] = [
    {
        "size": 2**63 - 1, "Mixed Case": -0.0, 'has "quotes"': "it's \"quoted\"", "flag": True,
        "bits": [bit == "1" for bit in "100000000001"], "tiny": 254, "small": 32767,
        "medium": 2**31 - 1, "big": 2**53 + 1, "single": 3.4028234663852886e38,
        "precise": 1.7976931348623157e308, "letters": "eightchr", "words": "Ωρίων 🔭",
        "moment": "2026-01-31T23:59:59.999", "wave": [1.5, -2.5], "amplitude": [1e300, -1e-300],
        "triple": [1.0, 2.0, 3.0], "series": [1, -2, 2**31 - 1], "matrix": [1, 2, 3, 4, 5, 6],
        "place": [0.0, -90.0], "outline": [359.0, -1.0, 1.0, -1.0, 1.0, 1.0, 359.0, 1.0],
    },
    {
        "size": 0, "Mixed Case": 5e-324, 'has "quotes"': "<&>", "flag": False,
        "bits": [False] * 12, "tiny": 0, "small": -32767, "medium": -(2**31) + 1,
        "big": -(2**63) + 1, "single": 1.401298464324817e-45, "precise": -0.0, "letters": " b c ",
        "words": "  blanks  ", "moment": "1858-11-17T00:00:00", "wave": [0.0, 0.0],
        "amplitude": [0.0, 1.0], "triple": [0.1, 0.2, 0.3], "series": [0], "matrix": [0.5] * 6,
        "place": [359.999, 90.0], "outline": [0.0, 89.0, 120.0, 89.0, 240.0, 89.0],
    },
    {},
]  # fmt: skip


def odd_rows(seed: int, count: int = 40) -> list[Row]:
    """Return the rows: limits first, then one row of nulls, then random rows."""
    rng = np.random.default_rng(seed)
    rows = _LIMITS + [_random_row(rng) for _ in range(count - len(_LIMITS))]
    # VOTable has no null for bits.
    return [{"id": index, "bits": [False] * 12} | row for index, row in enumerate(rows)]


def _random_row(rng: np.random.Generator) -> Row:
    ra, dec = float(rng.uniform(0, 360)), float(rng.uniform(-80, 80))
    row: Row = {
        "size": int(rng.integers(0, 2**62)),
        "Mixed Case": float(rng.normal()),
        'has "quotes"': "".join(rng.choice(list("ab\"'\\"), 6)),
        "flag": bool(rng.integers(2)),
        "bits": (rng.random(12) < 0.5).tolist(),
        "tiny": int(rng.integers(0, 255)),
        "small": int(rng.integers(-32767, 32768)),
        "medium": int(rng.integers(-(2**31) + 1, 2**31)),
        "big": int(rng.integers(-(2**63) + 1, 2**63 - 1)),
        "single": float(np.float32(rng.normal())),
        "precise": float(rng.normal() * 10.0 ** rng.integers(-30, 30)),
        "letters": "".join(rng.choice(list("ACGT"), rng.integers(1, 9))),
        "words": "".join(rng.choice(list("αβγ🌌é "), rng.integers(1, 20))),
        "moment": str(np.datetime64("2000-01-01T00:00:00") + int(rng.integers(10**9))),
        "wave": np.float32(rng.normal(size=2)).tolist(),
        "amplitude": rng.normal(size=2).tolist(),
        "triple": rng.normal(size=3).tolist(),
        "series": rng.integers(-100, 100, rng.integers(1, 6)).tolist(),
        "matrix": np.float32(rng.normal(size=6)).tolist(),
        "place": [ra, dec],
        "outline": [ra, dec, ra, dec + 1, ra + 1, dec + 1],
    }
    return {name: value for name, value in row.items() if rng.random() > 0.15}
