"""What a browser without Obsdeck's page sends to the server: exactly what it is told."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http.cookies import SimpleCookie

from tornado.httpclient import HTTPResponse

Visit = Callable[..., Awaitable[HTTPResponse]]
"""Asks for a path below the base URL; answers of every status are returned."""


async def signed_in(visit: Visit, token: str) -> tuple[dict[str, str], str]:
    """Return cookies of a browser that signed in with the token, and its XSRF token."""
    response = await visit(f"lab?token={token}")
    jar: SimpleCookie = SimpleCookie()
    for line in response.headers.get_list("Set-Cookie"):
        jar.load(line)
    page = await visit("login", headers={"Cookie": cookie_line(jar)})
    for line in page.headers.get_list("Set-Cookie"):
        jar.load(line)
    return {"Cookie": cookie_line(jar)}, jar["_xsrf"].value


def cookie_line(jar: SimpleCookie) -> str:
    return "; ".join(f"{name}={morsel.value}" for name, morsel in jar.items())
