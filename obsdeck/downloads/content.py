"""What an answer really is: an archive's error page is never saved as somebody's data."""

from __future__ import annotations

import re
import zlib

from obsdeck.downloads.names import unpacked_name

ENOUGH = 1024
"""Bytes of the beginning by which an answer is judged."""

_BLANK = b"\xef\xbb\xbf \t\r\n\0"
_HTML = re.compile(rb"(?i)<(?:!doctype\s+html|html|head|body)[\s/>]")
_XML_ERROR = re.compile(rb"<(?:\w+:)?(?:Error|ExceptionReport|ServiceExceptionReport)[\s/>]")
_VOTABLE = re.compile(rb"<(?:\w+:)?VOTABLE[\s/>]")

_FITS = b"SIMPLE  ="
_GZIP = b"\x1f\x8b"
_COMPRESS = b"\x1f\x9d"
_MAGIC = {_FITS: "fits", _GZIP: "gzip", _COMPRESS: "compress"}

_FITS_NAME = re.compile(r"(?i).*\.(?:fits?|fts)(?:\.(?:z|gz|fz))?")
_FITS_TYPES = frozenset({"application/fits", "image/fits", "application/x-fits"})
_FITS_MEDIA = re.compile(r"(?:application|image)/(?:x-)?fits\b|image/x-fits")
_PAGE_NAME = re.compile(r"(?i).*\.x?html?")


def kind_of(beginning: bytes) -> str:
    """Return what some bytes begin: fits, gzip, compress, html, votable, error, or empty."""
    for magic, kind in _MAGIC.items():
        if beginning.startswith(magic):
            return kind
    text = beginning.lstrip(_BLANK)
    if not text.startswith(b"<"):
        return ""
    for pattern, kind in ((_HTML, "html"), (_VOTABLE, "votable"), (_XML_ERROR, "error")):
        if pattern.search(text):
            return kind
    return ""


def expects_fits(name: str, content_type: str | None) -> bool:
    """Return whether FITS is what was asked for, by name or media type."""
    media = (content_type or "").lower()
    return bool(_FITS_NAME.fullmatch(name) or _FITS_MEDIA.match(media))


def expects_page(name: str, content_type: str | None) -> bool:
    """Return whether a web page is what was asked for."""
    return "html" in (content_type or "").lower() or bool(_PAGE_NAME.fullmatch(name))


def objection(beginning: bytes, name: str, asked: str | None, told: str) -> str:
    """Return why the body of a good answer is not the file, as a sentence; empty if it is.

    Parameters
    ----------
    beginning
        Its first bytes, not compressed by the connection.
    name
        How it would be called.
    asked, told
        Media type as it was asked for, and as the answer says.
    """
    kind = kind_of(beginning)
    if (kind == "html" or (told == "text/html" and not kind)) and not expects_page(name, asked):
        return "A web page came instead of the file. Nothing was saved."
    if kind == "error":
        return "An error came instead of the file. Nothing was saved."
    if expects_fits(name, asked) and kind not in _MAGIC.values():
        what = "A table" if kind == "votable" else "Something else" if beginning else "Nothing"
        return f"{what} came instead of the FITS file. Nothing was saved."
    return ""


def fitting_name(name: str, beginning: bytes) -> str:
    """Return the name with the ending that readers of FITS need, by how the file begins.

    Compressed by `compress` is `.Z` (never gzip's to read), by gzip `.gz`; a file that came
    unpacked loses these.
    """
    if not expects_fits(name, None):
        return name
    kind = kind_of(beginning)
    plain = unpacked_name(name) or name
    is_tiled = name.lower().endswith(".fz")
    if kind == "fits":
        return name if is_tiled else plain
    ending = {"gzip": ".gz", "compress": ".Z"}.get(kind, "")
    if not ending or name.lower().endswith(ending.lower()):
        return name
    return f"{name if is_tiled else plain}{ending}"


def is_its_own(coding: str, name: str) -> bool:
    """Return whether a `Content-Encoding` is the file's own compression, told twice.

    Servers do so for files that lie compressed on their disk.
    """
    endings = {"gzip": (".gz", ".tgz"), "x-gzip": (".gz", ".tgz")}.get(coding, ())
    if coding in {"compress", "x-compress"}:
        return True
    return name.lower().endswith(endings) if endings else False


def unpacked_beginning(beginning: bytes, coding: str) -> bytes | None:
    """Return the first bytes without the connection's encoding, None if nobody knows it."""
    if not coding:
        return beginning
    if coding not in {"gzip", "x-gzip", "deflate"}:
        return None
    try:
        return zlib.decompressobj(47).decompress(beginning, ENOUGH)
    except zlib.error:
        return None
