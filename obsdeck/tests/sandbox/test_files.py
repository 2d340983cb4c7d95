"""Files of products: what is in them, and how they are sent."""

# mypy: disable-error-code=import-untyped

import base64
import gzip
import hashlib
import io
from urllib.parse import quote

import numpy as np
import pytest
from astropy.coordinates import SkyCoord
from astropy.io import fits
from astropy.wcs import WCS

from obsdeck.sandbox.files.store import FileStore
from obsdeck.tests.sandbox.products import HTTP, did_of, links, one_row
from obsdeck.tests.sandbox.serving import rows, serving

KINDS = [
    "harps.s1d", "xshooter.merged", "muse.datacube", "kmos.ifu", "mm.cube", "vvv.tile", "vvv.raw",
    "vvv.sourcelist", "vst.raw", "deck.polar", "deck.mosaic", "deck.lightcurve", "deckx.events",
    "gravity.oifits", "atlas.sed", "lsst.raw", "lsst.calexp",
]  # fmt: skip


def _url(base_url: str, did: str, part: str = "file") -> str:
    return f"{base_url}products?ID={quote(did, safe='')}&PART={part}"


def _opened(content: bytes) -> fits.HDUList:
    if content[:2] == b"\x1f\x9d":
        uncompresspy = pytest.importorskip("uncompresspy", reason="uncompresspy is not installed")
        content = uncompresspy.LZWFile(io.BytesIO(content)).read()
    if content[:2] == b"\x1f\x8b":
        content = gzip.decompress(content)
    return fits.open(io.BytesIO(content))


@pytest.mark.parametrize("kind", KINDS)
def test_row_links_and_file_agree_about_the_size(base_url: str, kind: str) -> None:
    did, estimate, *sides = one_row(
        "obs_publisher_did, access_estsize, s_xel1, s_xel2",
        f"dataproduct_subtype = '{kind}' AND access_estsize IS NOT NULL",
    )
    answer = HTTP.get(_url(base_url, did))
    assert answer.status_code == 200
    this = links(base_url, did)[0]
    size = len(answer.content)
    name = answer.headers["content-disposition"].split('"')[1]
    if name.endswith(".fits"):
        assert size == this["content_length"]
        assert estimate == -(-size // 1000)
    else:
        # The size of what is packed is an estimate before it was made.
        assert np.ma.is_masked(this["content_length"])
        assert abs(estimate * 1000 - size) < 0.2 * size
    hdus = _opened(answer.content)
    hdus.verify("exception")
    shapes = [hdu.data.shape for hdu in hdus if hdu.data is not None]
    assert shapes
    if sides[0] is not None and kind != "vst.raw":
        assert list(shapes[0][-2:]) == sides[::-1]


@pytest.mark.parametrize(
    "kind", ["vvv.tile", "muse.datacube", "lsst.calexp", "deck.mosaic", "vst.coadd", "mm.cube"]
)
def test_the_edges_of_an_image_are_those_of_its_region(base_url: str, kind: str) -> None:
    did, region, ra, dec, scale = one_row(
        "obs_publisher_did, s_region, s_ra, s_dec, s_pixel_scale",
        f"dataproduct_subtype = '{kind}' AND s_pixel_scale IS NOT NULL",
    )
    hdus = _opened(HTTP.get(_url(base_url, did)).content)
    header = next(hdu for hdu in hdus if hdu.data is not None).header
    sky = WCS(header).celestial
    width, height = sky.pixel_shape
    center = sky.pixel_to_world((width - 1) / 2, (height - 1) / 2)
    pixel = sky.proj_plane_pixel_scales()[0].to_value("arcsec")
    assert center.separation(SkyCoord(ra, dec, unit="deg")).arcsec < pixel
    assert pixel == pytest.approx(scale, rel=1e-3)
    shape, _, *numbers = region.split()
    values = [float(number) for number in numbers]
    if shape == "Circle":
        assert width * pixel / 3600 == pytest.approx(2 * values[2], rel=1e-3)
        return
    corners = SkyCoord(values[0::2], values[1::2], unit="deg")
    edges = sky.pixel_to_world([-0.5, width - 0.5, width - 0.5, -0.5],
                               [-0.5, -0.5, height - 0.5, height - 0.5])  # fmt: skip
    for corner in corners:
        assert min(edges.separation(corner).arcsec) < pixel


def test_a_round_cube_has_nothing_beyond_its_circle(base_url: str) -> None:
    did, ra, dec, fov = one_row(
        "obs_publisher_did, s_ra, s_dec, s_fov",
        "dataproduct_subtype = 'kmos.ifu' AND s_fov IS NOT NULL",
    )
    (cube,) = _opened(HTTP.get(_url(base_url, did)).content)
    y, x = np.mgrid[: cube.data.shape[1], : cube.data.shape[2]]
    places = WCS(cube.header).celestial.pixel_to_world(x, y)
    inside = places.separation(SkyCoord(ra, dec, unit="deg")).deg <= fov / 2
    assert np.array_equal(np.isfinite(cube.data[0]), inside)


def test_images_of_one_place_show_the_same_sources(base_url: str) -> None:
    """The patch of a coadd in another band has its bright pixels at the same places."""
    pair = rows(
        "SELECT TOP 1 a.obs_publisher_did, b.obs_publisher_did AS other FROM ivoa.ObsCore AS a "
        "JOIN ivoa.ObsCore AS b ON a.s_ra = b.s_ra AND a.s_dec = b.s_dec "
        "WHERE a.dataproduct_subtype = 'lsst.deepCoadd_calexp' AND a.data_rights = 'public' "
        "AND b.dataproduct_subtype = 'lsst.goodSeeingCoadd' AND b.data_rights = 'public' "
        "AND a.access_url IS NOT NULL AND b.access_url IS NOT NULL"
    )[0]
    one, two = (
        next(
            hdu for hdu in _opened(HTTP.get(_url(base_url, did)).content) if hdu.data is not None
        ).data
        for did in pair
    )
    assert not np.array_equal(one, two)
    assert np.corrcoef(one.ravel(), two.ravel())[0, 1] > 0.9


def test_the_same_seed_gives_the_same_bytes(base_url: str) -> None:
    did = did_of("vvv.raw")
    with serving() as other:
        one, two = (HTTP.get(_url(base, did)) for base in (base_url, other))
    assert one.content == two.content
    assert one.headers["etag"] == two.headers["etag"]


def test_parts_of_a_file(base_url: str) -> None:
    url = _url(base_url, did_of("vst.coadd"))
    whole = HTTP.get(url)
    size, etag = len(whole.content), whole.headers["etag"]
    cases = [
        ("bytes=0-9", 206, (0, 10)),
        ("bytes=100-", 206, (100, size)),
        ("bytes=-5", 206, (size - 5, size)),
        (f"bytes=10-{size * 2}", 206, (10, size)),
        (f"bytes={size}-", 416, None),
        ("bytes=0-1,5-6", 200, (0, size)),
        ("bytes=9-3", 200, (0, size)),
        ("lines=1-2", 200, (0, size)),
    ]
    for asked, status, ends in cases:
        answer = HTTP.get(url, headers={"Range": asked})
        assert answer.status_code == status, asked
        if ends is None:
            assert answer.headers["content-range"] == f"bytes */{size}"
            continue
        assert answer.content == whole.content[slice(*ends)]
        if status == 206:
            assert answer.headers["content-range"] == f"bytes {ends[0]}-{ends[1] - 1}/{size}"
    modified = whole.headers["last-modified"]
    for validator, status in ((etag, 206), (modified, 206), ('"other"', 200)):
        headers = {"Range": "bytes=5-9", "If-Range": validator}
        assert HTTP.get(url, headers=headers).status_code == status, validator
    assert HTTP.get(url, headers={"If-None-Match": etag}).status_code == 304


def test_head_tells_what_get_sends_and_the_digest_fits(base_url: str) -> None:
    url = _url(base_url, did_of("deck.mosaic"))
    head, whole = HTTP.head(url), HTTP.get(url)
    assert head.content == b""
    for name in ("content-length", "etag", "last-modified", "content-disposition", "repr-digest"):
        assert head.headers[name] == whole.headers[name]
    digest = base64.b64encode(hashlib.sha256(whole.content).digest()).decode()
    assert whole.headers["repr-digest"] == f"sha-256=:{digest}:"


@pytest.mark.parametrize("kind", ["vvv.tile", "muse.datacube", "harps.s1d", "deckx.events"])
def test_previews_are_pictures(base_url: str, kind: str) -> None:
    image = pytest.importorskip("PIL.Image", reason="Pillow is not installed")
    for part, side in (("preview", 480), ("thumbnail", 96)):
        answer = HTTP.get(_url(base_url, did_of(kind), part))
        assert answer.headers["content-type"] == "image/png"
        picture = image.open(io.BytesIO(answer.content))
        assert max(picture.size) <= side
        low, high = picture.getextrema()
        assert high - low > 100


def test_a_proprietary_file_is_refused_until_its_release(base_url: str) -> None:
    did = rows(
        "SELECT TOP 1 obs_publisher_did FROM ivoa.ObsCore WHERE data_rights = 'proprietary' "
        "AND access_format LIKE '%datalink'"
    )[0][0]
    this = links(base_url, did)[0]
    assert (this["link_auth"], bool(this["link_authorized"])) == ("true", False)
    answer = HTTP.get(str(this["access_url"]))
    assert answer.status_code == 403
    assert answer.text.startswith("AuthorizationError: proprietary until 20")


def test_the_store_keeps_no_more_than_it_has_room_for() -> None:
    store, made = FileStore(room=250), []

    def make(name: str) -> bytes:
        made.append(name)
        return b"x" * 100

    for name in "aabcab":
        stored = store.get(name, lambda name=name: make(name))  # type: ignore[misc]
        assert stored.path.read_bytes() == b"x" * 100
    # There is room for two: the third drove out the one that was used longest ago.
    assert made == ["a", "b", "c", "a", "b"]
    folder = stored.path.parent
    assert len(list(folder.iterdir())) == 2
    store.close()
    assert not folder.exists()
