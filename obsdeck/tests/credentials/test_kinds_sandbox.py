"""All ways of signing in, over the wire, at the archives that the sandbox plays."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import httpx
import pytest

from obsdeck.archives.archive import Archive
from obsdeck.archives.signin import complete
from obsdeck.archives.store import ArchiveStore
from obsdeck.credentials.credential import Credential, Signature
from obsdeck.credentials.kinds import KINDS
from obsdeck.errors import ObsdeckError
from obsdeck.gateway.asking import Asker
from obsdeck.gateway.client import GatewayClient
from obsdeck.tests.credentials.asking import fields
from obsdeck.tests.sandbox.serving import shared_url

PAIR = {"username": "astronomer", "password": "sandbox-astronomer"}
STUDENT = {"username": "student", "password": "sandbox-student"}
NOTHING = Signature()


@pytest.fixture(scope="module")
def origin() -> str:
    return shared_url().rstrip("/")


@pytest.fixture(scope="module")
def store(origin: str) -> ArchiveStore:
    return ArchiveStore(None, sandbox_origin=lambda: origin, sandbox_systems=True)


async def sign_in(archive: Archive, **typed: str) -> Credential:
    kind = KINDS[archive.definition["signIn"]["kind"]]
    client = GatewayClient(lambda: 1)
    try:
        return await kind.sign_in(archive, fields(**typed), Asker(client))
    finally:
        await client.close()


async def failure(archive: Archive, **typed: str) -> ObsdeckError:
    with pytest.raises(ObsdeckError) as caught:
        await sign_in(archive, **typed)
    return caught.value


def issued(url: str, **form: str) -> str:
    """Fetch a token from a page of the sandbox, as people do."""
    answer = httpx.post(url, data=form, headers={"Accept": "application/json"}, trust_env=False)
    token: str = answer.json()["token"]
    return token


def status(url: str, signature: Signature = NOTHING, **options: Any) -> int:
    """Return the status of a request that carries a signature."""
    headers = {name: value.reveal() for name, value in signature.headers.items()}
    params = {name: value.reveal() for name, value in signature.parameters.items()}
    request = {"headers": headers, "params": params or None, "trust_env": False, **options}
    return httpx.get(url, timeout=60, **request).status_code


async def renewed(archive: Archive, credential: Credential) -> Credential | None:
    client = GatewayClient(lambda: 1)
    try:
        return await KINDS[credential.kind].renew(archive, credential, Asker(client))
    finally:
        await client.close()


async def test_ESO_1_to_the_sandbox(store: ArchiveStore) -> None:
    eso = store.get("sandbox-eso")
    credential = await sign_in(eso, **PAIR)
    assert (credential.who, credential.roles) == ("ASTRONOMER", ("user",))
    assert credential.expires is not None
    error = await failure(eso, username="astronomer", password="nope")
    assert error.message == "Sandbox ESO did not accept this user name and password."


@pytest.mark.parametrize("name", ["answers-html", "answers-nothing"])
async def test_ESO_4_and_ESO_5_odd_answers_are_a_failed_sign_in(
    store: ArchiveStore, name: str
) -> None:
    error = await failure(store.get("sandbox-eso"), username=name, password="x")
    assert error.kind == "not-signed-in"


async def test_RUBIN_1_to_the_sandbox(store: ArchiveStore, origin: str) -> None:
    rubin = store.get("sandbox-rubin")
    desk = rubin.definition["signIn"]["registerUrl"]
    token = issued(desk, **PAIR)
    credential = await sign_in(rubin, token=token)
    assert credential.who == "astronomer"
    assert "read:tap" in credential.roles
    query = {"LANG": "ADQL", "QUERY": "SELECT TOP 1 obs_id FROM ivoa.ObsCore"}
    url = f"{origin}/rubin/api/tap/sync"
    signature = KINDS["bearer"].sign(rubin, credential)
    assert status(url, signature, params=query) == 200
    assert status(url, params=query) == 401


@pytest.mark.parametrize("scheme", ["bearer", "basic"])
async def test_RUBIN_4_the_sandbox_takes_both_forms(store: ArchiveStore, scheme: str) -> None:
    rubin = store.get("sandbox-rubin")
    sign_in_as = {**rubin.definition["signIn"], "scheme": scheme}
    changed = replace(rubin, definition={**rubin.definition, "signIn": sign_in_as})
    token = issued(rubin.definition["signIn"]["registerUrl"], **PAIR)
    assert (await sign_in(changed, token=token)).who == "astronomer"


async def test_RUBIN_7_an_unknown_token_is_told(store: ArchiveStore) -> None:
    error = await failure(store.get("sandbox-rubin"), token=f"gt-{'x' * 22}.{'y' * 22}")
    assert error.kind == "expired"


async def test_MMODA_15_and_MMODA_18_to_the_sandbox(store: ArchiveStore) -> None:
    mmoda = store.get("sandbox-mmoda")
    desk = mmoda.definition["signIn"]["registerUrl"]
    credential = await sign_in(mmoda, token=issued(desk, **PAIR, lifetime="600"))
    assert credential.checked is not None
    assert {"gallery contributor", "refresh-tokens"} <= set(credential.roles)
    newer = await renewed(mmoda, credential)
    assert newer is not None
    assert newer.expires == (credential.expires or 0) + 604_800
    student = await sign_in(mmoda, token=issued(desk, **STUDENT))
    with pytest.raises(ObsdeckError, match="the role refresh-tokens is missing"):
        await renewed(mmoda, student)


async def test_MMODA_8_the_sandbox_finds_the_token_among_the_parameters(
    store: ArchiveStore, origin: str
) -> None:
    mmoda = store.get("sandbox-mmoda")
    token = issued(mmoda.definition["signIn"]["registerUrl"], **PAIR)
    credential = await sign_in(mmoda, token=token)
    url = f"{origin}/mmoda/dispatch-data/get_list_terms"
    assert status(url, KINDS["jwt-parameter"].sign(mmoda, credential)) == 200
    assert status(url, headers={"Authorization": f"Bearer {token}"}) == 403


async def test_AURORAX_1_to_the_sandbox(store: ArchiveStore) -> None:
    aurorax = store.get("sandbox-aurorax")
    desk = aurorax.definition["signIn"]["registerUrl"]
    student = await sign_in(aurorax, key=issued(desk, **STUDENT))
    assert student.checked is not None
    assert student.roles == ()
    error = await failure(aurorax, key="k-not-a-key")
    assert error.message == "Sandbox AuroraX did not accept this API key."


def pyobs(store: ArchiveStore, generation: str) -> Archive:
    """Return the sandbox's pyobs-archive of another generation."""
    first = store.get("sandbox-pyobs")
    base = f"{first.definition['services']['rest']['url'][:-1]}{generation}"
    changed = {
        "services": {"rest": {"url": base}},
        "signIn": complete({"kind": "drf-token"}, base, pyobs=True),
        "origins": [base],
    }
    return replace(first, definition={**first.definition, **changed})


async def test_PYOBS_6_generation_a_of_the_sandbox(store: ArchiveStore) -> None:
    archive = pyobs(store, "a")
    assert archive.definition["signIn"] == store.get("sandbox-pyobs").definition["signIn"]
    credential = await sign_in(archive, **PAIR)
    assert (credential.who, credential.facts["generation"]) == ("astronomer", "A")
    url = archive.definition["signIn"]["userInfoUrl"]
    assert status(url, KINDS["drf-token"].sign(archive, credential)) == 200
    assert status(url) == 401
    error = await failure(archive, username="astronomer", password="nope")
    assert error.message == "Sandbox pyobs did not accept this user name and password."


@pytest.mark.parametrize(("generation", "known"), [("b", "B"), ("c", "C")])
async def test_PYOBS_9_the_other_generations_of_the_sandbox(
    store: ArchiveStore, generation: str, known: str
) -> None:
    archive = pyobs(store, generation)
    error = await failure(archive, **PAIR)
    assert error.hint == "Type the token instead."
    base = archive.definition["services"]["rest"]["url"]
    credential = await sign_in(archive, token=issued(f"{base}/admin/token/", **PAIR))
    assert credential.facts["generation"] == known
    assert (await failure(archive, token="0" * 40)).hint.endswith("“Invalid token.”")
    off = {"username": "inactive", "password": "sandbox-inactive"}
    assert (await failure(archive, token=issued(f"{base}/admin/token/", **off))).kind == "forbidden"


async def test_basic_to_the_sandbox(store: ArchiveStore) -> None:
    archive = store.get("sandbox-basic")
    assert (await sign_in(archive, **PAIR)).who == "astronomer"
    error = await failure(archive, username="astronomer", password="nope")
    assert error.message == "Sandbox Basic did not accept this user name and password."


async def test_the_sign_on_of_the_vo_to_the_sandbox(store: ArchiveStore, origin: str) -> None:
    basic = store.get("sandbox-basic")
    changed = {
        "services": {"tap": [{"url": f"{origin}/vo/tap", "title": "VO"}]},
        "signIn": {"kind": "ivoa-bearer", "tokenUrl": f"{origin}/vo/login"},
        "origins": [f"{origin}/vo"],
    }
    archive = replace(basic, definition={**basic.definition, **changed})
    credential = await sign_in(archive, **PAIR)
    assert credential.who == "astronomer"
    url = f"{origin}/vo/tap/capabilities"
    assert status(url, KINDS["ivoa-bearer"].sign(archive, credential)) == 200
    assert status(url) == 401
    assert (await failure(archive, username="astronomer", password="x")).kind == "not-signed-in"
