"""Requests in somebody's name: signed where the definition allows it, and nowhere else."""

from __future__ import annotations

import pytest

from obsdeck.credentials.credential import Signature
from obsdeck.credentials.secret import Secret
from obsdeck.tests.conftest import Fetch
from obsdeck.tests.gateway.conftest import AS_ME
from obsdeck.tests.gateway.test_redirects import redirect
from obsdeck.tests.gateway.wallets import TOKEN, FakeWallet
from obsdeck.tests.upstream import Upstream


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
