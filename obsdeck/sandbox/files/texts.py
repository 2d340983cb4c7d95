"""Texts that belong to products: what a collection is, and headers."""

# mypy: disable-error-code=import-untyped

from obsdeck.sandbox.data.columns import Row
from obsdeck.sandbox.files.making import hdus_of
from obsdeck.sandbox.files.plan import FilePlan

_READ_ME = """\
{title}
{line}

These data are invented. They belong to the sandbox of Obsdeck, and no telescope has seen any of it.

Collection    {collection}
Instrument    {instrument}
Kind          {kind}
Shape         {shape}
Calibration   level {level} of ObsCore

Files
-----
The file of a product is FITS, packed as its name tells: .fits.gz by gzip, .fits.fz by tiles
(FITS 4.0, section 10), .fits.Z by compress of Unix. Sources are where they are in every other
image of the same part of the sky. Images of one identifier are the same whenever one asks.
"""


def read_me(row: Row, plan: FilePlan) -> str:
    """Return what somebody should know who has a file."""
    title = f"{row.get('obs_collection') or 'Products'} of the sandbox"
    return _READ_ME.format(
        title=title,
        line="=" * len(title),
        collection=row.get("obs_collection") or "-",
        instrument=row.get("instrument_name") or "-",
        kind=plan.kind,
        shape=" x ".join(str(axis) for axis in plan.shape[::-1]),
        level=row.get("calib_level", "-"),
    )


def header_text(row: Row, plan: FilePlan, identifier: str) -> str:
    """Return the headers of a product as lines."""
    hdus = hdus_of(row, plan, identifier)
    return "\n".join(hdu.header.tostring(sep="\n", padding=False) + "\n" for hdu in hdus)
