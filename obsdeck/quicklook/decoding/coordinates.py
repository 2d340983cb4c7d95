"""World coordinates of an image HDU, by astropy (FITS 4.0, §8)."""

from __future__ import annotations

import warnings
from typing import BinaryIO

from astropy.io import fits
from astropy.wcs import WCS

from obsdeck.quicklook.decoding.blocks import Hdu, axes_of
from obsdeck.quicklook.decoding.pixels import is_compressed

_LOOKUP = ("CPDIS", "D2IMDIS", "CQDIS", "DP", "D2IM")
"""Distortions whose tables are in other HDUs of the file."""


def wcs_of(file: BinaryIO, hdu: Hdu) -> WCS | None:
    """Return the coordinates of an image, compressed or not; None when it has none that work."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            header = image_header(hdu.header)
            needs_others = any(keyword.startswith(_LOOKUP) for keyword in header)
            others = (
                fits.open(file, lazy_load_hdus=True) if needs_others or _tabular(header) else None
            )
            wcs = WCS(header, fobj=others)
    except Exception:  # wcslib and astropy raise a dozen kinds at odd headers
        return None
    return wcs if wcs.naxis else None


def image_header(header: fits.Header) -> fits.Header:
    """Return the header of the image that a compressed one stands for, as far as WCS needs it."""
    if not is_compressed(header):
        return header
    axes = axes_of(header, "Z")
    image = fits.Header([("SIMPLE", True), ("BITPIX", header["ZBITPIX"]), ("NAXIS", len(axes))])
    image.extend([(f"NAXIS{i + 1}", length) for i, length in enumerate(axes)])
    table = ("TTYPE", "TFORM", "TDIM", "NAXIS", "PCOUNT", "GCOUNT", "TFIELDS", "XTENSION", "BITPIX")
    image.extend(
        card for card in header.cards if card.keyword and not card.keyword.startswith(table)
    )
    return image


def _tabular(header: fits.Header) -> bool:
    return any("-TAB" in str(header.get(f"CTYPE{i}", "")) for i in range(1, 10))
