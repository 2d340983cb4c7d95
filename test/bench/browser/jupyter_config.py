"""JupyterLab as the journeys have it, with the benchmark's own archives."""

import os

c = get_config()  # type: ignore[name-defined]  # noqa: F821
load_subconfig("../../ui/jupyter_config.py")  # type: ignore[name-defined]  # noqa: F821

ORIGIN = f"http://127.0.0.1:{os.environ['OBSDECK_BENCH_PORT']}"


def archive(archive_id: str, name: str, url: str, table: str = "ivoa.ObsCore") -> dict:
    """Define a service of the benchmark."""
    return {
        "id": archive_id,
        "name": name,
        "kind": "ivoa",
        "description": "The benchmark's service.",
        "services": {"tap": [{"url": url, "title": name, "tables": [table]}]},
        "signIn": {"kind": "none"},
        "origins": ["/".join(url.split("/")[:3])],
        "rank": 1,
        "defaultRowLimit": 100_000_000,
    }


# The number is how many MB a second are sent; 0 is as fast as it can be.
#: The sandbox's service with a table of 2,000 columns.
WIDE = f"http://127.0.0.1:{os.environ.get('OBSDECK_UI_SANDBOX_PORT', '18990')}/wide/tap"

PACES = os.environ["OBSDECK_BENCH_PACES"].split(",")
c.Obsdeck.archives = [
    *(archive(f"bench-{pace}", f"Bench {pace}", f"{ORIGIN}/{pace}/tap") for pace in PACES),
    archive("replay", "Replay", os.environ["OBSDECK_BENCH_REPLAY"]),
    archive("wide", "Wide", WIDE, "obsdeck.wide"),
]
