"""Records of jobs for tests."""

from __future__ import annotations

from typing import Any


def record(job: str = "one", **changes: Any) -> dict[str, Any]:
    """Return a valid record as JSON."""
    return {
        "id": job,
        "archive": "local",
        "service": "https://archive.example/tap",
        "url": f"https://archive.example/tap/async/{job}",
        "name": "NGC 1399",
        "table": "ivoa.ObsCore",
        "adql": "SELECT * FROM ivoa.ObsCore\nWHERE target_name = 'NGC 1399 “é”'",
        "maxrec": 20_000,
        "created": 1_795_000_000_000,
        **changes,
    }
