"""The sandbox as pyobs-archive in three generations, beside recordings (``pyobs-archive.md``)."""

import json
from typing import Any

import httpx
import pytest

from obsdeck.tests.sandbox.signing import HTTP, SHARED, desk, password_of

NOT_PROVIDED = "Authentication credentials were not provided."
GENERATIONS = ("a", "b", "c")

#: Generations that were recorded, with the path of ours.
RECORDED = {"v1.1.2": "a", "v2.0.0.dev8": "c", "v1.1.2-no-auth-mode": "public"}
RECORDINGS = sorted(
    path
    for folder in RECORDED
    for pattern in ("auth-*.json", "token-auth*.json", "list-0[1-7]*.json", "list-3[5-7]*.json")
    for path in (SHARED / "pyobs" / folder).glob(pattern)
)


def _token(base: str, generation: str, name: str = "student") -> str:
    return desk(base, f"pyobs/{generation}/admin/token/", name)


def _frames(base: str, generation: str, authorization: str | None, query: str = "") -> Any:
    headers = {} if authorization is None else {"Authorization": authorization}
    return HTTP.get(f"{base}pyobs/{generation}/frames/{query}", headers=headers)


def _login(base: str, generation: str, **options: Any) -> httpx.Response:
    return HTTP.post(f"{base}pyobs/{generation}/api-token-auth/", **options)


def _detail(answer: httpx.Response) -> tuple[int, str]:
    assert answer.headers["www-authenticate"] == "Token"
    return answer.status_code, answer.json()["detail"]


@pytest.mark.parametrize("generation", GENERATIONS)
def test_PYOBS_1_the_header_is_named_authorization(base_url: str, generation: str) -> None:
    token = _token(base_url, generation)
    assert _frames(base_url, generation, f"Token {token}").status_code == 200
    headers = {"Authentication": f"Token {token}"}
    misspelt = HTTP.get(f"{base_url}pyobs/{generation}/frames/", headers=headers)
    assert _detail(misspelt) == (401, NOT_PROVIDED)


@pytest.mark.parametrize("generation", GENERATIONS)
@pytest.mark.parametrize("scheme", ["token", "TOKEN"])
def test_PYOBS_2_the_scheme_ignores_case(base_url: str, generation: str, scheme: str) -> None:
    answer = _frames(base_url, generation, f"{scheme} {_token(base_url, generation)}")
    assert answer.status_code == 200


@pytest.mark.parametrize("generation", GENERATIONS)
def test_PYOBS_3_a_bad_token(base_url: str, generation: str) -> None:
    assert _detail(_frames(base_url, generation, "Token " + "0" * 40)) == (401, "Invalid token.")


def test_PYOBS_3_a_token_of_one_server_is_bad_at_another(base_url: str) -> None:
    token = _token(base_url, "a")
    assert _detail(_frames(base_url, "b", f"Token {token}")) == (401, "Invalid token.")


@pytest.mark.parametrize("generation", GENERATIONS)
def test_PYOBS_4_an_account_that_was_switched_off(base_url: str, generation: str) -> None:
    token = _token(base_url, generation, "inactive")
    answer = _frames(base_url, generation, f"Token {token}")
    assert _detail(answer) == (401, "User inactive or deleted.")


@pytest.mark.parametrize("generation", GENERATIONS)
@pytest.mark.parametrize("name", ["token", "auth_token", "Authorization"])
def test_PYOBS_5_a_token_in_the_query_is_ignored(base_url: str, generation: str, name: str) -> None:
    token = _token(base_url, generation)
    answer = _frames(base_url, generation, None, f"?{name}={token}")
    assert _detail(answer) == (401, NOT_PROVIDED)


def test_PYOBS_6_the_first_generation_signs_in_by_form_and_json(base_url: str) -> None:
    pair = {"username": "student", "password": password_of("student")}
    answers = [
        _login(base_url, "a", data=pair),
        _login(base_url, "a", json=pair),
        _login(base_url, "a", files={name: (None, value) for name, value in pair.items()}),
    ]
    assert {answer.status_code for answer in answers} == {200}
    # Always the same token for a user.
    tokens = {answer.json()["token"] for answer in answers}
    assert tokens == {_token(base_url, "a")}
    assert _frames(base_url, "a", f"Token {tokens.pop()}").status_code == 200


def test_PYOBS_7_a_missing_password_is_told_under_its_name(base_url: str) -> None:
    answer = _login(base_url, "a", data={"username": "student"})
    assert answer.status_code == 400
    assert answer.json() == {"password": ["This field is required."]}


@pytest.mark.parametrize(
    ("name", "password"),
    [("student", "x"), ("nobody", "x"), ("inactive", "sandbox-inactive"), ("student", "é")],
)
def test_PYOBS_8_a_wrong_pair_and_a_switched_off_user_fail_alike(
    base_url: str, name: str, password: str
) -> None:
    answer = _login(base_url, "a", data={"username": name, "password": password})
    assert answer.status_code == 400
    wrong = "Unable to log in with provided credentials."
    assert answer.json() == {"non_field_errors": [wrong]}


@pytest.mark.parametrize("generation", ["b", "c"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_PYOBS_9_later_generations_have_no_login(
    base_url: str, generation: str, method: str
) -> None:
    answer = HTTP.request(method, f"{base_url}pyobs/{generation}/api-token-auth/")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")


def test_PYOBS_10_a_bearer_breaks_the_newest_generation(base_url: str) -> None:
    answer = _frames(base_url, "c", f"Bearer {_token(base_url, 'c')}")
    assert answer.status_code == 500
    assert answer.headers["content-type"].startswith("text/html")
    assert _detail(_frames(base_url, "a", f"Bearer {_token(base_url, 'a')}")) == (401, NOT_PROVIDED)


def test_PYOBS_59_an_empty_sign_in_tells_the_first_generation_without_a_secret(
    base_url: str,
) -> None:
    statuses = {name: _login(base_url, name).status_code for name in (*GENERATIONS, "public")}
    assert statuses == {"a": 400, "b": 404, "c": 404, "public": 400}


def test_the_public_mode_reads_without_a_token_and_cannot_sign_in(base_url: str) -> None:
    for authorization in (None, "Token " + "0" * 40, "Bearer x"):
        assert _frames(base_url, "public", authorization).status_code == 200
    pair = {"username": "student", "password": password_of("student")}
    assert _login(base_url, "public", data=pair).status_code == 500


def test_generations_page_differently(base_url: str) -> None:
    counted = {}
    for name in GENERATIONS:
        authorization = f"Token {_token(base_url, name)}"
        answer = _frames(base_url, name, authorization, "?limit=2").json()
        whole = _frames(base_url, name, authorization, "?offset=0&limit=5000").json()
        assert answer["count"] == len(whole["results"])
        counted[name] = len(answer["results"])
        times = [frame["DATE_OBS"] for frame in whole["results"]]
        assert times == sorted(times)
    assert counted["a"] > 2
    assert counted["b"] == counted["c"] == 2


def _as_ours(recorded: dict[str, Any], base: str, generation: str) -> dict[str, Any]:
    """Return a recorded request with the names and tokens of the sandbox."""
    text = json.dumps(recorded)
    for theirs, ours in {
        "b" * 40: "student",
        "c" * 40: "inactive",
    }.items():
        if theirs in text:
            text = text.replace(theirs, _token(base, generation, ours))
    for theirs, ours in {
        "observer": "student",
        "example-observer-pw": "sandbox-student",
        "example-inactive-pw": "sandbox-inactive",
    }.items():
        text = text.replace(f'"{theirs}"', f'"{ours}"')
    changed: dict[str, Any] = json.loads(text)
    return changed


def _send(request: dict[str, Any], base: str, generation: str) -> httpx.Response:
    url = f"{base}pyobs/{generation}{request['path']}"
    return HTTP.request(
        request["method"],
        url,
        headers=request["headers"],
        data=request.get("form"),
        json=request.get("json"),
    )


def _comparable(content: Any) -> Any:
    """Return what does not depend on which frames there are."""
    if isinstance(content, dict) and "results" in content:
        return [list(frame) for frame in content["results"][:1]]
    if isinstance(content, dict) and "token" in content:
        return "a token"
    if isinstance(content, dict) and "description" in content:
        return "a description"
    return content


@pytest.mark.skipif(not RECORDINGS, reason=f"no recordings below {SHARED / 'pyobs'}")
@pytest.mark.parametrize("path", RECORDINGS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_PYOBS_answers_are_those_of_the_recordings(base_url: str, path: Any) -> None:
    generation = RECORDED[path.parent.name]
    exchange = json.loads(path.read_text())
    answer = _send(_as_ours(exchange["request"], base_url, generation), base_url, generation)
    expected = exchange["response"]
    assert answer.status_code == expected["status"]
    for name in ("WWW-Authenticate", "Allow"):
        assert answer.headers.get(name) == expected["headers"].get(name), name
    if "json" in expected:
        assert answer.headers["content-type"] == "application/json"
        assert _comparable(answer.json()) == _comparable(expected["json"])
    elif not expected.get("empty_body"):
        assert answer.headers["content-type"].startswith("text/html")
