"""The account of somebody who works in a notebook: it does what it should, and tells nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from obsdeck.client.brokers import brokers
from obsdeck.credentials.secret import Secret
from obsdeck.signin.vault.entry import credential_from_json
from obsdeck.tests.client.running import Jupyter, jupyter

pytest.importorskip("duckdb", reason="the sandbox needs obsdeck[sandbox]")

PASSWORD = "sandbox-astronomer"
ARCHIVES = ("sandbox-eso", "sandbox-rubin", "sandbox-mmoda", "sandbox-basic")

NOSY = """
import contextlib, http.client, logging, sys, traceback, urllib3, socket, pickle
logging.basicConfig(level=logging.DEBUG, stream=sys.stdout)
http.client.HTTPConnection.debuglevel = 1
urllib3.add_stderr_logger()
%xmode Verbose
import obsdeck, requests
"""

LOOK = """
for name in ARCHIVES:
    s = obsdeck.session(name)
    print(name, s, repr(s), s.headers, s.auth, s.params, dir(s), vars(s), s.__getstate__())
    print(vars(s.get_adapter("http://")), pickle.dumps(s))
print(obsdeck.accounts(), list(obsdeck.accounts()))
"""

FETCH = """
for name in ("sandbox-eso", "sandbox-rubin", "sandbox-basic"):
    service = obsdeck.tap(name)
    print(name, len(service.search("SELECT TOP 7 * FROM ivoa.ObsCore")), "rows at once")
    print(vars(service), vars(service.create_query("SELECT 1")))
    form = {"LANG": "ADQL", "FORMAT": "csv", "QUERY": "SELECT TOP 2 obs_id FROM ivoa.ObsCore"}
    r = obsdeck.session(name).post(f"{service.baseurl}/sync", data=form)
    print(name, r.status_code, vars(r), vars(r.request), r.request.headers, r.history, r.url)
    print(vars(r.raw))
"""

MMODA = """
r = obsdeck.session("sandbox-mmoda").get(f"{MMODA}/get_list_terms", params={"group": "instruments"})
print(r.status_code, r.json(), r.url, vars(r), vars(r.request), vars(r.raw))
"""

FAILING = r"""
from unittest import mock
session = obsdeck.session({archive!r})
URL, AWAY = {url!r}, {away!r}

def failing(name, error):
    real = getattr(socket.socket, name)
    def fail(self, *args):
        if self.family != socket.AF_INET:  # the way to the server
            return real(self, *args)
        raise error
    return mock.patch(f"socket.socket.{{name}}", fail)

def deep(n, ask):
    held = session
    return deep(n - 1, ask) if n else ask()

def shown(error):
    lines = []
    while error is not None:
        lines += [str(error), repr(vars(error))]
        for frame, _ in traceback.walk_tb(error.__traceback__):
            for name, value in frame.f_locals.items():
                with contextlib.suppress(Exception):  # PyVO's half-made objects
                    lines.append(f"{{name}} = {{value!r}}")
        error = error.__cause__ or error.__context__
    return "\n".join(lines)
"""

FAILURES = (
    "obsdeck.tap('sandbox-rubin', as_me=False).search('SELECT TOP 1 * FROM ivoa.ObsCore')",
    "session.get(URL + '/nothing').raise_for_status()",
    "failing('recv_into', TimeoutError)(session.post)(URL)",
    "failing('connect', OSError)(session.post)(URL, data={'a': 'b'})",
    "failing('sendall', OSError)(session.post)(URL, data={'a': 'b'})",
    "failing('sendall', KeyboardInterrupt)(session.get)(URL)",
    "mock.patch.object(session, 'max_redirects', 0)(session.get)(AWAY)",
    "session.get(URL, proxies={'http': 'http://127.0.0.1:9'}, data=object())",
    "session.get('http://[')",
    "obsdeck.tap('sandbox-eso').search('SELECT nothing FROM nowhere')",
    "obsdeck.tap('sandbox-eso').run_async('SELECT nothing FROM nowhere')",
    "session.mount('http://', requests.adapters.HTTPAdapter())",
)

AFTERWARDS = """
error = sys.last_value
print(shown(error), repr(error), vars(error), vars(getattr(error, "request", None) or error))
%tb
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Jupyter]:
    """Give a server where somebody is signed in to four archives, in memory only."""
    home = tmp_path_factory.mktemp("account")
    with jupyter(home, sandbox_systems=True, sandbox_port=0, vault="memory") as running:
        pair = {"username": "astronomer", "password": PASSWORD}
        mmoda = running.services("sandbox-mmoda")["dispatcher"]["url"].partition("/dispatch")[0]
        rubin = running.services("sandbox-rubin")["tap"][0]["url"].partition("/api")[0]
        for archive in ("sandbox-eso", "sandbox-basic"):
            running.sign_in(archive, **pair)
        for archive, desk in (
            ("sandbox-mmoda", f"{mmoda}/"),
            ("sandbox-rubin", f"{rubin}/auth/tokens"),
        ):
            answer = requests.post(
                desk, data=pair, headers={"Accept": "application/json"}, timeout=60
            )
            running.sign_in(archive, token=answer.json()["token"])
        yield running


@pytest.fixture(scope="module")
def hidden(server: Jupyter) -> list[Secret]:
    """Give everything that must not show: the four credentials and the broker's key."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_RUNTIME_DIR", str(server.home / "runtime"))
        (broker,) = brokers()
        answers = [broker.ask("credential", archive) for archive in ARCHIVES]
    held = [credential_from_json(answer["credential"]).secret for answer in answers]
    return [*held, broker.key, Secret(PASSWORD)]


def leaks(text: str, hidden: list[Secret]) -> list[str]:
    """Return where secrets stand, in any spelling, without showing them."""
    return [
        text[max(0, text.index(form) - 80) : text.index(form)]
        for secret in hidden
        for form in secret.spelled()
        if form in text
    ]


def all_files(home: Path) -> Iterator[tuple[Path, str]]:
    """Yield every file the account has, but the runtime file that is there for the key."""
    for path in home.rglob("*"):
        if path.is_file() and not path.name.startswith("obsdeck-broker-"):
            yield path, path.read_bytes().decode("utf-8", "replace")


def test_ESO_6_RUBIN_5_MMODA_7_tables_are_fetched_and_nothing_is_told(
    server: Jupyter, hidden: list[Secret]
) -> None:
    mmoda = server.services("sandbox-mmoda")["dispatcher"]["url"]
    setting = f"ARCHIVES, MMODA = {ARCHIVES!r}, {mmoda!r}"
    written = server.run("work.ipynb", [NOSY, setting, LOOK, FETCH, MMODA])
    assert "Traceback" not in written, written
    for archive in ("eso", "rubin", "basic"):
        assert f"sandbox-{archive} 7 rows at once" in written
        assert f"sandbox-{archive} 200" in written
    assert "signed in as" in written
    assert "urllib3.connectionpool" in written
    assert leaks(written, hidden) == []


@pytest.mark.parametrize("archive", ["sandbox-eso", "sandbox-mmoda"])
def test_ESO_6_MMODA_7_failures_tell_nothing(
    server: Jupyter, hidden: list[Secret], archive: str
) -> None:
    services = server.services(archive)
    url = services["dispatcher"]["url"] if "dispatcher" in services else services["tap"][0]["url"]
    away = f"{url.rpartition('/')[0]}/foreign/redirect?to=0"
    cells = [NOSY, FAILING.format(archive=archive, url=url, away=away)]
    for failure in FAILURES:
        cells += [f"deep(2, lambda: {failure})", AFTERWARDS]
    notebook = server.run(f"failures-{archive}.ipynb", cells)
    outputs = [cell["outputs"] for cell in json.loads(notebook)["cells"]]
    ends = [output[-1]["output_type"] if output else "" for output in outputs[2::2]]
    assert dict(zip(FAILURES, ends, strict=True)) == dict.fromkeys(FAILURES, "error")
    # Local variables of all frames were really looked at.
    shown = dict(zip(FAILURES, map(str, outputs[3::2]), strict=True))
    assert [failure for failure in FAILURES if "held = <obsdeck" not in shown[failure]] == []
    assert "Not signed in" not in notebook
    assert leaks(notebook, hidden) == []


def test_ESO_47_foreign_host_gets_nothing(server: Jupyter, hidden: list[Secret]) -> None:
    eso = server.services("sandbox-eso")["tap"][0]["url"]
    root = eso.partition("/eso")[0]
    cell = f"""
for status in (301, 302, 303, 307, 308):
    print(obsdeck.session("sandbox-eso").get(
        "{root}/eso/foreign/redirect", params={{"to": 0, "status": status}}))
"""
    written = server.run("away.ipynb", [NOSY, cell])
    received = requests.get(f"{root}/foreign/log", timeout=60).text
    assert received.count("/received") >= 5, written
    assert leaks(received, hidden) == [] == leaks(written, hidden)


def test_history_and_files_hold_nothing(server: Jupyter, hidden: list[Secret]) -> None:
    server.run("last.ipynb", [NOSY, "obsdeck.session('sandbox-eso')"])
    files = dict(all_files(server.home))
    assert any(path.name == "history.sqlite" for path in files)
    assert any(path.name == "server.log" for path in files)
    assert {
        path.name: leaks(text, hidden) for path, text in files.items() if leaks(text, hidden)
    } == {}
