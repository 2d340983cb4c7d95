"""Fetches one file; runs on a worker, or here with a session that signs."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import requests
from requests import PreparedRequest, Request, Response, Session
from requests.structures import CaseInsensitiveDict

from obsdeck.bulk.errand import Brought, Errand
from obsdeck.bulk.shelf import Shelf
from obsdeck.downloads import content
from obsdeck.downloads.names import name_in_disposition, name_in_url, safe_name
from obsdeck.downloads.signed import without_signature
from obsdeck.errors import ObsdeckError

_CHUNK = 1 << 16
"""Bytes; as much is lost of what arrived when a connection breaks."""

_MOST_HOPS = 10
_TIMES = 4
_LONGEST_PAUSE = 60.0
_MOST_WORDS = 2000
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_LOCATION = frozenset({301, 302, 303, 307, 308})
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")

Sleep = Callable[[float], None]


class _BrokenError(Exception):
    """It can be continued."""


def fetch_file(
    errand: Errand, session: Session | None = None, sleep: Sleep = time.sleep
) -> Brought:
    """Fetch a file, from where an earlier attempt ended. Never raises.

    Parameters
    ----------
    errand
        What to fetch.
    session
        Asks; anonymously unless told. One that signs never follows to another origin.
    sleep
        Waits so many seconds.
    """
    asking = session or _nobody()
    try:
        for attempt in range(_TIMES):
            brought, pause = _attempt(errand, asking, follows=session is None)
            if pause is None or attempt == _TIMES - 1:
                return brought
            sleep(min(max(pause, 2.0**attempt), _LONGEST_PAUSE))
    except ObsdeckError as error:  # nobody is signed in, or a redirect is refused
        return Brought(error=error.message)
    except ValueError:  # lengths and addresses in header lines that are none
        return Brought(error="The archive's answer cannot be read.")
    except OSError as error:
        return Brought(
            error=f"The file could not be written: {error.strerror or type(error).__name__}."
        )
    return brought


def _nobody() -> Session:
    session = Session()
    # Neither cookies nor a password file (`.netrc`) go along; proxies hold.
    session.auth = _unchanged
    return session


def _unchanged(request: PreparedRequest) -> PreparedRequest:
    return request


def _attempt(errand: Errand, session: Session, *, follows: bool) -> tuple[Brought, float | None]:
    """Return what came, and after how many seconds another attempt may bring more."""
    shelf = Shelf(Path(errand.folder), errand.key)
    if (path := shelf.finished) is not None:
        return Brought(str(path), shelf.mark.size, was_there=True), None
    status = 0
    try:
        with _open(errand.url, session, shelf, follows=follows) as answer:
            status = answer.status_code
            if status in _LOCATION:
                return Brought(status=status, onward=_next(answer)), None
            if status not in {200, 206}:
                pause = _pause(answer) if status in _AGAIN else None
                return Brought(error=_words(answer), status=status), pause
            return _take(errand, answer, shelf), None
    except (_BrokenError, requests.RequestException) as error:
        # Messages of requests hold the address, which may be signed.
        what = str(error) if isinstance(error, _BrokenError) else _fault(error)
        return Brought(error=what, status=status), 1.0


def _open(url: str, session: Session, shelf: Shelf, *, follows: bool) -> Response:
    for _ in range(_MOST_HOPS):
        answer = session.send(
            _request(url, session, shelf), stream=True, allow_redirects=False, timeout=(30, 120)
        )
        if answer.status_code not in _LOCATION or "Location" not in answer.headers:
            return answer
        target = _next(answer)
        if not follows and urlsplit(target)[:2] != urlsplit(url)[:2]:
            return answer
        answer.close()
        url = target
    raise requests.TooManyRedirects


def _request(url: str, session: Session, shelf: Shelf) -> PreparedRequest:
    headers = {"Accept-Encoding": "identity"}
    if shelf.begun:
        headers |= {"Range": f"bytes={shelf.begun}-", "If-Range": shelf.mark.validator}
    prepared = session.prepare_request(Request("GET", url, headers))
    if url.isascii():
        prepared.url = url  # requests would write it anew, which breaks some signatures
    return prepared


def _next(answer: Response) -> str:
    return urljoin(answer.url or "", answer.headers["Location"])


def _take(errand: Errand, answer: Response, shelf: Shelf) -> Brought:
    headers, begun = answer.headers, shelf.begun
    # What the connection packed has another length than the file.
    length = -1 if headers.get("Content-Encoding") else int(headers.get("Content-Length") or -1)
    if answer.status_code == 206:
        found = _RANGE.fullmatch(headers.get("Content-Range", ""))
        if not begun or found is None or int(found[1]) != begun:
            shelf.begin("")
            raise _BrokenError("The archive sent another part of the file than was asked for.")
        total = begun + length if length >= 0 else -1
    else:
        begun, total = 0, length
        shelf.begin(_validator(headers))
    name, size = _proposed(errand, answer), begun
    with shelf.part.open("ab" if begun else "wb") as part:
        for chunk in answer.iter_content(_CHUNK):
            if size == 0 and (objection := _objection(chunk, name, errand, headers)):
                return Brought(error=objection, status=answer.status_code)
            part.write(chunk)
            size += len(chunk)
    if total >= 0 and size != total:
        raise _BrokenError("The connection broke before the end of the file.")
    if size == 0:
        return Brought(error="Nothing came.", status=answer.status_code)
    with shelf.part.open("rb") as part:
        fitting = content.fitting_name(name, part.read(content.ENOUGH))
    return Brought(str(shelf.finish(fitting)), size, status=answer.status_code)


def _validator(headers: CaseInsensitiveDict[str]) -> str:
    """Return what tells whether the file is still the same; weak tags do not (RFC 9110 §13.1.5)."""
    tag = headers.get("ETag", "")
    return headers.get("Last-Modified", "") if not tag or tag.startswith("W/") else tag


def _proposed(errand: Errand, answer: Response) -> str:
    told = name_in_disposition(answer.headers.get("Content-Disposition", ""))
    names = (told, name_in_url(answer.url or ""), name_in_url(errand.url))
    return next((safe for name in names if (safe := safe_name(name))), f"file-{errand.key}")


def _objection(
    beginning: bytes, name: str, errand: Errand, headers: CaseInsensitiveDict[str]
) -> str:
    told = headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return content.objection(beginning[: content.ENOUGH], name, errand.content_type or None, told)


def _pause(answer: Response) -> float:
    told = answer.headers.get("Retry-After", "")
    return float(told) if told.isascii() and told.isdigit() else 1.0


def _words(answer: Response) -> str:
    """Return why a service refused, in its own words where they are text."""
    if answer.status_code == 204:
        return "No pixels there."
    text = next(answer.iter_content(_MOST_WORDS), b"").decode("utf-8", "replace").strip()
    if text and not text.startswith("<"):
        return " ".join(without_signature(text).split())
    return f"The archive answered HTTP status {answer.status_code}."


def _fault(error: requests.RequestException) -> str:
    if isinstance(error, requests.TooManyRedirects):
        return "The archive redirects without end."
    if isinstance(error, requests.Timeout):
        return "The archive did not answer in time."
    if isinstance(error, (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema)):
        return "The address is none that can be fetched."
    return "The connection to the archive failed or broke."
