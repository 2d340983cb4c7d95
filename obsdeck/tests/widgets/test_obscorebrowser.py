"""The kernel's half of the widget: its state, and when the page may ask."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from IPython.core.formatters import DisplayFormatter

import obsdeck
from obsdeck.errors import ObsdeckError
from obsdeck.tests.tables.streams import stream
from obsdeck.widgets import ObsCoreBrowser


@pytest.fixture(autouse=True)
def _no_servers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no running server of the computer tell of its archives."""
    for name in ("JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR"):
        monkeypatch.setenv(name, str(tmp_path))


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Give the messages that go to the page."""
    messages: list[dict[str, Any]] = []
    monkeypatch.setattr(
        ObsCoreBrowser, "send", lambda _self, content, _buffers=None: messages.append(content)
    )
    return messages


def shown(widget: ObsCoreBrowser) -> dict[str, Any]:
    """Return what the execution of a cell with the widget leaves in the notebook."""
    formatter: Any = DisplayFormatter()
    bundle, _ = formatter.format(widget)
    return dict(bundle)


def test_the_page_may_ask_once_a_cell_shows_it(sent: list[dict[str, Any]]) -> None:
    browser = obsdeck.ObsCoreBrowser("eso", "SELECT 1")
    assert sent == []
    repr(browser)
    assert sent == []
    bundle = shown(browser)
    assert bundle["text/plain"] == "ObsCoreBrowser(archive='eso', adql='SELECT 1')"
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert sent == [{"type": "run", "run": 1}]


def test_showing_it_again_is_no_other_run(sent: list[dict[str, Any]]) -> None:
    browser = obsdeck.ObsCoreBrowser("eso")
    shown(browser)
    shown(browser)
    browser.run()
    shown(browser)
    assert [message["run"] for message in sent] == [1, 1, 2, 2]


def test_the_state_is_the_question_and_nothing_else() -> None:
    browser = obsdeck.ObsCoreBrowser("eso", "SELECT 1", table="dbo.raw", maxrec=50)
    browser._take(browser, {"type": "selection", "count": 3, "most": 2}, [])
    state = browser.get_state()
    ours = {key: value for key, value in state.items() if not key.startswith("_")}
    assert set(ours) == {"archive", "table", "adql", "maxrec", "layout", "tabbable", "tooltip"}
    assert (ours["archive"], ours["table"], ours["maxrec"]) == ("eso", "dbo.raw", 50)


def test_rows_never_become_part_of_the_state() -> None:
    from obsdeck.tests.widgets.pages import choose  # noqa: PLC0415 - beside what it is used for

    browser = obsdeck.ObsCoreBrowser("eso")
    before = browser.get_state()
    choose(browser.selection, stream(), [1, 2, 3])
    assert browser.get_state() == before
    assert len(browser.selection) == 3


def test_an_unknown_archive_is_told_with_those_that_are_known() -> None:
    with pytest.raises(ObsdeckError, match=r"no archive “nowhere” here\. There are: .*eso"):
        obsdeck.ObsCoreBrowser("nowhere")


def test_an_archive_without_tables_is_told() -> None:
    with pytest.raises(ObsdeckError, match="AuroraX has no tables to search"):
        obsdeck.ObsCoreBrowser("aurorax")


def test_its_version_is_the_pages() -> None:
    package = json.loads((Path(__file__).parents[3] / "package.json").read_text("utf-8"))
    state = obsdeck.ObsCoreBrowser("eso").get_state()
    assert state["_model_module_version"] == f"^{package['version']}"
    assert state["_view_module_version"] == f"^{package['version']}"


@pytest.mark.parametrize("content", [None, [], "x", {"type": "other"}, {"type": "selection"}])
def test_other_messages_change_nothing(content: Any) -> None:
    browser = obsdeck.ObsCoreBrowser("eso")
    browser._take(browser, content, [])
    assert len(browser.selection) == 0
