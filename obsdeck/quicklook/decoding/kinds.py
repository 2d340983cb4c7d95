"""What an HDU is good for, as its header tells."""

from __future__ import annotations

from typing import Literal

from astropy.io import fits

from obsdeck.quicklook.decoding.blocks import Hdu
from obsdeck.quicklook.decoding.pixels import is_compressed, shape_of
from obsdeck.quicklook.decoding.spectrumcolumns import spectrum_columns

Kind = Literal["image", "cube", "spectrum", "table", "empty", "unreadable"]

_TABLES = frozenset({"BINTABLE", "TABLE"})
_IMAGES = frozenset({"IMAGE", "IUEIMAGE"})


def kind_of(hdu: Hdu) -> Kind:
    """Return how an HDU is to be shown."""
    if hdu.fault:
        return "unreadable"
    try:
        return _kind(hdu.header)
    except (KeyError, ValueError, TypeError, fits.VerifyError):
        return "unreadable"


def _kind(header: fits.Header) -> Kind:
    extension = header.get("XTENSION", "IMAGE").strip()
    if extension in _IMAGES or is_compressed(header):
        return _kind_of_image(header)
    if extension not in _TABLES:
        return "unreadable"
    return "spectrum" if spectrum_columns(header) else "table"


def _kind_of_image(header: fits.Header) -> Kind:
    if header.get("GROUPS") is True:  # random groups: no peer of today writes them
        return "unreadable"
    shape = shape_of(header)
    if shape.nx * shape.ny * shape.planes == 0:
        return "empty"
    if shape.nx * shape.ny == 1 or (min(shape.nx, shape.ny) == 1 and shape.planes == 1):
        return "spectrum"
    return "cube" if shape.planes > 1 else "image"
