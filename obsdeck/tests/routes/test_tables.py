"""`POST api/tables`: what becomes a file, and what leaves nothing."""

from __future__ import annotations

import asyncio
import json
import socket
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from astropy.table import Table
from tornado.httpclient import HTTPResponse

from obsdeck.tests.conftest import Fetch
from obsdeck.tests.raw import Browser
from obsdeck.tests.routes.signing import error_of
from obsdeck.tests.tables.streams import BIG, packed, stream


@pytest.fixture
def root(jp_root_dir: Path) -> Path:
    """Give Jupyter's root folder with a folder in it."""
    (jp_root_dir / "data").mkdir()
    return jp_root_dir


async def save(api: Fetch, path: str, body: bytes | None = None, **more: str) -> HTTPResponse:
    params = {"path": path, "format": "votable", **more}
    sent = stream() if body is None else body
    return await api("tables", params=params, method="POST", body=sent)


def files(root: Path) -> list[str]:
    """Return all files below a folder, hidden ones included."""
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if not path.is_dir())


async def test_rows_become_a_file(api: Fetch, root: Path) -> None:
    response = await save(api, "data/rows.vot")
    answered = json.loads(response.body)
    path = root / "data" / "rows.vot"
    assert answered == {
        "path": "data/rows.vot",
        "rows": 3,
        "bytes": path.stat().st_size,
        "notes": [],
    }
    assert files(root) == ["data/rows.vot"]
    table = Table.read(path, format="votable")
    assert (len(table), str(table["s_ra"].unit), table["visit"][0]) == (3, "deg", BIG)


async def test_a_file_that_is_there_is_replaced_only_when_told(api: Fetch, root: Path) -> None:
    path = root / "rows.csv"
    path.write_text("mine")
    response = await save(api, "rows.csv", format="csv")
    assert (response.code, error_of(response)["kind"]) == (409, "rejected")
    assert error_of(response)["message"] == "rows.csv is already there."
    assert path.read_text() == "mine"
    assert (await save(api, "rows.csv", format="csv", overwrite="1")).code == 200
    assert path.read_text("utf-8").startswith("s_ra,visit")
    assert files(root) == ["rows.csv"]


async def test_a_failed_one_leaves_what_was_there(api: Fetch, root: Path) -> None:
    path = root / "rows.fits"
    path.write_text("mine")
    response = await save(api, "rows.fits", b"not Arrow", format="fits", overwrite="1")
    assert (response.code, error_of(response)["kind"]) == (400, "rejected")
    assert path.read_text() == "mine"
    assert files(root) == ["rows.fits"]


PATHS = [
    "",
    "/",
    "../out.vot",
    "data/../../out.vot",
    "data/./rows.vot",
    "data//rows.vot",
    "/etc/cron.d/../../out.vot",
    ".hidden.vot",
    ".ipynb_checkpoints/rows.vot",
    "nowhere/rows.vot",
    "data",
    "rows.py",
    "rows.vot.py",
    "rows",
    "C:\\rows.vot",
    "rows\n.vot",
    "~/rows.vot",
    "RTC:rows.vot",
    "x" * 300 + ".vot",
    "file/rows.vot",
    "out/rows.vot",
    "hidden/rows.vot",
    "link.vot",
    "folder.vot",
]


@pytest.fixture
def traps(root: Path, tmp_path: Path) -> Path:
    """Give the root with links that lead out of it, or into hidden folders."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "theirs.vot").write_text("theirs")
    (root / "out").symlink_to(outside)
    (root / "link.vot").symlink_to(outside / "theirs.vot")
    (root / ".secret").mkdir()
    (root / "hidden").symlink_to(root / ".secret")
    (root / "folder.vot").mkdir()
    (root / "file").write_text("a file")
    return outside


@pytest.mark.parametrize("path", PATHS)
async def test_paths_that_lead_elsewhere_are_refused(
    api: Fetch, root: Path, traps: Path, path: str
) -> None:
    before = files(root)
    for overwrite in ("", "1"):
        response = await save(api, path, overwrite=overwrite)
        assert (response.code, error_of(response)["kind"]) == (400, "rejected"), path
    assert files(root) == before
    assert files(traps) == ["theirs.vot"]
    assert (traps / "theirs.vot").read_text() == "theirs"


@pytest.mark.parametrize("format", ["", "xlsx", "../votable", "VOTABLE", "--help"])
async def test_unknown_formats_are_refused(api: Fetch, root: Path, format: str) -> None:
    response = await save(api, "rows.vot", format=format)
    assert (response.code, error_of(response)["kind"]) == (400, "rejected")
    assert files(root) == []


def of_type(kind: pa.DataType, values: list[Any]) -> bytes:
    return packed(pa.record_batch([pa.array(values, kind)], names=["x"]))


WHOLE = stream()

BODIES: dict[str, bytes] = {
    "nothing": b"",
    "text": b"s_ra,s_dec\r\n1,2\r\n",
    "cut in a batch": WHOLE[:-200],
    "cut between batches": WHOLE[:-8],
    "more after the end": WHOLE + b"more",
    "an endless schema": b"\xff\xff\xff\xff\xf0\xff\xff\x7f" + b"\0" * 100,
    "flipped": bytes(byte ^ 0x55 for byte in WHOLE),
    "a struct": of_type(pa.struct([("a", pa.int32())]), [{"a": 1}]),
    "a map": of_type(pa.map_(pa.string(), pa.int32()), [[("a", 1)]]),
    "binary": of_type(pa.binary(), [b"x"]),
    "lists of lists": of_type(pa.list_(pa.list_(pa.int32())), [[[1]]]),
    "a decimal": of_type(pa.decimal128(5, 2), [None]),
    "a number that is too large": of_type(pa.uint64(), [2**64 - 1]),
    "an endless array": of_type(pa.list_(pa.int8(), 2_000_000), [None]),
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
@pytest.mark.parametrize("format", ["votable", "csv"])
async def test_hostile_rows_are_refused_and_leave_nothing(
    api: Fetch, root: Path, body: bytes, format: str
) -> None:
    ending = {"votable": "vot", "csv": "csv"}[format]
    response = await save(api, f"rows.{ending}", body, format=format)
    error = error_of(response)
    assert (response.code, error["kind"]) == (400, "rejected")
    assert error["message"].endswith(".")
    assert len(error["message"]) < 300
    assert files(root) == []


async def test_a_cancelled_upload_leaves_nothing(
    root: Path,
    http_server: object,
    http_server_port: tuple[socket.socket, int],
    jp_base_url: str,
    jp_auth_header: dict[str, str],
) -> None:
    path = f"{jp_base_url}obsdeck/api/tables?path=data/rows.fits&format=fits"
    browser = await Browser.open(http_server_port[1], path, jp_auth_header)
    browser.ask("POST", "", {"Content-Length": str(len(WHOLE))})
    browser.writer.write(WHOLE[: len(WHOLE) // 2])
    await browser.writer.drain()
    for _ in range(200):
        if files(root):
            break
        await asyncio.sleep(0.05)
    assert [name.endswith(".part") for name in files(root)] == [True]
    browser.close()
    for _ in range(200):
        if not files(root):
            break
        await asyncio.sleep(0.05)
    assert files(root) == []


async def test_a_full_disk_is_told_before_anything_is_written(
    api: Fetch, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("obsdeck.tables.target._SPARE_BYTES", 1 << 60)
    response = await save(api, "rows.vot")
    assert (response.code, error_of(response)["kind"]) == (507, "rejected")
    assert "MB left" in error_of(response)["message"]
    assert files(root) == []


async def test_somebody_elses_file_of_the_same_name_is_not_replaced(
    api: Fetch, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Made while the rows were written."""
    monkeypatch.setattr("obsdeck.tables.target.Target.check_free", lambda _self: None)
    (root / "rows.vot").write_text("mine")
    response = await save(api, "rows.vot")
    assert response.code == 409
    assert (root / "rows.vot").read_text() == "mine"
    assert files(root) == ["rows.vot"]


async def test_a_writer_that_dies_is_an_error_in_words(
    api: Fetch, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("obsdeck.tables.saving.COMMAND", ("false",))
    response = await save(api, "rows.vot")
    assert (response.code, error_of(response)["kind"]) == (500, "unavailable")
    assert files(root) == []


async def test_modules_of_the_notebooks_folder_are_not_run(
    api: Fetch, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "pyarrow.py").write_text("raise SystemExit('taken over')")
    monkeypatch.chdir(root)
    assert (await save(api, "rows.vot")).code == 200
