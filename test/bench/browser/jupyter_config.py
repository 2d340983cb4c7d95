"""JupyterLab as the journeys have it, with the benchmark's own archives."""

import os

c = get_config()  # type: ignore[name-defined]  # noqa: F821
load_subconfig("../../ui/jupyter_config.py")  # type: ignore[name-defined]  # noqa: F821

ORIGIN = f"http://127.0.0.1:{os.environ['OBSDECK_BENCH_PORT']}"


def archive(pace: int) -> dict:
    """Define the service that sends so many MB a second; 0 is as fast as it can."""
    return {
        "id": f"bench-{pace}",
        "name": f"Bench {pace}",
        "kind": "ivoa",
        "description": "The benchmark's service.",
        "services": {
            "tap": [{"url": f"{ORIGIN}/{pace}/tap", "title": "Bench", "tables": ["ivoa.ObsCore"]}]
        },
        "signIn": {"kind": "none"},
        "origins": [ORIGIN],
        "rank": 1,
        "defaultRowLimit": 100_000_000,
    }


c.Obsdeck.archives = [archive(int(pace)) for pace in os.environ["OBSDECK_BENCH_PACES"].split(",")]
