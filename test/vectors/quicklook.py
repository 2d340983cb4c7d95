"""Make ``quicklook.json``: what the server half answers about a small file.

Run by hand: ``python test/vectors/quicklook.py > test/vectors/quicklook.json``.
"""

from __future__ import annotations

import base64
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from astropy.io import fits

from obsdeck.quicklook.decoding.desk import Desk

QUESTIONS: list[dict[str, str]] = [
    {"what": "info"},
    {"what": "picture", "hdu": "1", "width": "32", "height": "32", "x0": "0", "y0": "0"},
    {"what": "picture", "hdu": "2", "plane": "2", "low": "0", "high": "9", "interval": "manual"},
    {"what": "header", "hdu": "1"},
    {"what": "sky", "hdu": "1"},
    {"what": "sky", "hdu": "2"},
    {"what": "value", "hdu": "1", "x": "3", "y": "4"},
    {"what": "value", "hdu": "1", "x": "0", "y": "0"},
    {"what": "spectrum", "hdu": "3"},
    {"what": "rows", "hdu": "4", "start": "0", "count": "2"},
]


def image() -> fits.ImageHDU:
    """Return an image with a blank pixel and coordinates."""
    values = np.arange(60 * 40, dtype=">f4").reshape(40, 60)
    values[0, 0] = np.nan
    hdu = fits.ImageHDU(values, name="SCI")
    hdu.header.update(BUNIT="adu", CTYPE1="RA---TAN", CTYPE2="DEC--TAN", RADESYS="ICRS")
    hdu.header.update(CRVAL1=55.75, CRVAL2=-32.3, CRPIX1=30.5, CRPIX2=20.5)
    hdu.header.update(CDELT1=-1e-4, CDELT2=1e-4, CUNIT1="deg", CUNIT2="deg")
    hdu.header["OBJECT"] = ("<b>'Cen A'</b>", "name <script>")
    return hdu


def cube() -> fits.ImageHDU:
    """Return a cube along wavelength."""
    hdu = fits.ImageHDU(np.arange(3 * 4 * 5, dtype=">i2").reshape(3, 4, 5), name="CUBE")
    hdu.header.update(CTYPE3="WAVE", CUNIT3="nm", CRVAL3=500.0, CRPIX3=1.0, CDELT3=10.0)
    return hdu


def spectrum() -> fits.BinTableHDU:
    """Return a spectrum in columns, with a gap."""
    wave = fits.Column("WAVE", "D", unit="nm", array=np.array([500.0, 501.0, 502.0]))
    flux = fits.Column("FLUX", "E", unit="Jy", array=np.array([1.0, np.nan, 3.0]))
    return fits.BinTableHDU.from_columns([wave, flux], name="SPEC")


def table() -> fits.BinTableHDU:
    """Return a table with arrays, texts, integers and missing values."""
    columns = [
        fits.Column("ID", "K", array=np.array([1, 2**60])),
        fits.Column("MAG", "D", unit="mag", array=np.array([20.5, np.nan])),
        fits.Column("NAME", "8A", array=np.array(["one", "two"])),
        fits.Column("ARR", "10E", array=np.ones((2, 10), ">f4")),
        fits.Column("OK", "L", array=np.array([True, False])),
    ]
    return fits.BinTableHDU.from_columns(columns, name="CAT")


def answers(folder: Path) -> list[dict[str, Any]]:
    """Ask all questions about a file in a folder."""
    path = folder / "file.fits"
    fits.HDUList([fits.PrimaryHDU(), image(), cube(), spectrum(), table()]).writeto(path)
    facts = path.stat()
    opening = {
        "path": str(path),
        "device": facts.st_dev,
        "inode": facts.st_ino,
        "copy": str(folder / "copy.fits"),
        "most": 1 << 30,
        "name": "file.fits",
        "about": {"path": "file.fits", "name": "file.fits"},
    }
    desk = Desk(opening)
    return [_told(question, *desk.answer(question)) for question in QUESTIONS]


def _told(question: dict[str, str], head: dict[str, Any], body: bytes) -> dict[str, Any]:
    is_json = head.get("type") == "application/json"
    told = {"json": json.loads(body)} if is_json else {"bytes": base64.b64encode(body).decode()}
    return {"question": question, "head": head, **told}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        json.dump(answers(Path(name)), sys.stdout, separators=(",", ":"))
