"""Redirects are followed by the server, every hop checked again."""

from __future__ import annotations

import pytest

from obsdeck.gateway.body import REPLAY_LIMIT
from obsdeck.tests.conftest import Fetch
from obsdeck.tests.gateway.conftest import error_of
from obsdeck.tests.upstream import Upstream, answer


def redirect(location: str, status: str = "303 See Other") -> bytes:
    return answer(b"moved", status, Location=location)


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other"])
async def test_VO_4_a_redirect_after_post_is_followed_with_get(
    through: Fetch, upstream: Upstream, status: str
) -> None:
    upstream.on("/sync", redirect("/result", status))
    upstream.on("/result", answer(b"rows"))
    response = await through(
        f"{upstream.origin}/sync",
        method="POST",
        body="QUERY=SELECT",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    first, second = upstream.requests
    assert (response.code, response.body) == (200, b"rows")
    assert (first.method, first.body) == ("POST", b"QUERY=SELECT")
    assert (second.method, second.target, second.body) == ("GET", "/result", b"")
    assert not {"content-type", "content-length"} & set(second.headers)


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("job/7", "/tap/job/7"),
        ("../async/7?a=%2f", "/async/7?a=%2f"),
        ("/async/7?sig=%2B+%7E'", "/async/7?sig=%2B+%7E'"),
        ("?x=1", "/tap/sync?x=1"),
        ("/go/http://other.example/", "/go/http://other.example/"),
        ("/caf\xc3\xa9 x", "/caf%C3%A9%20x"),
    ],
)
async def test_VO_8_a_relative_location_is_resolved_against_the_request(
    through: Fetch, upstream: Upstream, location: str, target: str
) -> None:
    upstream.on("/tap/sync", redirect(location))
    response = await through(f"{upstream.origin}/tap/sync?first")
    if target.startswith("/tap/sync"):  # that page redirects again, to itself: a circle
        assert error_of(response)["kind"] == "bad-answer"
    else:
        assert response.headers["X-Obsdeck-Final-Url"] == upstream.origin + target
    assert upstream.requests[1].target == target


async def test_the_page_learns_the_final_address_and_never_the_location(
    through: Fetch, upstream: Upstream
) -> None:
    upstream.on("/a", redirect(f"{upstream.origin}/b?x=1"))
    response = await through(f"{upstream.origin}/a")
    assert response.headers["X-Obsdeck-Final-Url"] == f"{upstream.origin}/b?x=1"
    assert "Location" not in response.headers


@pytest.mark.parametrize("status", ["307 Temporary Redirect", "308 Permanent Redirect"])
async def test_307_and_308_repeat_method_and_body(
    through: Fetch, upstream: Upstream, status: str
) -> None:
    upstream.on("/a", redirect("/b", status))
    response = await through(f"{upstream.origin}/a", method="POST", body="q=1")
    assert response.code == 200
    assert [(r.method, r.body) for r in upstream.requests] == [("POST", b"q=1")] * 2


async def test_an_upload_too_large_to_repeat_is_not_redirected(
    through: Fetch, upstream: Upstream
) -> None:
    upstream.on("/a", redirect("/b", "307 Temporary Redirect"))
    response = await through(f"{upstream.origin}/a", method="POST", body="x" * (REPLAY_LIMIT + 1))
    assert error_of(response)["kind"] == "bad-answer"
    assert len(upstream.requests) == 1


async def test_a_body_never_goes_to_another_origin(through: Fetch, upstream: Upstream) -> None:
    upstream.on("/a", redirect("https://elsewhere.example/b", "307 Temporary Redirect"))
    response = await through(f"{upstream.origin}/a", method="POST", body="q=1")
    error = error_of(response)
    assert error["kind"] == "bad-answer"
    assert "https://elsewhere.example" in error["message"]


@pytest.mark.parametrize(
    "location",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://[::1]/",
        "//127.0.0.1:1/",
        "http://localhost/",
        "http://2130706433/",
    ],
)
async def test_a_redirect_to_a_private_address_is_refused(
    through: Fetch, upstream: Upstream, location: str
) -> None:
    upstream.on("/a", redirect(location))
    response = await through(f"{upstream.origin}/a")
    assert error_of(response)["kind"] == "refused-address"


@pytest.mark.parametrize(
    "location", ["javascript:alert(1)", "file:///etc/passwd", "http://u:p@x.example/"]
)
async def test_a_redirect_to_no_web_address_is_a_bad_answer(
    through: Fetch, upstream: Upstream, location: str
) -> None:
    upstream.on("/a", redirect(location))
    response = await through(f"{upstream.origin}/a")
    assert error_of(response)["kind"] == "bad-answer"


async def test_a_circle_of_redirects_is_a_bad_answer(through: Fetch, upstream: Upstream) -> None:
    upstream.on("/a", redirect("/b"))
    upstream.on("/b", redirect("/a"))
    error = error_of(await through(f"{upstream.origin}/a"))
    assert error["kind"] == "bad-answer"
    assert "circle" in error["message"]
    assert len(upstream.requests) == 2


async def test_an_endless_chain_of_redirects_ends(through: Fetch, upstream: Upstream) -> None:
    for number in range(10):
        upstream.on(f"/{number}", redirect(f"/{number + 1}"))
    error = error_of(await through(f"{upstream.origin}/0"))
    assert error["kind"] == "bad-answer"
    assert "more than 5 redirects" in error["message"]
    assert len(upstream.requests) == 6


async def test_five_redirects_are_followed(through: Fetch, upstream: Upstream) -> None:
    for number in range(5):
        upstream.on(f"/{number}", redirect(f"/{number + 1}"))
    assert (await through(f"{upstream.origin}/0")).code == 200


async def test_head_stays_head(through: Fetch, upstream: Upstream) -> None:
    upstream.on("/a", redirect("/b", "302 Found"))
    await through(f"{upstream.origin}/a", method="HEAD")
    assert [r.method for r in upstream.requests] == ["HEAD", "HEAD"]


async def test_a_3xx_without_location_is_passed_on(through: Fetch, upstream: Upstream) -> None:
    upstream.on("/a", answer(b"choose", "300 Multiple Choices"))
    response = await through(f"{upstream.origin}/a", follow_redirects=False)
    assert (response.code, response.body) == (300, b"choose")
