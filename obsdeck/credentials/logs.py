"""The last line of defence: no log of this server repeats a secret."""

from __future__ import annotations

import logging
import os
import traceback
from collections.abc import Iterable, Iterator
from pathlib import Path

from obsdeck.credentials.redact import mask, redact, without_people

_LIBRARIES = (
    "",
    "asyncio",
    "concurrent.futures",
    "httpcore",
    "httpx",
    "tornado.access",
    "tornado.application",
    "tornado.general",
    "py.warnings",
)
"""Loggers whose records may quote what we handle; the first is the root."""

_FOLDER = f"{Path(__file__).parents[1]}{os.sep}"
"""In the path of a record it says that we wrote it, in a traceback that we were there."""

_ROUTES = "/obsdeck/api/"
_UNSEARCHED = "obsdeck: a message was left out, as it could not be searched for secrets (%s)"
_HTTP_LIBRARIES = ("httpcore", "httpx", "asyncio")


class RedactingFilter(logging.Filter):
    """Lets every record pass, without the secrets in it.

    Known secrets are masked in all records. What only looks like one, and e-mail addresses, are
    masked in those that our code, a request to us or the libraries we use wrote: other records
    may be about just that, such as the address with a token at which Jupyter can be opened.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite message, traceback and stack where something has to be masked.

        A record that cannot be searched loses its text: an error here would end what logs, and
        the text itself could hold anything.
        """
        try:
            self._rewrite(record)
        except Exception as error:  # whatever the objects in a record do when they are printed
            record.msg, record.args = _UNSEARCHED, (type(error).__name__,)
            record.exc_info = record.exc_text = record.stack_info = None
        return True

    @staticmethod
    def _rewrite(record: logging.LogRecord) -> None:
        message, can_be_formatted = _message(record)
        trace = record.exc_text or _traceback(record)
        clean = _clean if _is_ours(record, message + trace) else mask
        safe = clean(message)
        if safe != message or not can_be_formatted:
            record.msg, record.args = safe, None
        if (safe := clean(trace)) != trace:
            # Without the exception itself, which a formatter could print once more.
            record.exc_text, record.exc_info = safe, None
        if record.stack_info:
            record.stack_info = clean(record.stack_info)


def install(loggers: Iterable[logging.Logger] = ()) -> None:
    """Put the filter before every handler of the server's loggers.

    A logger's own filters do not see what comes from the loggers below it, and handlers may be
    added later: so the filter is put at both. Installing it again adds nothing.

    Parameters
    ----------
    loggers
        Those of the application; the ones of libraries are known here.
    """
    known = (logging.getLogger(name) for name in _LIBRARIES)
    for logger in (*loggers, *known):
        for place in _places(logger):
            if not any(isinstance(present, RedactingFilter) for present in place.filters):
                place.addFilter(RedactingFilter())


def _places(logger: logging.Logger) -> Iterator[logging.Filterer]:
    """Yield a logger, those above it, and all their handlers."""
    current: logging.Logger | None = logger
    while current is not None:
        yield current
        yield from current.handlers
        current = current.parent
    if logging.lastResort is not None:
        yield logging.lastResort


def _message(record: logging.LogRecord) -> tuple[str, bool]:
    """Return what a record says, and whether logging itself can put it together."""
    try:
        return record.getMessage(), True
    except (TypeError, ValueError, KeyError):
        # logging would print the arguments to the standard error output.
        return f"{record.msg} {record.args!r}", False


def _traceback(record: logging.LogRecord) -> str:
    if not record.exc_info or record.exc_info[1] is None:
        return ""
    return "".join(traceback.format_exception(record.exc_info[1])).rstrip("\n")


def _is_ours(record: logging.LogRecord, text: str) -> bool:
    by_us = record.pathname.startswith(_FOLDER) or record.name.startswith(_HTTP_LIBRARIES)
    return by_us or _ROUTES in text or _FOLDER in text


def _clean(text: str) -> str:
    return without_people(redact(text))
