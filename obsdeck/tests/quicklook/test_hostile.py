"""Paths that lead elsewhere, and files that are not what they say."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from astropy.io import fits

from obsdeck.quicklook.source import Source, source_of
from obsdeck.tests.quicklook.conftest import Look, Tell
from obsdeck.tests.quicklook.hostile import cards, head, image
from obsdeck.tests.quicklook.pictures import picture_of
from obsdeck.tests.routes.signing import error_of
from obsdeck.tests.visits import Visit, signed_in


@pytest.fixture
def traps(jp_root_dir: Path, tmp_path: Path) -> Path:
    """Give a root with files that are not to be shown."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "theirs.fits").write_bytes(image(4, 4))
    (jp_root_dir / "out").symlink_to(outside)
    (jp_root_dir / "link.fits").symlink_to(outside / "theirs.fits")
    (jp_root_dir / ".hidden").mkdir()
    (jp_root_dir / ".hidden" / "a.fits").write_bytes(image(4, 4))
    (jp_root_dir / ".a.fits").write_bytes(image(4, 4))
    (jp_root_dir / "shown").symlink_to(jp_root_dir / ".hidden")
    (jp_root_dir / "folder.fits").mkdir()
    os.mkfifo(jp_root_dir / "pipe.fits")
    (jp_root_dir / "loop.fits").symlink_to(jp_root_dir / "loop.fits")
    (jp_root_dir / "device.fits").symlink_to("/dev/zero")
    return jp_root_dir


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "../outside/theirs.fits",
        "a/../../outside/theirs.fits",
        "..%2Foutside%2Ftheirs.fits",
        "out/theirs.fits",
        "link.fits",
        ".a.fits",
        ".hidden/a.fits",
        "shown/a.fits",
        "./.a.fits",
        "folder.fits",
        "pipe.fits",
        "loop.fits",
        "device.fits",
        "nothing.fits",
        "a\0.fits",
        "~/a.fits",
        "/etc/passwd",
        "x" * 5000,
    ],
)
@pytest.mark.parametrize("what", ["info", "picture"])
async def test_no_other_file_is_opened(look: Look, traps: Path, path: str, what: str) -> None:
    response = await look(path, what)
    assert response.code in {400, 404}
    assert error_of(response)["kind"] in {"rejected", "not-found"}
    assert str(traps) not in error_of(response)["message"]


async def test_links_inside_of_the_root_are_followed(tell: Tell, jp_root_dir: Path) -> None:
    name = "FORS2.2021-01-01T00:00:00.000 (1).fits"  # as archives name them
    (jp_root_dir / name).write_bytes(image(4, 4))
    (jp_root_dir / "link.fits").symlink_to(jp_root_dir / name)
    told = await tell("link.fits")
    assert (told["path"], told["name"], told["bytes"]) == ("link.fits", "link.fits", 5760)
    modified = (jp_root_dir / name).stat().st_mtime
    assert (await tell(name))["modified"] == pytest.approx(modified, abs=1e-3)


async def test_a_file_that_is_another_one_meanwhile_is_not_opened(
    look: Look, traps: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Replaced by a link after it was checked."""
    path = traps / "a.fits"
    path.write_bytes(image(4, 4))

    def swapped(root: Path, shown: str) -> Source:
        source = source_of(root, shown)
        path.unlink()
        path.symlink_to(traps / "link.fits")
        return source

    monkeypatch.setattr("obsdeck.quicklook.service.source_of", swapped)
    response = await look("a.fits")
    assert (response.code, error_of(response)["message"]) == (
        404,
        "a.fits was moved or changed.",
    )


UNREADABLE = {
    "nothing": (b"", "a.fits is empty."),
    "text": (b"RA Dec\n1 2\n" * 999, "a.fits is not a FITS file."),
    "a web page": (b"\n<!DOCTYPE html><title>Sign in</title>", "a.fits is a web page, not a"),
    "zeros": (bytes(99999), "a.fits is not a FITS file."),
    "gzip of nothing": (b"\x1f\x8b" + bytes(50), "a.fits is empty."),
    "compress of nothing": (b"\x1f\x9d\x90", "a.fits is empty."),
    "compress with wrong codes": (b"\x1f\x9d\x90" + b"\xff" * 500, "a.fits is empty."),
    "compress without end of bits": (b"\x1f\x9d\xff" + b"\xff" * 500, "a.fits is empty."),
}


@pytest.mark.parametrize("kind", UNREADABLE)
async def test_what_is_no_fits(look: Look, jp_root_dir: Path, kind: str) -> None:
    raw, message = UNREADABLE[kind]
    (jp_root_dir / "a.fits").write_bytes(raw)
    error = error_of(await look("a.fits", "picture"))
    assert (error["kind"], error["status"]) == ("rejected", 422)
    assert error["message"].startswith(message)


ODD = {
    "no END": head(8, 10, 10, end=False),
    "no BITPIX": cards("SIMPLE  =                    T", "NAXIS   =                    2"),
    "odd BITPIX": head(17, 10, 10) + bytes(2880),
    "text for NAXIS1": cards(
        "SIMPLE  =                    T",
        "BITPIX  =                    8",
        "NAXIS   =                    1",
        "NAXIS1  = 'ten     '",
    ),
    "negative NAXIS": head(8, -5, 5),
    "a thousand axes": cards(
        "SIMPLE  =                    T",
        "BITPIX  =                    8",
        "NAXIS   =                 1000",
    ),
}


@pytest.mark.parametrize("kind", ODD)
async def test_headers_that_make_no_sense(
    look: Look, tell: Tell, jp_root_dir: Path, kind: str
) -> None:
    """Said of the HDU; its cards are shown nevertheless."""
    (jp_root_dir / "a.fits").write_bytes(ODD[kind])
    [hdu] = (await tell("a.fits"))["hdus"]
    assert hdu["kind"] == "unreadable"
    assert hdu["message"].startswith("Its header")
    assert (await tell("a.fits", "header"))["cards"][0]["keyword"] == "SIMPLE"
    response = await look("a.fits", "picture")
    assert (response.code, b"1 unreadable part" in response.body) == (422, True)


@pytest.mark.parametrize("axes", [(10**9, 10**9), (10**18, 10**18), (10**9, 1), (3, 10**15)])
@pytest.mark.parametrize("what", ["picture", "spectrum", "value", "sky"])
async def test_sizes_that_the_file_does_not_have(
    look: Look, tell: Tell, jp_root_dir: Path, axes: tuple[int, int], what: str
) -> None:
    more = ("CTYPE1  = 'RA---TAN'", "CTYPE2  = 'DEC--TAN'")
    (jp_root_dir / "a.fits").write_bytes(head(-32, *axes, more=more) + bytes(28800))
    [hdu] = (await tell("a.fits"))["hdus"]
    assert (hdu["shape"], hdu["message"].startswith("The file is cut off")) == ([*axes], True)
    response = await look("a.fits", what)
    assert response.code in {200, 404, 413, 422}


async def test_the_rows_that_are_there_are_shown(look: Look, jp_root_dir: Path) -> None:
    (jp_root_dir / "a.fits").write_bytes(image(100, 100)[: 2880 + 100 * 4 * 30 + 17])
    _, alpha, facts = picture_of(await look("a.fits", "picture"))
    assert (alpha[:30] == 255).all()
    assert (alpha[30:] == 0).all()
    assert facts["low"] < 0 < facts["high"]


async def test_an_hdu_that_is_cut_off_leaves_those_before(tell: Tell, jp_root_dir: Path) -> None:
    hdus = [fits.PrimaryHDU(), *(fits.ImageHDU(np.zeros((50, 50), "f8")) for _ in range(3))]
    fits.HDUList(hdus).writeto(jp_root_dir / "whole.fits")
    raw = (jp_root_dir / "whole.fits").read_bytes()
    (jp_root_dir / "a.fits").write_bytes(raw[: 2880 + 25920 + 2880 + 9000])
    told = await tell("a.fits")
    assert [hdu["kind"] for hdu in told["hdus"]] == ["empty", "image", "image"]
    assert ["message" in hdu for hdu in told["hdus"]] == [False, False, True]


def tiles(path: Path, **lies: object) -> None:
    """Write a compressed image whose header lies."""
    data = np.random.default_rng(7).integers(0, 99, (64, 64)).astype("i2")
    hdus = fits.HDUList([fits.PrimaryHDU(), fits.CompImageHDU(data, tile_shape=(16, 16))])
    hdus.writeto(path)
    with fits.open(path, mode="update", disable_image_compression=True) as opened:
        opened[1].header.update(lies)


@pytest.mark.parametrize(
    "lies",
    [
        {"ZNAXIS1": 10**9, "ZNAXIS2": 10**9},
        {"ZNAXIS1": 4 * 10**8, "ZTILE1": 10**8},
        {"ZTILE1": 10**9, "ZTILE2": 10**9, "ZNAXIS1": 10**9, "ZNAXIS2": 16 * 10**9},
        {"ZCMPTYPE": "NONSENSE"},
        {"ZVAL1": 10**9},
        {"ZBITPIX": -64},
    ],
)
async def test_compressed_images_that_lie(
    look: Look, jp_root_dir: Path, lies: dict[str, object]
) -> None:
    tiles(jp_root_dir / "a.fits", **lies)
    response = await look("a.fits", "picture")
    if response.code != 200:
        error = error_of(response)
        assert (response.code, error["kind"]) in {
            (422, "rejected"),
            (413, "overflow"),
            (500, "unavailable"),
        }
        assert "a.fits" in error["message"] or "compressed" in error["message"]
    (jp_root_dir / "b.fits").write_bytes(image(4, 4))
    assert (await look("b.fits", "picture")).code == 200


@pytest.mark.parametrize(
    "lies",
    [
        {"NAXIS2": 10**12},
        {"NAXIS1": 10**12},
        {"TFIELDS": 900},
        {"TFORM1": "999999999D"},
        {"TFORM1": "nonsense"},
        {"TDIM2": "(99,99)"},
    ],
)
@pytest.mark.parametrize("what", ["rows", "spectrum"])
async def test_tables_that_lie(
    look: Look, jp_root_dir: Path, lies: dict[str, object], what: str
) -> None:
    columns = [
        fits.Column("wave", "D", array=[1, 2]),
        fits.Column("flux", "4E", array=np.ones((2, 4))),
    ]
    hdu = fits.BinTableHDU.from_columns(columns)
    hdu.writeto(jp_root_dir / "a.fits")
    with (jp_root_dir / "a.fits").open("r+b") as file:
        raw = bytearray(file.read())
        for keyword, value in lies.items():
            card = fits.Card(keyword, value).image.encode()
            at = raw.find(keyword.ljust(8).encode() + b"=")
            at = at if at >= 0 else raw.rindex(b"END" + b" " * 77)
            raw[at : at + 80] = card
        file.seek(0)
        file.write(raw)
    response = await look("a.fits", what, hdu=1)
    assert response.code in {200, 400, 404, 413, 422}
    if response.code != 200:
        assert error_of(response)["message"].endswith(".")


async def test_without_login_and_without_xsrf_nothing_is_told(
    visit: Visit, jp_serverapp: object, jp_root_dir: Path
) -> None:
    (jp_root_dir / "a.fits").write_bytes(image(4, 4))
    path = "obsdeck/api/quicklook?path=a.fits&what=info"
    assert (await visit(path)).code in {302, 403}
    token = jp_serverapp.identity_provider.token  # type: ignore[attr-defined]
    cookies, xsrf = await signed_in(visit, token)
    assert (await visit(path, headers=cookies)).code == 403
    assert (await visit(path, headers={**cookies, "X-XSRFToken": xsrf})).code == 200
