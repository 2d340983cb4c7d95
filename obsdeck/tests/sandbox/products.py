"""Products of the sandbox as tests meet them: rows, links, files, cutouts."""

# mypy: disable-error-code=import-untyped

import io
from typing import Any

import httpx
from astropy.io import fits
from astropy.io.votable import parse
from astropy.table import Table

from obsdeck.tests.sandbox.serving import rows

#: Rows whose file anybody may have.
OPEN = "access_url IS NOT NULL AND data_rights = 'public'"

#: No environment decides how this machine is reached.
HTTP = httpx.Client(trust_env=False, timeout=60)


def one_row(columns: str, condition: str) -> list[Any]:
    """Return columns of the first open row that fulfils a condition."""
    found = rows(f"SELECT TOP 1 {columns} FROM ivoa.ObsCore WHERE {OPEN} AND {condition}")
    assert found, condition
    return found[0]


def did_of(subtype: str) -> str:
    """Return the identifier of an open product of a kind."""
    found = one_row("obs_publisher_did", f"dataproduct_subtype = '{subtype}'")[0]
    assert isinstance(found, str)
    return found


def links(base_url: str, *identifiers: str, **more: str) -> Table:
    """Return the links of identifiers."""
    asked = {"ID": list(identifiers), **more}
    answer = HTTP.post(f"{base_url}datalink/links", data=asked)
    assert answer.status_code == 200, answer.text
    return parse(io.BytesIO(answer.content)).get_first_table().to_table()


def cutout(base_url: str, identifier: str, **parameters: str | list[str]) -> httpx.Response:
    """Return the answer to a synchronous cutout."""
    return HTTP.get(f"{base_url}soda/sync", params={"ID": identifier, **parameters})


def opened(content: bytes) -> fits.HDUList:
    """Return a FITS file."""
    return fits.open(io.BytesIO(content))
