"""What the sandbox, as ESO's server, asks of a client that signs in (``eso.md``, 10)."""

import base64
import json
from typing import Any, cast

import pytest

from obsdeck.tests.sandbox.signing import (
    ESO_PARAMETERS,
    HTTP,
    SHARED,
    bearer,
    count,
    eso_sign_in,
    eso_token,
    tap,
)


def _claims(token: str) -> dict[str, Any]:
    part = token.split(".")[1]
    read: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return read


@pytest.mark.parametrize("secret", ["clientSecret", None])
def test_ESO_1_the_five_parameters_are_enough_and_the_secret_is_optional(
    base_url: str, secret: str | None
) -> None:
    assert eso_sign_in(base_url, client_secret=secret).status_code == 200


@pytest.mark.parametrize("name", [*list(ESO_PARAMETERS)[:3], "username", "password"])
def test_ESO_1_each_of_the_five_parameters_is_needed(base_url: str, name: str) -> None:
    answer = eso_sign_in(base_url, **cast("dict[str, Any]", {name: None}))
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")
    assert name in answer.json()["error_description"]


def test_ESO_1_no_other_parameter_and_no_other_method_is_taken(base_url: str) -> None:
    assert eso_sign_in(base_url, scope="openid").status_code == 400
    parameters = {**ESO_PARAMETERS, "username": "astronomer", "password": "sandbox-astronomer"}
    assert HTTP.post(f"{base_url}eso/sso/oidc/token", data=parameters).status_code == 405


@pytest.mark.parametrize("encoded", ["id_token%20token", "id_token+token"])
def test_ESO_2_either_encoding_of_the_blank_is_understood(base_url: str, encoded: str) -> None:
    rest = "grant_type=password&client_id=clientid&username=student&password=sandbox-student"
    url = f"{base_url}eso/sso/oidc/token?response_type={encoded}&{rest}"
    assert HTTP.get(url).status_code == 200


@pytest.mark.parametrize("wrong", ["id_token%20token", "id_token+token", "id_token", "token"])
def test_ESO_2_a_response_type_that_is_encoded_twice_is_refused(base_url: str, wrong: str) -> None:
    assert eso_sign_in(base_url, response_type=wrong).status_code == 400


def test_the_name_that_the_token_tells_signs_in_again(base_url: str) -> None:
    assert eso_sign_in(base_url, username="ASTRONOMER").status_code == 200


def test_ESO_3_only_the_id_token_opens_the_archive(base_url: str) -> None:
    tokens = eso_sign_in(base_url).json()
    assert tap(base_url, "eso/tap", headers=bearer(tokens["id_token"])).status_code == 200
    refused = tap(base_url, "eso/tap", headers=bearer(tokens["access_token"]))
    assert refused.status_code == 401
    assert 'error="invalid_token"' in refused.headers["www-authenticate"]


def test_ESO_4_a_sign_in_may_answer_200_without_an_id_token(base_url: str) -> None:
    answer = eso_sign_in(base_url, "answers-nothing")
    assert answer.status_code == 200
    assert "id_token" not in answer.json()


def test_ESO_5_a_failure_may_be_a_page(base_url: str) -> None:
    answer = eso_sign_in(base_url, "answers-html")
    assert answer.status_code == 400
    with pytest.raises(json.JSONDecodeError):
        answer.json()


def test_ESO_5_wrong_name_and_wrong_password_fail_alike(base_url: str) -> None:
    answers = [
        eso_sign_in(base_url, password="wrong"),
        eso_sign_in(base_url, "nobody"),
        eso_sign_in(base_url, "inactive"),
        eso_sign_in(base_url, password="sandbox-astronomer "),
    ]
    assert {answer.status_code for answer in answers} == {400}
    assert len({answer.content for answer in answers}) == 1
    assert answers[0].json()["error"] == "invalid_grant"


def test_ESO_7_the_end_is_in_the_claims_whatever_their_length(base_url: str) -> None:
    remainders = set()
    for name in ("astronomer", "student", "expires-9", "expires-99", "expires-999"):
        answer = eso_sign_in(base_url, name).json()
        claims = _claims(answer["id_token"])
        assert claims["exp"] == claims["iat"] + answer["expires_in"]
        assert claims["nbf"] == claims["iat"] - 300
        remainders.add(len(answer["id_token"].split(".")[1]) % 4)
    # Base64 of n bytes without padding has these remainders.
    assert remainders == {0, 2, 3}


def test_ESO_7_the_answer_is_shaped_as_the_recorded_one(base_url: str) -> None:
    path = SHARED / "eso/oidc_token.json"
    if not path.exists():
        pytest.skip(f"{path} is not here")
    recorded = json.loads(path.read_text())
    answer = eso_sign_in(base_url).json()
    assert answer.keys() == recorded.keys()
    assert {answer[k] == recorded[k] for k in ("token_type", "expires_in", "scope")} == {True}
    sample = json.loads((SHARED / "eso/synthetic_jwt.json").read_text())["claims"]
    claims = _claims(answer["id_token"])
    assert claims.keys() == sample.keys()
    assert {k: type(v) for k, v in claims.items()} == {k: type(v) for k, v in sample.items()}
    assert claims["sub"] == claims["preferred_username"] == "ASTRONOMER"


@pytest.mark.parametrize("spoilt", ["{}==", "{}=", " {}x", "x{}"])
def test_ESO_9_a_token_with_something_added_is_refused(base_url: str, spoilt: str) -> None:
    headers = bearer(spoilt.format(eso_token(base_url)))
    assert tap(base_url, "eso/tap", headers=headers).status_code == 401


def test_ESO_10_anonymous_and_authorised_queries_tell_rows_apart(base_url: str) -> None:
    """A client that signs an anonymous query, or not an authorised one, gets other rows."""
    anonymous = count(tap(base_url, "eso/tap"))
    student = count(tap(base_url, "eso/tap", headers=bearer(eso_token(base_url, "student"))))
    astronomer = count(tap(base_url, "eso/tap", headers=bearer(eso_token(base_url))))
    assert anonymous == student < astronomer
