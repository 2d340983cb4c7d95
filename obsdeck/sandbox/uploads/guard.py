"""A look at an uploaded VOTable before a parser builds anything of it."""

import math
import re
from xml.parsers import expat

from obsdeck.sandbox.catalog.model import STORED, TEXT_TYPES
from obsdeck.sandbox.uploads.upload import UploadError, UploadLimits

_DEEPEST = 40

#: Elements of a row, arrays of fixed size counted in full: a parser makes room for all of them.
_LARGEST_ROW = 2_000

_DIGITS = re.compile(r"\d+")


def check_document(content: bytes, limits: UploadLimits) -> None:
    """Refuse what is hostile, endless or no XML; nothing is kept of the document.

    Raises
    ------
    UploadError
        For the first thing that is not taken.
    """
    if len(content) > limits.size:
        raise UploadError(f"it has {len(content)} bytes, but {limits.size} is the most")
    guard = _Guard(limits)
    try:
        guard.parser.Parse(content, True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        raise UploadError(f"it is no well-formed XML: {reason}, line {error.lineno}") from None


class _Guard:
    def __init__(self, limits: UploadLimits) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self._limits = limits
        self._depth = self._rows = self._fields = self._elements = 0

    def _doctype(self, *_: object) -> None:
        raise UploadError("it has a document type declaration, which VOTables have none of")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise UploadError("its elements are nested too deeply")
        check = getattr(self, f"_check_{name.rpartition(' ')[2].lower()}", None)
        if check is not None:
            check(attributes)

    def _end(self, _: str) -> None:
        self._depth -= 1

    def _check_tr(self, _: dict[str, str]) -> None:
        self._rows += 1
        if self._rows > self._limits.rows:
            raise UploadError(f"it has more than {self._limits.rows} rows")

    def _check_field(self, attributes: dict[str, str]) -> None:
        self._fields += 1
        if self._fields > self._limits.columns:
            raise UploadError(f"it has more than {self._limits.columns} columns")
        name, datatype = attributes.get("name"), attributes.get("datatype")
        if datatype not in STORED:
            raise UploadError(f"its column {name} has no datatype that VOTables have")
        if datatype in TEXT_TYPES and "x" in attributes.get("arraysize", ""):
            raise UploadError(f"its column {name} is an array of texts, which ADQL has no use for")
        self._elements += _size(attributes.get("arraysize", ""))
        if self._elements > _LARGEST_ROW:
            raise UploadError(f"a row of it has more than {_LARGEST_ROW} elements")

    def _check_stream(self, attributes: dict[str, str]) -> None:
        if "href" in attributes:
            raise UploadError("its rows are elsewhere, and this service fetches nothing")
        if attributes.get("encoding") != "base64":
            raise UploadError("its stream is not encoded as base64")

    def _check_fits(self, _: dict[str, str]) -> None:
        raise UploadError("its rows are FITS, which this service does not read")

    def _check_parquet(self, _: dict[str, str]) -> None:
        raise UploadError("its rows are Parquet, which this service does not read")


def _size(arraysize: str) -> int:
    """Return the elements a cell has for sure, or is promised to have at most."""
    return math.prod(min(int(axis[:6]), _LARGEST_ROW + 1) for axis in _DIGITS.findall(arraysize))
