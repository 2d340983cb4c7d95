"""What a file holds: `what=info`."""

from __future__ import annotations

from typing import Any

from obsdeck.quicklook.decoding.answers import Answer, json_answer
from obsdeck.quicklook.decoding.blocks import Hdu
from obsdeck.quicklook.decoding.file import OpenFile
from obsdeck.quicklook.decoding.lineaxes import plane_axis
from obsdeck.quicklook.decoding.pixels import shape_of
from obsdeck.quicklook.decoding.spectrumcolumns import columns_of, spectrum_columns
from obsdeck.quicklook.decoding.values import text_of


def info(file: OpenFile, about: dict[str, Any]) -> Answer:
    """Return `{…about, hdus, best}`; lengths in `shape` have the order of FITS, NAXIS1 first."""
    hdus = [_described(file, hdu) for hdu in file.hdus]
    return json_answer({**about, "hdus": hdus, "best": file.best()})


def _described(file: OpenFile, hdu: Hdu) -> dict[str, Any]:
    kind = file.kinds[hdu.index]
    facts: dict[str, Any] = {
        "index": hdu.index,
        "name": text_of(hdu.header, "EXTNAME"),
        "kind": kind,
        "shape": [],
        "unit": "",
        "hasSky": False,
    }
    if kind == "table" or (kind == "spectrum" and "TFIELDS" in hdu.header):
        facts |= _table_facts(hdu)
    elif kind not in {"unreadable", "empty"}:
        facts |= _image_facts(file, hdu)
    message = hdu.fault or _missing(hdu)
    return {**facts, "message": message} if message else facts


def _table_facts(hdu: Hdu) -> dict[str, Any]:
    columns = columns_of(hdu.header)
    spectrum = spectrum_columns(hdu.header)
    return {
        "rows": hdu.header.get("NAXIS2", 0),
        "columns": [{"name": c.name, "unit": c.unit, "format": c.format} for c in columns],
        **({"spectrum": vars(spectrum)} if spectrum else {}),
    }


def _image_facts(file: OpenFile, hdu: Hdu) -> dict[str, Any]:
    shape = shape_of(hdu.header)
    wcs = file.wcs_of(hdu.index)
    facts: dict[str, Any] = {
        "shape": [shape.nx, shape.ny, *shape.further],
        "unit": text_of(hdu.header, "BUNIT"),
        "hasSky": wcs is not None and wcs.has_celestial and min(shape.nx, shape.ny) > 1,
    }
    if shape.planes > 1:
        facts["planes"] = {"count": shape.planes, "axis": plane_axis(wcs, hdu.header, shape)}
    return facts


def _missing(hdu: Hdu) -> str:
    if not hdu.cut:
        return ""
    return f"The file is cut off: {hdu.there / 1e6:,.1f} of {hdu.size / 1e6:,.1f} MB are there."
