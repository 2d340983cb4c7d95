"""The parameters of a TAP 1.1 query (section 2.7), for both ways to ask."""

from collections.abc import Sequence
from dataclasses import dataclass

from obsdeck.sandbox.output.formats import FORMATS, Format, find_format
from obsdeck.sandbox.uploads.naming import Named, named_uploads
from obsdeck.sandbox.uploads.upload import UploadError, UploadLimits
from obsdeck.sandbox.web.params import ParameterError, Parameters

DEFAULT_MAXREC = 20_000
HARD_MAXREC = 1_000_000

#: Languages a query may be in, as the capabilities list them.
LANGUAGES = ("ADQL", "ADQL-2.0", "ADQL-2.1")


@dataclass(frozen=True)
class TapRequest:
    """A checked request."""

    query: str
    maxrec: int
    format: Format
    uploads: Sequence[Named]


def read_request(parameters: Parameters, limits: UploadLimits) -> TapRequest:
    """Check the parameters of a query.

    Parameters
    ----------
    parameters
        What was asked.
    limits
        Of the tables that come with it.

    Raises
    ------
    ParameterError
        For the first parameter that is missing or wrong.
    """
    request = parameters.one("REQUEST")
    if request not in (None, "doQuery"):
        raise ParameterError(f"REQUEST must be doQuery, not '{request}'.")
    _check_language(parameters.one("LANG"))
    query = parameters.one("QUERY")
    if query is None or not query.strip():
        raise ParameterError("QUERY is missing or empty: there is nothing to ask.")
    maxrec, form = _maxrec(parameters.one("MAXREC")), _format(parameters)
    return TapRequest(query, maxrec, form, _uploads(parameters, limits))


def _uploads(parameters: Parameters, limits: UploadLimits) -> list[Named]:
    try:
        return named_uploads(parameters.every("UPLOAD"), limits)
    except UploadError as error:
        raise ParameterError(str(error)) from None


def _check_language(language: str | None) -> None:
    known = ", ".join(LANGUAGES)
    if not language:
        raise ParameterError(f"LANG is missing: give one of {known}.")
    if language not in LANGUAGES:
        raise ParameterError(f"LANG '{language}' is not known here: give one of {known}.")


def _maxrec(text: str | None) -> int:
    if text is None or text == "":
        return DEFAULT_MAXREC
    if not (text.isascii() and text.isdigit()):
        raise ParameterError(f"MAXREC must be a whole number from 0 up, not '{text}'.")
    return min(int(text[:12]), HARD_MAXREC)


def _format(parameters: Parameters) -> Format:
    name = parameters.one("RESPONSEFORMAT", "FORMAT") or "votable"
    found = find_format(name)
    if found is None:
        known = ", ".join(alias for one in FORMATS for alias in one.aliases[:1])
        raise ParameterError(f"The format '{name}' is not known here: give one of {known}.")
    return found
