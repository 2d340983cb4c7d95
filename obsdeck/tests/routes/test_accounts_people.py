"""`api/accounts`: people who share a server, and what administrators decide."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from jupyter_server.auth import PasswordIdentityProvider, User
from tornado.httpclient import HTTPResponse
from tornado.web import RequestHandler
from traitlets.config import Config

from obsdeck.tests.conftest import Fetch
from obsdeck.tests.routes.signing import (
    TOKEN,
    error_of,
    listed,
    row,
    sign_in,
    stored,
)
from obsdeck.tests.upstream import Upstream


@pytest.fixture
def obsdeck_config(with_accounts: dict[str, Any]) -> dict[str, Any]:
    """Give Obsdeck's traits."""
    return with_accounts


class People(PasswordIdentityProvider):
    """A provider that knows people, by a header in this test."""

    def get_user(self, handler: RequestHandler) -> User | None:
        """Return whoever the request says it is."""
        name = handler.request.headers.get("X-Test-User")
        handler._token_authenticated = True  # type: ignore[attr-defined]
        return User(name) if name else None


class TestPeople:
    """A server that knows its people, as JupyterHub's does."""

    @pytest.fixture
    def jp_server_config(self, jp_server_config: Config, monkeypatch: pytest.MonkeyPatch) -> Config:
        """Let the server belong to Ada."""
        monkeypatch.setenv("JUPYTERHUB_USER", "ada")
        jp_server_config.ServerApp.identity_provider_class = People
        return jp_server_config

    @pytest.fixture
    def by(self, api: Fetch) -> Callable[[str], Fetch]:
        """Give requests in somebody's name."""

        def of(name: str) -> Fetch:
            async def call(*path: str, **options: Any) -> HTTPResponse:
                return await api(*path, headers={"X-Test-User": name}, **options)

            return call

        return of

    async def test_each_sees_only_their_own(self, by: Callable[[str], Fetch]) -> None:
        """In memory as well as in files."""
        ada, grace = by("ada"), by("grace")
        await sign_in(ada, keep="file")
        assert (await row(grace))["state"] == "signed-out"
        await sign_in(grace, keep="file")
        assert len(stored()) == 2
        await grace("accounts", "signing", method="DELETE")
        assert (await row(ada))["state"] == "signed-in"

    async def test_what_is_found_is_the_owners(
        self, by: Callable[[str], Fetch], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Environment and files belong to the one whose server it is."""
        monkeypatch.setenv("OBSDECK_TEST_KEY", "invented-key-0123456789")
        assert (await row(by("ada"), "keyed"))["state"] == "found"
        account = await row(by("grace"), "keyed")
        assert (account["state"], account["found"]) == ("signed-out", None)

    async def test_requests_carry_ones_own_credential_only(
        self, by: Callable[[str], Fetch], through: Fetch, upstream: Upstream
    ) -> None:
        """Grace, who is not signed in, does not ask as Ada."""
        await sign_in(by("ada"))
        upstream.requests.clear()
        headers = {"X-Test-User": "grace", "X-Obsdeck-As": "me"}
        refused = await through(f"{upstream.origin}/tap", archive="signing", headers=headers)
        assert error_of(refused)["kind"] == "not-signed-in"
        assert upstream.requests == []
        headers["X-Test-User"] = "ada"
        await through(f"{upstream.origin}/tap", archive="signing", headers=headers)
        assert upstream.requests[0].headers["authorization"] == f"Bearer {TOKEN}"


class TestOff:
    """Where the administrator wants no signing in."""

    @pytest.fixture
    def obsdeck_config(self, obsdeck_config: dict[str, Any]) -> dict[str, Any]:
        """Switch it off."""
        return {**obsdeck_config, "identities": "off"}

    async def test_nothing_is_found_stored_or_signed(
        self,
        api: Fetch,
        through: Fetch,
        upstream: Upstream,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """And the reason is told."""
        monkeypatch.setenv("OBSDECK_TEST_KEY", "invented-key-0123456789")
        reason = "Sign-in is off: the administrator of this server switched it off."
        assert (await listed(api))["signIn"] == {"enabled": False, "reason": reason}
        assert (await row(api, "keyed"))["state"] == "signed-out"
        for response in (
            await sign_in(api),
            await api("accounts", "signing", method="DELETE"),
            await through(
                f"{upstream.origin}/rest", archive="keyed", headers={"X-Obsdeck-As": "me"}
            ),
        ):
            assert (response.code, error_of(response)["message"]) == (403, reason)
        assert upstream.connections == 0
        assert stored() == []


class TestMemory:
    """Where nothing is to be stored."""

    @pytest.fixture
    def obsdeck_config(self, obsdeck_config: dict[str, Any]) -> dict[str, Any]:
        """Store nothing, whatever is proposed."""
        return {**obsdeck_config, "vault": "memory", "keep": "stored"}

    async def test_the_choice_is_not_offered(self, api: Fetch) -> None:
        """Neither shown nor taken."""
        keep = (await listed(api))["keep"]
        assert keep == {"choices": ["page", "session"], "usual": "session"}
        assert (await sign_in(api, keep="file")).code == 400
        assert stored() == []


class TestStored:
    """Where the administrator proposes to keep sign-ins."""

    @pytest.fixture
    def obsdeck_config(self, obsdeck_config: dict[str, Any]) -> dict[str, Any]:
        """Propose it."""
        return {**obsdeck_config, "keep": "stored"}

    async def test_the_vault_that_is_there_is_proposed(self, api: Fetch) -> None:
        """The file, in these tests."""
        assert (await listed(api))["keep"]["usual"] == "file"
