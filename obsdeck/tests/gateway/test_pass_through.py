"""What crosses the gateway, in both directions."""

from __future__ import annotations

from obsdeck.tests.conftest import Fetch
from obsdeck.tests.upstream import Upstream, answer


async def test_get_returns_the_archives_bytes(through: Fetch, upstream: Upstream) -> None:
    upstream.on("/tap/sync", answer(b"<VOTABLE/>", Content_Type="application/x-votable+xml"))
    response = await through(f"{upstream.origin}/tap/sync?QUERY=SELECT%201")
    assert response.code == 200
    assert response.body == b"<VOTABLE/>"
    assert response.headers["Content-Type"] == "application/x-votable+xml"
