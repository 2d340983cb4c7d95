"""Nobody gets anything without the Jupyter login, and no other site can borrow it."""

from __future__ import annotations

import json

import pytest
from jupyter_server.auth import Authorizer, User
from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.serverapp import ServerApp
from tornado.web import RequestHandler
from traitlets.config import Config

from obsdeck.routes import ROUTES
from obsdeck.routes.base import ObsdeckHandler, PrivateHandler
from obsdeck.tests.conftest import Fetch
from obsdeck.tests.upstream import Upstream
from obsdeck.tests.visits import Visit, signed_in


def concrete(pattern: str) -> str:
    return pattern.replace("([a-z0-9-]+)", "local").replace("([A-Za-z0-9-]{1,64})", "one")


def registered(app: ServerApp) -> set[str]:
    """Return all patterns of the running server that are ours."""
    rules = [rule for group in app.web_app.default_router.rules for rule in group.target.rules]
    patterns = [getattr(rule.matcher, "regex", None) for rule in rules]
    return {p.pattern for p in patterns if p is not None and "/obsdeck/" in p.pattern}


async def test_all_registered_routes_are_walked(jp_serverapp: ServerApp, jp_base_url: str) -> None:
    expected = {f"{jp_base_url}{pattern}$" for pattern, _ in ROUTES}
    assert registered(jp_serverapp) == expected


async def open_verbs(visit: Visit, path: str, **headers: str) -> list[str]:
    """Return the verbs that get more than a refusal without the login."""
    found = []
    for verb in RequestHandler.SUPPORTED_METHODS:
        response = await visit(path, method=verb, headers=headers)
        is_login = response.code == 302 and "/login" in response.headers.get("Location", "")
        if response.code != 403 and not is_login:
            found.append(verb)
    return found


@pytest.mark.parametrize("pattern", [pattern for pattern, _ in ROUTES])
async def test_every_verb_needs_the_login(visit: Visit, upstream: Upstream, pattern: str) -> None:
    headers = {"X-Obsdeck-Url": f"{upstream.origin}/x"}
    assert await open_verbs(visit, concrete(pattern), **headers) == []
    assert upstream.connections == 0


class Bare(RequestHandler):
    """A route whose author forgot the login."""

    def get(self) -> None:
        """Answer anybody."""
        self.finish("hello")


class Forgetful(ObsdeckHandler):
    """A route whose author forgot the decorator, which the base class makes up for."""

    def get(self) -> None:
        """Answer those who are signed in."""
        self.finish("hello")


async def test_the_checks_catch_a_route_without_login(
    visit: Visit, jp_serverapp: ServerApp, jp_base_url: str
) -> None:
    routes = [("obsdeck/api/bare", Bare), ("obsdeck/api/forgetful", Forgetful)]
    rules = [(f"{jp_base_url}{path}", handler) for path, handler in routes]
    jp_serverapp.web_app.add_handlers(".*$", rules)  # type: ignore[no-untyped-call]
    assert "GET" in await open_verbs(visit, "obsdeck/api/bare")
    assert await open_verbs(visit, "obsdeck/api/forgetful") == []
    unlisted = registered(jp_serverapp) - {f"{jp_base_url}{pattern}$" for pattern, _ in ROUTES}
    assert unlisted == {f"{jp_base_url}{path}$" for path, _ in routes}


class Nobody(Authorizer):
    """An authorizer of a shared server that allows others, but not us."""

    def is_authorized(
        self, handler: JupyterHandler, user: User, action: str, resource: str
    ) -> bool:
        """Say no to our routes."""
        return resource != "obsdeck"


class TestAuthorizer:
    """Where the administrator decides who may do what."""

    @pytest.fixture
    def jp_server_config(self, jp_server_config: Config) -> Config:
        """Add the authorizer."""
        jp_server_config.ServerApp.authorizer_class = Nobody
        return jp_server_config

    async def test_the_authorizer_is_asked(self, through: Fetch, upstream: Upstream) -> None:
        """It refuses, and nothing goes out."""
        response = await through(f"{upstream.origin}/x")
        assert response.code == 403
        assert upstream.connections == 0


async def test_the_gateway_needs_the_xsrf_token_on_every_verb(
    visit: Visit, upstream: Upstream, jp_serverapp: ServerApp
) -> None:
    cookies, xsrf = await signed_in(visit, jp_serverapp.identity_provider.token)
    headers = {**cookies, "X-Obsdeck-Url": f"{upstream.origin}/x"}
    path = "obsdeck/api/gateway/local"
    referer = f"http://127.0.0.1:{jp_serverapp.port}/lab"  # enough for Jupyter's own GETs
    verbs = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]
    for verb in verbs:
        without = await visit(path, method=verb, headers={**headers, "Referer": referer})
        wrong = await visit(path, method=verb, headers={**headers, "X-XSRFToken": "wrong"})
        assert (without.code, wrong.code) == (403, 403), verb
        assert "X-Obsdeck-Error" not in without.headers
    assert upstream.connections == 0
    for verb in verbs:
        right = await visit(path, method=verb, headers={**headers, "X-XSRFToken": xsrf})
        assert right.code == 200, verb
    assert [request.method for request in upstream.requests] == verbs


@pytest.mark.parametrize(("pattern", "handler"), ROUTES)
async def test_no_route_changes_anything_without_the_xsrf_token(
    visit: Visit,
    upstream: Upstream,
    jp_serverapp: ServerApp,
    pattern: str,
    handler: type[JupyterHandler],
) -> None:
    cookies, xsrf = await signed_in(visit, jp_serverapp.identity_provider.token)
    headers = {
        **cookies,
        "X-Obsdeck-Url": f"{upstream.origin}/x",
        "Referer": f"http://127.0.0.1:{jp_serverapp.port}/lab",
    }
    reading = ["GET", "HEAD"] if issubclass(handler, PrivateHandler) else []
    for verb in [*reading, "POST", "PUT", "PATCH", "DELETE"]:
        without = await visit(concrete(pattern), method=verb, headers=headers)
        wrong = {**headers, "X-XSRFToken": f"{xsrf}x"}
        assert without.code == 403, verb
        assert (await visit(concrete(pattern), method=verb, headers=wrong)).code == 403, verb
    assert upstream.connections == 0


def test_what_says_who_somebody_is_and_what_goes_out_is_private() -> None:
    private = {pattern for pattern, handler in ROUTES if issubclass(handler, PrivateHandler)}
    assert private >= {pattern for pattern, _ in ROUTES if "accounts" in pattern}
    assert private >= {pattern for pattern, _ in ROUTES if "gateway" in pattern}
    assert private >= {pattern for pattern, _ in ROUTES if "jobs" in pattern}
    assert private >= {pattern for pattern, _ in ROUTES if "downloads" in pattern}


@pytest.mark.parametrize(
    ("verb", "path"),
    [("POST", "archives"), ("PATCH", "archives/user-mine"), ("DELETE", "archives/user-mine")],
)
async def test_archives_change_with_the_xsrf_token_only(
    visit: Visit, jp_serverapp: ServerApp, verb: str, path: str
) -> None:
    cookies, xsrf = await signed_in(visit, jp_serverapp.identity_provider.token)
    for headers in (cookies, {**cookies, "X-XSRFToken": "wrong"}):
        response = await visit(f"obsdeck/api/{path}", method=verb, headers=headers, body="{}")
        assert response.code == 403
    headers = {**cookies, "X-XSRFToken": xsrf}
    response = await visit(f"obsdeck/api/{path}", method=verb, headers=headers, body="{}")
    assert response.code in {400, 404}


async def test_another_site_with_the_cookie_gets_nothing(
    visit: Visit, upstream: Upstream, jp_serverapp: ServerApp
) -> None:
    cookies, xsrf = await signed_in(visit, jp_serverapp.identity_provider.token)
    headers = {
        **cookies,
        "X-XSRFToken": xsrf,
        "X-Obsdeck-Url": f"{upstream.origin}/x",
        "Origin": "https://evil.example",
    }
    response = await visit("obsdeck/api/gateway/local", headers=headers)
    assert response.code in {403, 404}
    assert upstream.connections == 0


async def test_token_requests_open_nothing_to_other_origins(
    visit: Visit, upstream: Upstream, jp_auth_header: dict[str, str]
) -> None:
    headers = {
        **jp_auth_header,
        "X-Obsdeck-Url": f"{upstream.origin}/x",
        "Origin": "https://other.example",
    }
    response = await visit("obsdeck/api/gateway/local", headers=headers)
    assert not [name for name in response.headers if name.startswith("Access-Control-")]


async def test_jupyters_own_refusals_are_json_too(visit: Visit) -> None:
    response = await visit("obsdeck/api/hello")
    error = json.loads(response.body)["error"]
    assert (response.code, error["kind"], error["status"]) == (403, "forbidden", 403)
