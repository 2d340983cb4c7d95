"""Links documents that want more than to be read."""

from __future__ import annotations

import asyncio
import base64
from pathlib import Path

import pytest

from obsdeck.downloads.linksdocument import links_of
from obsdeck.tests.downloads.test_signed import links
from obsdeck.tests.upstream import Upstream

_HEAD = (
    '<VOTABLE version="1.4"><RESOURCE type="results"><TABLE>'
    '<FIELD name="access_url" datatype="char" arraysize="*"/>'
)
_TAIL = "</TABLE></RESOURCE></VOTABLE>"


def elsewhere(address: str, serialization: str = "BINARY") -> str:
    """Return a table whose data are at an address."""
    data = f'<DATA><{serialization}><STREAM href="{address}"/></{serialization}></DATA>'
    return f"{_HEAD}{data}{_TAIL}"


@pytest.mark.parametrize("serialization", ["BINARY", "BINARY2", "FITS"])
async def test_data_of_the_document_are_never_fetched_from_an_address(
    upstream: Upstream, serialization: str
) -> None:
    text = elsewhere(f"{upstream.origin}/only-for-this-computer", serialization)
    with pytest.raises(ValueError, match="elsewhere"):
        await asyncio.to_thread(links_of, text.encode())
    assert upstream.requests == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_files_of_this_computer_are_not_read(tmp_path: Path, encoding: str) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"\0\0\0\x06secret")
    with pytest.raises(ValueError, match="elsewhere"):
        links_of(elsewhere(secret.as_uri()).encode(encoding))


def test_a_document_type_is_refused_in_any_encoding() -> None:
    text = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]>' + _HEAD + _TAIL
    with pytest.raises(ValueError, match="document type"):
        links_of(text.encode("utf-16"))


def test_data_inside_of_the_document_are_read() -> None:
    row = base64.b64encode(b"\0\0\0\x11https://a.example").decode()
    data = f'<DATA><BINARY><STREAM encoding="base64">{row}</STREAM></BINARY></DATA>'
    (link,) = links_of(f"{_HEAD}{data}{_TAIL}".encode())
    assert link.access_url == "https://a.example"


def test_rows_are_read_by_the_names_of_their_columns() -> None:
    body = links(("https://a.example/x?y=1&z=2", "A file", "#this")).partition(b"\r\n\r\n")[2]
    (link,) = links_of(body)
    assert (link.semantics, link.description) == ("#this", "A file")
    assert link.access_url == "https://a.example/x?y=1&z=2"
