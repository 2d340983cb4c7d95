"""What crosses the gateway, in both directions."""

from __future__ import annotations

import gzip
import json
import logging

import pytest
from tornado.httpclient import HTTPClientError

from obsdeck import __version__
from obsdeck.tests.conftest import Fetch
from obsdeck.tests.gateway.conftest import Names, error_of
from obsdeck.tests.upstream import Upstream, answer


async def test_an_answer_arrives_as_it_was_sent(through: Fetch, upstream: Upstream) -> None:
    upstream.on("/tap/sync", answer(b"<VOTABLE/>", Content_Type="application/x-votable+xml"))
    response = await through(f"{upstream.origin}/tap/sync?QUERY=SELECT%201")
    assert response.code == 200
    assert response.body == b"<VOTABLE/>"
    assert response.headers["Content-Type"] == "application/x-votable+xml"
    assert response.headers["Content-Length"] == "10"
    assert response.headers["X-Obsdeck-Final-Url"].endswith("/tap/sync?QUERY=SELECT%201")


@pytest.mark.parametrize(
    "target",
    [
        "/tap/sync?QUERY=SELECT+'a%27'%20%2B1&x=%e9%C3%A9#",
        '/signed?X-Amz-Signature=ab%2Fcd%3d&Expires=1+2&~!$*(),;:@/?[]{}|^`"<>',
        "//double//slash/./..%2f",
        "/?",
        "?query-without-path",
    ],
)
async def test_RUBIN_37_the_address_is_requested_byte_for_byte(
    through: Fetch, upstream: Upstream, target: str
) -> None:
    await through(upstream.origin + target)
    expected = target.partition("#")[0]
    if not expected.startswith("/"):
        expected = f"/{expected}"
    assert upstream.requests[0].target == expected


async def test_VO_3_a_query_arrives_unchanged(through: Fetch, upstream: Upstream) -> None:
    body = "QUERY=SELECT+%27a%25%2B%26%23%0A%C3%A9%27&MAXREC=5"
    await through(
        f"{upstream.origin}/tap/sync",
        method="POST",
        body=body,
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    (request,) = upstream.requests
    assert request.body == body.encode()
    assert request.headers["content-type"] == "application/x-www-form-urlencoded"
    assert request.headers["content-length"] == str(len(body))


async def test_only_allowed_request_headers_reach_the_archive(
    through: Fetch, upstream: Upstream
) -> None:
    allowed = {
        "Accept": "application/x-votable+xml",
        "Accept-Encoding": "gzip, br",
        "Accept-Language": "de",
        "Range": "bytes=0-9",
        "If-Range": '"a"',
        "If-None-Match": '"b"',
        "If-Modified-Since": "Sat, 21 Nov 2026 00:00:00 GMT",
    }
    hidden = {
        "Cookie": "_xsrf=jupyter; username=alice",
        "Referer": "http://127.0.0.1:8888/lab?token=secret",
        "Origin": "http://127.0.0.1:8888",
        "X-XSRFToken": "jupyter",
        "X-Requested-With": "XMLHttpRequest",
        "X-Forwarded-For": "192.0.2.1",
        "User-Agent": "Mozilla/5.0",
        "Proxy-Authorization": "Basic c2VjcmV0",
        "X-Obsdeck-As": "anyone",
    }
    await through(f"{upstream.origin}/x", headers={**allowed, **hidden})
    (request,) = upstream.requests
    assert request.headers == {
        **{name.lower(): value for name, value in allowed.items()},
        "host": f"127.0.0.1:{upstream.port}",
        "user-agent": f"Obsdeck/{__version__} (+JupyterLab)",
    }


async def test_netrc_is_not_consulted(
    through: Fetch, upstream: Upstream, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = f"{tmp_path}/netrc"
    with open(netrc, "w", encoding="utf-8") as file:  # noqa: ASYNC230, PTH123
        file.write("machine 127.0.0.1 login alice password secret\n")
    monkeypatch.setenv("NETRC", netrc)
    await through(f"{upstream.origin}/x")
    assert "authorization" not in upstream.requests[0].headers


async def test_only_allowed_answer_headers_reach_the_page(
    through: Fetch, upstream: Upstream
) -> None:
    allowed = {
        "Content-Disposition": 'attachment; filename="a.fits"',
        "Content-Range": "bytes 0-1/10",
        "Accept-Ranges": "bytes",
        "ETag": '"abc"',
        "Last-Modified": "Sat, 21 Nov 2026 00:00:00 GMT",
        "Retry-After": "120",
    }
    hidden = {
        "Clear-Site-Data": '"*"',
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Credentials": "true",
        "Refresh": "0; url=http://evil.example/",
        "Link": "<x>; rel=preload",
        "Service-Worker-Allowed": "/",
        "SourceMap": "x.map",
        "Location": "http://evil.example/",
        "Strict-Transport-Security": "max-age=1",
        "X-Obsdeck-Error": "1",
        "X-Frame-Options": "ALLOWALL",
    }
    upstream.on("/x", answer(b"ab", "206 Partial Content", **allowed, **hidden))
    response = await through(f"{upstream.origin}/x")
    assert response.code == 206
    assert {name: response.headers[name] for name in allowed} == allowed
    assert not [name for name in hidden if name in response.headers]


async def test_an_archives_cookie_never_reaches_the_page(
    through: Fetch, upstream: Upstream
) -> None:
    upstream.on("/x", answer(b"", Set_Cookie="session=1"))
    response = await through(f"{upstream.origin}/x")
    # Jupyter may set its own login cookie.
    assert not [c for c in response.headers.get_list("Set-Cookie") if "session" in c]


async def test_every_answer_is_sandboxed_and_never_stored(
    through: Fetch, upstream: Upstream
) -> None:
    upstream.on("/x", answer(b"<script>", Content_Type="text/html", Cache_Control="max-age=9"))
    response = await through(f"{upstream.origin}/x")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "sandbox"
    assert response.headers["Cache-Control"] == "no-store"


async def test_a_challenge_gets_another_name(through: Fetch, upstream: Upstream) -> None:
    raw = (
        b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n"
        b'WWW-Authenticate: Basic realm="a, b"\r\nWWW-Authenticate: ivoa_bearer\r\n\r\nno'
    )
    upstream.on("/x", raw)
    response = await through(f"{upstream.origin}/x")
    assert response.code == 401
    assert "WWW-Authenticate" not in response.headers
    assert response.headers["X-Obsdeck-Challenge"] == 'Basic realm="a, b", ivoa_bearer'
    assert "X-Obsdeck-Error" not in response.headers


async def test_compressed_answers_pass_untouched(through: Fetch, upstream: Upstream) -> None:
    packed = gzip.compress(b"<VOTABLE/>" * 100)
    upstream.on("/x", answer(packed, Content_Encoding="gzip", Content_Type="text/xml"))
    response = await through(f"{upstream.origin}/x", headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert response.headers["Content-Length"] == str(len(packed))
    assert response.body == packed


async def test_a_chunked_answer_arrives_whole(through: Fetch, upstream: Upstream) -> None:
    upstream.on(
        "/x",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n",
    )
    response = await through(f"{upstream.origin}/x")
    assert response.body == b"abcdefg"
    assert response.headers["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
async def test_verbs_and_bodies_pass(through: Fetch, upstream: Upstream, method: str) -> None:
    response = await through(
        f"{upstream.origin}/x", method=method, body='{"a": 1}', allow_nonstandard_methods=True
    )
    assert response.body == b"ok"
    assert [(r.method, r.body) for r in upstream.requests] == [(method, b'{"a": 1}')]


async def test_delete_without_body_has_none(through: Fetch, upstream: Upstream) -> None:
    await through(f"{upstream.origin}/async/1", method="DELETE")
    (request,) = upstream.requests
    assert request.method == "DELETE"
    assert "transfer-encoding" not in request.headers


async def test_head_gives_the_length_without_a_body(through: Fetch, upstream: Upstream) -> None:
    upstream.on("/x", b"HTTP/1.1 200 OK\r\nContent-Length: 2147483648\r\n\r\n")
    response = await through(f"{upstream.origin}/x", method="HEAD")
    assert upstream.requests[0].method == "HEAD"
    assert response.headers["Content-Length"] == "2147483648"
    assert response.body == b""


@pytest.mark.parametrize("status", ["204 No Content", "304 Not Modified"])
async def test_answers_without_body_pass(through: Fetch, upstream: Upstream, status: str) -> None:
    upstream.on("/x", f"HTTP/1.1 {status}\r\nETag: W/1\r\n\r\n".encode())
    response = await through(f"{upstream.origin}/x")
    assert response.code == int(status[:3])
    assert response.body == b""


@pytest.mark.parametrize("status", [400, 404, 422, 429, 500, 503])
async def test_an_archives_own_errors_are_passed_on(
    through: Fetch, upstream: Upstream, status: int
) -> None:
    upstream.on("/x", answer(b"<VOTABLE>error</VOTABLE>", f"{status} Whatever"))
    response = await through(f"{upstream.origin}/x")
    assert (response.code, response.body) == (status, b"<VOTABLE>error</VOTABLE>")
    assert "X-Obsdeck-Error" not in response.headers


async def test_the_url_header_is_needed_on_get_too(api: Fetch, upstream: Upstream) -> None:
    error = error_of(await api("gateway", "local"))
    assert error["kind"] == "rejected"
    assert "X-Obsdeck-Url" in error["message"]


async def test_an_unknown_archive_is_not_found(through: Fetch, upstream: Upstream) -> None:
    error = error_of(await through(f"{upstream.origin}/x", archive="nowhere"))
    assert (error["kind"], error["status"]) == ("not-found", 404)


async def test_no_query_is_ever_logged(
    through: Fetch, upstream: Upstream, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    upstream.on("/moved", answer(b"", "303 See Other", Location="/x?token=secret-2"))
    upstream.on("/cut", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc")
    await through(f"{upstream.origin}/moved?token=secret-1")
    await through("http://10.0.0.1/?token=secret-3")
    with pytest.raises(HTTPClientError):
        await through(f"{upstream.origin}/cut?token=secret-4")
    assert "/moved" in caplog.text or "/x" in caplog.text
    assert "secret" not in caplog.text


async def test_errors_are_json_that_names_the_archive(through: Fetch) -> None:
    response = await through("http://10.0.0.1/", archive="new")
    assert response.headers["Content-Type"].startswith("application/json")
    error = json.loads(response.body)["error"]
    assert error["archive"] == "new"
    assert error["message"] == "10.0.0.1: 10.0.0.1 is not called, because it is a private address."
    assert error["hint"] == "An address on your own network can be added by an administrator only."


async def test_an_address_not_yet_added_goes_by_its_host(through: Fetch, names: Names) -> None:
    nowhere = error_of(await through("https://nowhere.example/tap/tables", archive="new"))
    secret = error_of(await through("https://me:secret@x.example?a=secret", archive="new"))
    assert nowhere["message"].startswith("nowhere.example: the host nowhere.example ")
    assert nowhere["hint"] == "Check the address and your network connection, and try again."
    assert secret["message"].startswith("x.example: this address is not called")
    assert "secret" not in secret["message"]
