"""Whose accounts they are."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest
from jupyter_server.auth import IdentityProvider, PasswordIdentityProvider
from jupyter_server.serverapp import ServerApp
from traitlets.config import Config

from obsdeck.errors import ObsdeckError
from obsdeck.signin.identity import CANNOT_TELL, OWNER, Identities, IdentityMode
from obsdeck.signin.jupyter import identities_of


class People(PasswordIdentityProvider):
    """A provider that knows people, as JupyterHub's does."""


def server(
    provider: type[IdentityProvider] = PasswordIdentityProvider,
    *extensions: str,
    enabled: bool = True,
    **config: Any,
) -> ServerApp:
    """Return as much of a server as is looked at."""
    found = {name: SimpleNamespace(enabled=enabled) for name in extensions}
    parts = SimpleNamespace(
        identity_provider=provider(),
        extension_manager=SimpleNamespace(extensions=found),
        config=Config(config),
    )
    return cast(ServerApp, parts)


@pytest.mark.parametrize("provider", [IdentityProvider, PasswordIdentityProvider])
def test_with_jupyters_own_login_everybody_is_the_owner(provider: type[IdentityProvider]) -> None:
    identities = identities_of(server(provider), "auto")
    assert identities.of("random-anonymous-name") == identities.of("another") == OWNER
    assert identities.of_kernels() == OWNER


def test_where_jupyter_knows_people_each_has_a_vault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTERHUB_USER", "ada")
    identities = identities_of(server(People), "auto")
    ada, grace = identities.of("ada"), identities.of("grace")
    assert ada.is_owner
    assert not grace.is_owner
    assert grace.enabled
    assert grace.key not in {ada.key, identities.of("Grace").key}
    assert identities.of_kernels() == OWNER


def test_a_user_named_owner_is_not_the_owner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTERHUB_USER", "ada")
    assert not identities_of(server(People), "auto").of("owner").is_owner


@pytest.mark.parametrize("name", [None, ""])
def test_kernels_belong_to_nobody_where_the_owner_is_not_known(
    monkeypatch: pytest.MonkeyPatch, name: str | None
) -> None:
    monkeypatch.delenv("JUPYTERHUB_USER", raising=False)
    if name is not None:
        monkeypatch.setenv("JUPYTERHUB_USER", name)
    identities = identities_of(server(People), "auto")
    assert not identities.of("").is_owner
    assert not identities.of_kernels().enabled


@pytest.mark.parametrize(
    "extension", ["jupyter_server_ydoc", "jupyter_collaboration", "jupyter_server_documents"]
)
def test_where_several_work_at_once_and_have_no_names_sign_in_is_off(extension: str) -> None:
    identities = identities_of(server(PasswordIdentityProvider, extension), "auto")
    for identity in (identities.of("anonymous"), identities.of_kernels()):
        assert identity.reason == CANNOT_TELL
        assert not identity.is_owner
        with pytest.raises(ObsdeckError) as refusal:
            identity.check_enabled("eso")
        assert (refusal.value.kind, refusal.value.archive) == ("forbidden", "eso")
    assert identities_of(server(People, extension), "auto").of("ada").enabled


def test_an_extension_that_is_installed_and_not_in_use_changes_nothing() -> None:
    idle = server(PasswordIdentityProvider, "jupyter_server_ydoc", enabled=False)
    assert identities_of(idle, "auto").of("x") == OWNER
    alone = server(
        PasswordIdentityProvider, "jupyter_server_ydoc", YDocExtension={"disable_rtc": True}
    )
    assert identities_of(alone, "auto").of("x") == OWNER


@pytest.mark.parametrize(
    ("mode", "keys"), [("owner", {"owner"}), ("each", {"user:a", "user:b"}), ("off", {""})]
)
def test_the_administrators_word_counts(mode: IdentityMode, keys: set[str]) -> None:
    shared = server(PasswordIdentityProvider, "jupyter_server_ydoc")
    identities = identities_of(shared, mode)
    assert {identities.of(name).key for name in ("a", "b")} == keys
    assert identities.of("a").enabled == (mode != "off")


def test_what_is_enabled_is_asked_at_every_use() -> None:
    """Extensions load one after the other."""
    loaded: list[str] = []
    identities = Identities(collaborative=lambda: bool(loaded))
    assert identities.of("x").enabled
    loaded.append("jupyter_server_ydoc")
    assert not identities.of("x").enabled
