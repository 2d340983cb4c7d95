"""From rows to the addresses of their files, or of cutouts of them."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pyvo
from pyvo.dal.adhoc import DatalinkResults, SodaQuery
from requests import Request, Session

from obsdeck.bulk.rows import Row
from obsdeck.downloads.signed import without_signature

Parameters = Mapping[str, Any]
"""Parameters of a cutout as the service takes them, by name."""

Cutout = Callable[[Row], Parameters | None] | Parameters | tuple[float, float, float]
"""What to cut out: a circle in ICRS degrees, parameters for all rows, or what gives them."""

_SODA = "ivo://ivoa.net/std/soda#sync"
_AT_ONCE = 4


@dataclass(frozen=True)
class Address:
    """Where a row's file is, or why there is none.

    Attributes
    ----------
    url
        Empty where there is none.
    content_type
        As the archive said.
    error
        One sentence; empty where there is an address.
    """

    url: str = ""
    content_type: str = ""
    error: str = ""


def addresses_of(rows: list[Row], cutout: Cutout | None, session: Session) -> list[Address]:
    """Return an address for each row, in their order.

    Links are read through the session, here: the credential it may need stays here.
    """
    with ThreadPoolExecutor(_AT_ONCE, "obsdeck-links") as pool:
        return list(pool.map(lambda row: _address(row, cutout, session), rows))


def _address(row: Row, cutout: Cutout | None, session: Session) -> Address:
    url, media = str(row.get("access_url", "")), str(row.get("access_format", ""))
    if not url.lower().startswith(("http://", "https://")):
        what = "The row has no address." if not url else "Only http and https are fetched."
        return Address(error=what)
    if "content=datalink" not in media.replace(" ", "").replace('"', "").lower():
        if cutout is not None:
            return Address(error="The row has no links, so no cutout service.")
        return Address(url, media)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of astropy, about how services write VOTables
            links = DatalinkResults.from_result_url(url, session=session)
            return _cutout(row, links, cutout) if cutout is not None else _file(links)
    except pyvo.DALAccessError as error:
        return Address(error=f"Its links could not be read: {_words(error)}")


def _file(links: DatalinkResults) -> Address:
    for link in links:
        if str(link["semantics"]).rpartition("#")[2].lower() != "this":
            continue
        if link["error_message"]:
            return Address(error=str(link["error_message"]))
        if link["access_url"]:
            return Address(str(link["access_url"]), str(link["content_type"] or ""))
    return Address(error="Its links do not lead to the file itself.")


def _cutout(row: Row, links: DatalinkResults, cutout: Cutout) -> Address:
    given = _parameters(row, cutout)
    if given is None:
        return Address(error="Left out: no cutout was given for this row.")
    for link in links:
        name = link["service_def"]
        service = links.get_adhocservice_by_id(name) if name else None
        if service is not None and _standard(service).startswith(_SODA):
            query = SodaQuery.from_resource(link, service)
            for parameter, value in given.items():
                query[parameter] = _text(value)
            prepared = Request("GET", query.queryurl, params=dict(query)).prepare()
            return Address(str(prepared.url), "application/fits")
    return Address(error="Its links have no cutout service.")


def _standard(service: Any) -> str:
    found = [param.value for param in service.params if param.name.lower() == "standardid"]
    return str(found[0]).lower() if found else ""


def _parameters(row: Row, cutout: Cutout) -> Parameters | None:
    if callable(cutout):
        return cutout(row)
    return cutout if isinstance(cutout, Mapping) else {"CIRCLE": cutout}


def _text(value: Any) -> str:
    """Return numbers parted by single blanks, anything else as it is."""
    return value if isinstance(value, str) else " ".join(str(float(number)) for number in value)


def _words(error: pyvo.DALAccessError) -> str:
    return without_signature(str(error.reason)).rstrip(".") + "."
