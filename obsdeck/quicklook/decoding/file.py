"""One file while it is open."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from astropy.wcs import WCS

from obsdeck.errors import ObsdeckError
from obsdeck.quicklook.decoding.asked import Asked
from obsdeck.quicklook.decoding.blocks import Hdu, walk
from obsdeck.quicklook.decoding.coordinates import wcs_of
from obsdeck.quicklook.decoding.copies import plain
from obsdeck.quicklook.decoding.image import Image
from obsdeck.quicklook.decoding.kinds import Kind, kind_of

_KEPT_IMAGES = 8
"""Each keeps a picture of 4 Mpx at most."""


class OpenFile:
    """The HDUs of a FITS file, uncompressed if need be.

    Parameters
    ----------
    raw
        The file on disk, open.
    copy
        Where its plain copy is, or shall be, if it is compressed.
    most
        Bytes that the copy may have.
    name
        For messages.

    Raises
    ------
    ObsdeckError
        When it is no FITS file, or too large.
    """

    def __init__(self, raw: BinaryIO, copy: Path, most: int, name: str) -> None:
        self.name = name
        self.file = plain(raw, copy, most, name)
        self.hdus = walk(self.file, self.file.seek(0, 2), name)
        self.kinds: list[Kind] = [kind_of(hdu) for hdu in self.hdus]
        self.image_of = lru_cache(_KEPT_IMAGES)(self._image_of)
        self.wcs_of = lru_cache(None)(self._wcs_of)

    def hdu(self, asked: Asked, kinds: tuple[Kind, ...]) -> Hdu:
        """Return the HDU that is asked for; the best one of its kind when none is named.

        Parameters
        ----------
        asked
            With `hdu`.
        kinds
            What it must be.

        Raises
        ------
        ObsdeckError
            `not-found` when there is none, `rejected` (422) when it is something else.
        """
        best = self.best(kinds)
        if best is None and not asked.text("hdu"):
            wanted = "image" if "image" in kinds else kinds[0]
            raise _unfit(f"This file has no {wanted}: {self.counted()}.")
        hdu = self.any_hdu(asked, best or 0)
        self._check(hdu, kinds)
        return hdu

    def any_hdu(self, asked: Asked, default: int = 0) -> Hdu:
        """Return the HDU that is asked for, be it unreadable.

        Raises
        ------
        ObsdeckError
            `not-found` when there is none.
        """
        index = asked.integer("hdu", default, -1, len(self.hdus))
        if not 0 <= index < len(self.hdus):
            raise ObsdeckError("not-found", f"{self.name} has no such HDU.", status=404)
        return self.hdus[index]

    def best(self, kinds: tuple[Kind, ...] | None = None) -> int | None:
        """Return the index of the HDU worth showing first: images, then spectra, then tables."""
        order: tuple[tuple[Kind, ...], ...] = (("image", "cube"), ("spectrum",), ("table",))
        for group in order:
            for index, kind in enumerate(self.kinds):
                if kind in group and (kinds is None or kind in kinds):
                    return index
        return None

    def counted(self) -> str:
        """Say what is in the file: “2 tables”, “1 spectrum and 1 table”."""
        words: dict[Kind, tuple[str, str]] = {
            "image": ("image", "images"),
            "cube": ("cube", "cubes"),
            "spectrum": ("spectrum", "spectra"),
            "table": ("table", "tables"),
            "unreadable": ("unreadable part", "unreadable parts"),
        }
        counts = [(self.kinds.count(kind), *names) for kind, names in words.items()]
        parts = [f"{count} {one if count == 1 else more}" for count, one, more in counts if count]
        return " and ".join(parts) or "only headers"

    def _check(self, hdu: Hdu, kinds: tuple[Kind, ...]) -> None:
        kind = self.kinds[hdu.index]
        if kind == "unreadable":
            fault = hdu.fault or "It is of a kind that is not read."
            raise _unfit(f"HDU {hdu.index} of {self.name} cannot be read. {fault}")
        if kind not in kinds:
            wanted = "image" if "image" in kinds else kinds[0]
            raise _unfit(f"HDU {hdu.index} of {self.name} is no {wanted}.")

    def _image_of(self, index: int) -> Image:
        return Image(self.file, self.hdus[index])

    def _wcs_of(self, index: int) -> WCS | None:
        return wcs_of(self.file, self.hdus[index])


def _unfit(message: str) -> ObsdeckError:
    return ObsdeckError("rejected", message, status=422)
