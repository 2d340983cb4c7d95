"""Compressed files: recognised by content, uncompressed within bounds, removed afterwards."""

from __future__ import annotations

import bz2
import gzip
import os
import tempfile
import zlib
from pathlib import Path
from typing import Any

import pytest

from obsdeck.quicklook.reader import COMMAND
from obsdeck.routes.base import SETTING
from obsdeck.tests.quicklook.conftest import Look, Tell
from obsdeck.tests.quicklook.hostile import compressed, image
from obsdeck.tests.quicklook.pictures import picture_of
from obsdeck.tests.routes.signing import error_of

SHARED = Path(os.environ.get("OBSDECK_SHARED", Path(__file__).parents[4] / "shared"))
FIXTURE = SHARED / "fixtures" / "eso" / "testfile.fits.Z"


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder of temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def files(folder: Path) -> list[Path]:
    return [path for path in everything(folder) if path.is_file()]


def everything(folder: Path) -> list[Path]:
    return list(folder.rglob("*"))


@pytest.mark.parametrize("pack", [compressed, gzip.compress, bz2.compress])
@pytest.mark.parametrize("name", ["a.fits.Z", "a.fits.gz", "a.fits"])
async def test_names_do_not_tell_how_a_file_is_compressed(
    look: Look, jp_root_dir: Path, temporary: Path, pack: Any, name: str
) -> None:
    (jp_root_dir / "plain.fits").write_bytes(image(40, 50))
    (jp_root_dir / name).write_bytes(pack(image(40, 50)))
    grey, *_ = picture_of(await look(name, "picture"))
    expected, *_ = picture_of(await look("plain.fits", "picture"))
    assert (grey == expected).all()
    assert [path.stat().st_size for path in files(temporary)] == [len(image(40, 50))]


async def test_ESO_53_unix_compress_is_known_by_its_magic(
    tell: Tell, jp_root_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ESO-53: `1f 9d` is never handed to gzip, whatever the name says."""
    if not FIXTURE.is_file():
        pytest.skip(f"there is no {FIXTURE.name} of astroquery")
    raw = FIXTURE.read_bytes()
    assert raw[:2] == b"\x1f\x9d"
    for name in ("raw.fits.Z", "raw.fits.gz"):
        (jp_root_dir / name).write_bytes(raw)
        told = await tell(name)
        assert [hdu["kind"] for hdu in told["hdus"]] == ["empty"]
        cards = {card["keyword"]: card for card in (await tell(name, "header"))["cards"]}
        assert cards["ARCFILE"]["value"] == "NCU.2003-11-11T11:11:11.111"


async def test_ESO_53_longer_codes_and_full_tables(look: Look, jp_root_dir: Path) -> None:
    """ESO-53: what compress makes of a whole image, with codes of 9 to 16 bits."""
    raw = image(200, 300)
    (jp_root_dir / "a.fits").write_bytes(raw)
    (jp_root_dir / "a.fits.Z").write_bytes(compressed(raw))
    grey, *_ = picture_of(await look("a.fits.Z", "picture"))
    assert (grey == picture_of(await look("a.fits", "picture"))[0]).all()


async def test_a_copy_is_made_once_and_again_when_the_file_changed(
    tell: Tell, jp_root_dir: Path, temporary: Path
) -> None:
    path = jp_root_dir / "a.fits.gz"
    path.write_bytes(gzip.compress(image(40, 50)))
    await tell("a.fits.gz")
    [copy] = files(temporary)
    before = copy.stat().st_ino
    await tell("a.fits.gz", "value", x=1, y=1)
    assert [path.stat().st_ino for path in files(temporary)] == [before]
    path.write_bytes(gzip.compress(image(60, 70)))
    assert (await tell("a.fits.gz"))["hdus"][0]["shape"] == [70, 60]
    assert len(files(temporary)) == 2


async def test_nothing_is_left_when_the_server_stops(
    tell: Tell, jp_serverapp: Any, jp_root_dir: Path, temporary: Path
) -> None:
    (jp_root_dir / "a.fits.gz").write_bytes(gzip.compress(image(40, 50)))
    await tell("a.fits.gz")
    assert files(temporary)
    await jp_serverapp.web_app.settings[SETTING].quicklook.stop()
    assert everything(temporary) == []


async def test_what_is_there_of_a_cut_file_is_shown(
    look: Look, tell: Tell, jp_root_dir: Path
) -> None:
    raw = gzip.compress(image(400, 500))
    (jp_root_dir / "a.fits.gz").write_bytes(raw[: len(raw) // 2])
    message = (await tell("a.fits.gz"))["hdus"][0]["message"]
    assert message.startswith("The file is cut off: 0.4 of 0.8 MB")
    _, alpha, _ = picture_of(await look("a.fits.gz", "picture"))
    assert (alpha[0] == 255).all()
    assert (alpha[-1] == 0).all()


def bomb(size: int) -> bytes:
    """Return gzip of so many zeros, without ever having them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    chunk = bytes(1 << 22)
    parts = [packer.compress(chunk) for _ in range(size >> 22)]
    return b"".join([*parts, packer.flush()])


class TestSmallLimits:
    """With 5 MB for a copy."""

    @pytest.fixture
    def obsdeck_config(self) -> dict[str, Any]:
        """Set the limit."""
        return {"quicklook_bytes": 5_000_000}

    @pytest.mark.parametrize("pack", ["gzip", "compress"])
    async def test_bombs_fill_no_disk(
        self, look: Look, jp_root_dir: Path, temporary: Path, pack: str
    ) -> None:
        """A few kB that would become more."""
        raw = bomb(64 << 20) if pack == "gzip" else compressed(bytes(6_000_000))
        assert len(raw) < 500_000
        (jp_root_dir / "a.fits.gz").write_bytes(raw)
        error = error_of(await look("a.fits.gz"))
        assert (error["kind"], error["status"]) == ("overflow", 413)
        assert error["message"] == "a.fits.gz has more than 5 MB when it is uncompressed."
        assert files(temporary) == []


async def test_a_full_disk_is_told(
    look: Look, jp_root_dir: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The child sees a disk that has no room for files of more than 100 kB."""
    monkeypatch.setattr(
        "obsdeck.quicklook.reader.COMMAND",
        ("sh", "-c", 'ulimit -f 100; trap "" XFSZ; exec "$@"', "-", *COMMAND),
    )
    (jp_root_dir / "a.fits.gz").write_bytes(gzip.compress(image(400, 500)))
    error = error_of(await look("a.fits.gz"))
    assert (error["kind"], error["status"]) == ("rejected", 507)
    assert "no room to uncompress a.fits.gz" in error["message"]
    assert files(temporary) == []
