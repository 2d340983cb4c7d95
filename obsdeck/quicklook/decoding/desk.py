"""Takes questions about one file, and answers each, whatever the file is."""

from __future__ import annotations

import os
import stat
import sys
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from obsdeck.errors import ObsdeckError
from obsdeck.quicklook.decoding.answers import Answer
from obsdeck.quicklook.decoding.asked import Asked
from obsdeck.quicklook.decoding.blocks import Hdu
from obsdeck.quicklook.decoding.cards import header
from obsdeck.quicklook.decoding.cells import rows
from obsdeck.quicklook.decoding.facts import info
from obsdeck.quicklook.decoding.file import OpenFile
from obsdeck.quicklook.decoding.image import Image
from obsdeck.quicklook.decoding.kinds import Kind
from obsdeck.quicklook.decoding.picture import picture
from obsdeck.quicklook.decoding.pixelvalues import value
from obsdeck.quicklook.decoding.sky import sky
from obsdeck.quicklook.decoding.spectra import spectrum
from obsdeck.quicklook.decoding.tables import Table

_IMAGES: tuple[Kind, ...] = ("image", "cube")


def _of_image(file: OpenFile, asked: Asked) -> tuple[Hdu, Image]:
    hdu = file.hdu(asked, _IMAGES)
    return hdu, file.image_of(hdu.index)


def _picture(file: OpenFile, asked: Asked) -> Answer:
    return picture(_of_image(file, asked)[1], asked)


def _value(file: OpenFile, asked: Asked) -> Answer:
    return value(_of_image(file, asked)[1], asked)


def _sky(file: OpenFile, asked: Asked) -> Answer:
    hdu, image = _of_image(file, asked)
    return sky(file.wcs_of(hdu.index), image.shape)


def _header(file: OpenFile, asked: Asked) -> Answer:
    return header(file.any_hdu(asked))


def _rows(file: OpenFile, asked: Asked) -> Answer:
    return rows(Table(file.file, file.hdu(asked, ("table", "spectrum"))), asked)


_ANSWERS: dict[str, Callable[[OpenFile, Asked], Answer]] = {
    "picture": _picture,
    "header": _header,
    "sky": _sky,
    "value": _value,
    "spectrum": spectrum,
    "rows": _rows,
}


class Desk:
    """Holds the file open between questions.

    Parameters
    ----------
    opening
        What to open, see `obsdeck.quicklook.__main__`.
    """

    def __init__(self, opening: dict[str, Any]) -> None:
        warnings.simplefilter("ignore")
        self._opening = opening
        self._file: OpenFile | None = None

    def answer(self, question: dict[str, str]) -> tuple[dict[str, Any], bytes]:
        """Return the head and the body of an answer."""
        try:
            answer = self._answer(question)
        except ObsdeckError as error:
            return dict(error.to_json()), b""
        except MemoryError:
            return dict(_too_large(self._opening["name"]).to_json()), b""
        except Exception:  # astropy raises anything at hostile files
            traceback.print_exc(file=sys.stderr)
            return dict(_failed(self._opening["name"]).to_json()), b""
        return {"type": answer.type, "length": len(answer.body), "facts": answer.facts}, answer.body

    def _answer(self, question: dict[str, str]) -> Answer:
        if self._file is None:
            self._file = self._open()
        if question["what"] == "info":
            return info(self._file, self._opening["about"])
        return _ANSWERS[question["what"]](self._file, Asked(question))

    def _open(self) -> OpenFile:
        opening = self._opening
        raw = _opened(Path(opening["path"]), (opening["device"], opening["inode"]))
        if raw is None:
            raise _changed(opening["name"])
        return OpenFile(raw, Path(opening["copy"]), opening["most"], opening["name"])


def _opened(path: Path, expected: tuple[int, int]) -> BinaryIO | None:
    """Open the very file that was checked; None when another is there now."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        handle = os.open(path, flags | getattr(os, "O_BINARY", 0))
    except OSError:
        return None
    facts = os.fstat(handle)
    if not stat.S_ISREG(facts.st_mode) or (facts.st_dev, facts.st_ino) != expected:
        os.close(handle)
        return None
    return os.fdopen(handle, "rb")


def _changed(name: str) -> ObsdeckError:
    return ObsdeckError(
        "not-found", f"{name} was moved or changed.", hint="Open it again.", status=404
    )


def _too_large(name: str) -> ObsdeckError:
    return ObsdeckError(
        "overflow", f"{name} needs more memory than a quick look may take.", status=413
    )


def _failed(name: str) -> ObsdeckError:
    return ObsdeckError(
        "rejected",
        f"{name} could not be read.",
        hint="The Jupyter server's log has the details.",
        status=422,
    )
