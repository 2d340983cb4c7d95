"""What jobs of archives need of the gateway: uploads, DELETE, addresses, the archive's clock."""

from __future__ import annotations

import pytest

from obsdeck.tests.conftest import Fetch
from obsdeck.tests.gateway.conftest import AS_ME
from obsdeck.tests.gateway.leaks import holds
from obsdeck.tests.gateway.wallets import TOKEN, FakeWallet
from obsdeck.tests.upstream import Upstream, answer

NOON = "Sun, 22 Nov 2026 12:00:00 GMT"


async def test_a_form_with_files_arrives_byte_for_byte(through: Fetch, upstream: Upstream) -> None:
    body = (
        b'--x"y\r\nContent-Disposition: form-data; name="t"; filename="t.xml"\r\n\r\n'
        b'\x00\xff<VOTABLE/>\r\n--x"y--\r\n'
    )
    kind = "multipart/form-data; boundary=obsdeck-0123456789abcdef"
    await through(
        f"{upstream.origin}/tap/async", method="POST", body=body, headers={"Content-Type": kind}
    )
    (request,) = upstream.requests
    assert request.headers["content-type"] == kind
    assert request.body == body


async def test_VO_15_a_job_is_deleted_and_the_list_behind_it_read_with_get(
    through: Fetch, upstream: Upstream
) -> None:
    upstream.on("/tap/async/1", answer(b"", "303 See Other", Location="/tap/async"))
    response = await through(f"{upstream.origin}/tap/async/1", method="DELETE")
    assert [r.method for r in upstream.requests] == ["DELETE", "GET"]
    assert response.headers["X-Obsdeck-Final-Url"] == f"{upstream.origin}/tap/async"


@pytest.mark.parametrize("status", ["201 Created", "202 Accepted"])
async def test_VO_8_where_a_job_was_made_is_told_without_a_redirect(
    through: Fetch, upstream: Upstream, status: str
) -> None:
    upstream.on("/tap/async", answer(b"", status, Location="async/7"))
    response = await through(f"{upstream.origin}/tap/async", method="POST", body=b"")
    assert response.headers["X-Obsdeck-Location"] == "async/7"
    assert "Location" not in response.headers


@pytest.mark.parametrize("status", ["200 OK", "206 Partial Content", "404 Not Found"])
async def test_no_other_answer_tells_a_location(
    through: Fetch, upstream: Upstream, status: str
) -> None:
    upstream.on("/a", answer(b"x", status, Location="http://evil.example/"))
    response = await through(f"{upstream.origin}/a")
    assert not [name for name in response.headers if "location" in name.lower()]


async def test_the_address_of_a_job_repeats_no_credential(
    through: Fetch, upstream: Upstream, wallet: FakeWallet
) -> None:
    upstream.on("/tap/async", answer(b"", "202 Accepted", Location=f"/tap/async/1?t={TOKEN}"))
    response = await through(f"{upstream.origin}/tap/async", method="POST", body=b"", headers=AS_ME)
    told = response.headers["X-Obsdeck-Location"]
    assert not holds(told)
    assert told.startswith("/tap/async/1?t=*")


async def test_the_archives_own_clock_is_told(through: Fetch, upstream: Upstream) -> None:
    upstream.on("/tap/async/1", answer(b"<job/>", Date=NOON))
    response = await through(f"{upstream.origin}/tap/async/1")
    assert response.headers.get_list("Date") == [NOON]
