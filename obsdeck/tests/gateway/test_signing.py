"""Requests in somebody's name: signed where the definition allows it, and nowhere else."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from tornado.httpclient import HTTPResponse

from obsdeck.credentials.credential import Signature
from obsdeck.credentials.secret import Secret
from obsdeck.tests.conftest import Fetch
from obsdeck.tests.gateway.conftest import AS_ME
from obsdeck.tests.gateway.test_redirects import redirect
from obsdeck.tests.gateway.wallets import TOKEN, FakeWallet
from obsdeck.tests.raw import Browser
from obsdeck.tests.upstream import Upstream, answer

Upload = Callable[[str, str | None, str], Awaitable[HTTPResponse]]


@pytest.fixture
def upload(through: Fetch, upstream: Upstream, wallet: FakeWallet) -> Upload:
    """Give a request as me, signed by a parameter: verb, body and its type."""
    wallet.held = Signature(parameters={"token": Secret(TOKEN)})

    async def send(method: str, body: str | None, kind: str) -> HTTPResponse:
        headers = {**AS_ME, "Content-Type": kind}
        return await through(
            f"{upstream.origin}/x?b=%2f&c", method=method, body=body, headers=headers
        )

    return send


async def test_ESO_47_a_credential_does_not_leave_the_origin(
    through: Fetch, upstream: Upstream, wallet: FakeWallet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("obsdeck.gateway.backend.refusal", lambda address: None)
    monkeypatch.setattr("obsdeck.gateway.backend.is_local_name", lambda host: False)
    upstream.on("/a", redirect("/b"))
    upstream.on("/b", redirect(f"http://localhost:{upstream.port}/c"))
    upstream.on("/c", redirect(f"{upstream.origin}/d"))
    response = await through(f"{upstream.origin}/a", headers=AS_ME)
    assert response.code == 200
    assert response.headers["X-Obsdeck-As"] == "anyone"
    seen = [(r.target, r.headers.get("authorization")) for r in upstream.requests]
    signed = f"Bearer {TOKEN}"
    assert seen == [("/a", signed), ("/b", signed), ("/c", None), ("/d", None)]


async def test_ESO_10_without_asking_no_credential_is_sent(
    through: Fetch, upstream: Upstream, wallet: FakeWallet
) -> None:
    plain = await through(f"{upstream.origin}/a")
    anyone = await through(f"{upstream.origin}/a", headers={"X-Obsdeck-As": "anyone"})
    assert not any("authorization" in r.headers for r in upstream.requests)
    assert "X-Obsdeck-As" not in {*plain.headers, *anyone.headers}
    assert wallet.asked == []


async def test_a_request_as_me_carries_the_header_and_says_so(
    through: Fetch, upstream: Upstream, wallet: FakeWallet
) -> None:
    response = await through(f"{upstream.origin}/a", headers=AS_ME)
    assert response.headers["X-Obsdeck-As"] == "me"
    assert upstream.requests[0].headers["authorization"] == f"Bearer {TOKEN}"


async def test_MMODA_8_a_form_carries_the_token_in_front_of_its_fields(
    through: Fetch, upstream: Upstream, wallet: FakeWallet
) -> None:
    wallet.held = Signature(parameters={"token": Secret(TOKEN)})
    await through(
        f"{upstream.origin}/post",
        method="POST",
        body="a=1&b=%2B",
        headers={**AS_ME, "Content-Type": "application/x-www-form-urlencoded"},
    )
    (request,) = upstream.requests
    assert request.body == b"token=Invented%2FToken%2Bof.a-Test_0123456789&a=1&b=%2B"
    assert request.target == "/post"


MULTIPART = b'--bound 1\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--bound 1--\r\n'


async def test_MMODA_8_an_upload_carries_the_token_as_its_first_part(
    through: Fetch, upstream: Upstream, wallet: FakeWallet
) -> None:
    wallet.held = Signature(parameters={"token": Secret(TOKEN)})
    await through(
        f"{upstream.origin}/post",
        method="POST",
        body=MULTIPART,
        headers={**AS_ME, "Content-Type": 'multipart/form-data; boundary="bound 1"'},
    )
    (request,) = upstream.requests
    first = f'--bound 1\r\nContent-Disposition: form-data; name="token"\r\n\r\n{TOKEN}\r\n'
    assert request.body == first.encode() + MULTIPART
    assert request.headers["content-length"] == str(len(request.body))
    assert request.target == "/post"


async def test_MMODA_8_a_chunked_form_carries_the_token(
    upstream: Upstream, browser: Browser, wallet: FakeWallet
) -> None:
    wallet.held = Signature(parameters={"token": Secret(TOKEN)})
    browser.ask(
        "POST",
        f"{upstream.origin}/post",
        {
            **AS_ME,
            "Transfer-Encoding": "chunked",
            "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
        },
    )
    browser.writer.write(b"3\r\na=1\r\n0\r\n\r\n")
    await browser.answer_head()
    assert upstream.requests[0].body.endswith(b"&a=1")
    assert upstream.requests[0].body.startswith(b"token=Invented%2F")


@pytest.mark.parametrize(
    ("method", "body", "kind"),
    [
        ("GET", None, "text/plain"),
        ("HEAD", None, "text/plain"),
        ("DELETE", None, "application/x-www-form-urlencoded"),
        ("POST", '{"a": 1}', "application/json"),
        ("PUT", "SIMPLE", "application/fits"),
        ("POST", "a", "multipart/form-data"),
    ],
)
async def test_MMODA_8_what_is_no_form_carries_the_token_in_the_query(
    upload: Upload, upstream: Upstream, method: str, body: str | None, kind: str
) -> None:
    await upload(method, body, kind)
    (request,) = upstream.requests
    assert request.target == "/x?token=Invented%2FToken%2Bof.a-Test_0123456789&b=%2f&c"
    assert request.body == (body or "").encode()


async def test_a_redirect_that_repeats_the_query_carries_the_token_once(
    through: Fetch, upstream: Upstream, wallet: FakeWallet
) -> None:
    """Servers that add a slash do so."""
    wallet.held = Signature(parameters={"token": Secret(TOKEN)})
    token = "token=Invented%2FToken%2Bof.a-Test_0123456789"
    upstream.on("/x", redirect(f"/x/?{token}&b=%2f", "308 Permanent Redirect"))
    response = await through(f"{upstream.origin}/x?b=%2f", headers=AS_ME)
    assert [r.target for r in upstream.requests] == [f"/x?{token}&b=%2f", f"/x/?{token}&b=%2f"]
    assert response.headers["X-Obsdeck-Final-Url"] == f"{upstream.origin}/x/?b=%2f"


async def test_a_repeated_form_is_signed_again(
    through: Fetch, upstream: Upstream, wallet: FakeWallet
) -> None:
    wallet.held = Signature(parameters={"token": Secret(TOKEN)})
    upstream.on("/x", redirect("/y", "307 Temporary Redirect"))
    form = {**AS_ME, "Content-Type": "application/x-www-form-urlencoded"}
    await through(f"{upstream.origin}/x", method="POST", body="a=1", headers=form)
    first, second = upstream.requests
    assert first.body == second.body == b"token=Invented%2FToken%2Bof.a-Test_0123456789&a=1"


async def test_a_refused_signature_is_told_to_the_wallet(
    through: Fetch, upstream: Upstream, wallet: FakeWallet
) -> None:
    upstream.on("/x", answer(b"no", "401 Unauthorized"))
    await through(f"{upstream.origin}/x")
    assert wallet.refusals == []
    response = await through(f"{upstream.origin}/x", headers=AS_ME)
    assert wallet.refusals == ["local"]
    assert (response.code, response.headers["X-Obsdeck-As"]) == (401, "me")


async def test_an_archive_without_accounts_is_asked_as_anyone(
    through: Fetch, upstream: Upstream, wallet: FakeWallet
) -> None:
    wallet.held = None
    response = await through(f"{upstream.origin}/x", headers=AS_ME)
    assert response.headers["X-Obsdeck-As"] == "anyone"
