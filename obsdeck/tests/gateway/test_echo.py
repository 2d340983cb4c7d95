"""Answers that repeat the credential: the page gets them without it, and whole otherwise."""

from __future__ import annotations

import base64
import gzip
import zlib
from collections.abc import AsyncIterator
from itertools import pairwise
from urllib.parse import quote

import httpcore
import pytest
from hypothesis import given
from hypothesis import strategies as st

from obsdeck.credentials.credential import Signature
from obsdeck.credentials.secret import Secret
from obsdeck.gateway.echo import decoded, masked
from obsdeck.tests.conftest import Fetch
from obsdeck.tests.gateway.conftest import AS_ME, error_of
from obsdeck.tests.gateway.leaks import holds
from obsdeck.tests.gateway.wallets import TOKEN, FakeWallet
from obsdeck.tests.upstream import Upstream, answer

NEEDLES = (b"needle-1", b"needle-1-longer", b"other")


async def whole(chunks: AsyncIterator[bytes]) -> bytes:
    return b"".join([chunk async for chunk in chunks])


async def stream(*chunks: bytes) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk


def run(chunks: AsyncIterator[bytes]) -> bytes:
    """Collect without an event loop: nothing in here ever waits."""
    try:
        whole(chunks).send(None)
    except StopIteration as done:
        result: bytes = done.value
        return result
    raise AssertionError("it waited")


@given(
    st.lists(st.sampled_from([*NEEDLES, b"need", b"le-1", b"x", b"oth", b"\n"]), max_size=12),
    st.lists(st.integers(0, 120), max_size=8),
)
def test_masking_does_not_depend_on_how_the_answer_is_cut(
    parts: list[bytes], cuts: list[int]
) -> None:
    data = b"".join(parts)
    ends = sorted({0, *(min(cut, len(data)) for cut in cuts), len(data)})
    pieces = [data[a:b] for a, b in pairwise(ends)]
    result = run(masked(stream(*pieces), NEEDLES))
    assert len(result) == len(data)
    assert not [needle for needle in NEEDLES if needle in result]
    kept = [a == b for a, b in zip(data, result, strict=True)]
    assert all(kept) or any(needle in data for needle in NEEDLES)


async def test_what_begins_no_secret_is_not_held_back() -> None:
    async def slowly() -> AsyncIterator[bytes]:
        yield b"row 1\nneed"
        raise AssertionError("the first rows were waited for")

    chunks = masked(slowly(), NEEDLES)
    assert await anext(chunks) == b"row 1\n"


@pytest.mark.parametrize("status", ["200 OK", "400 Bad Request", "500 Oops", "300 Choices"])
@pytest.mark.parametrize(
    "echoed",
    [
        f"authorization: Bearer {TOKEN}",
        f"/x?token={quote(TOKEN, safe='')}&a=1",
        f"in base64 {base64.b64encode(f'Bearer {TOKEN}'.encode()).decode()}!",
    ],
)
async def test_RUBIN_5_ESO_6_an_echo_in_the_body_is_masked(
    through: Fetch, upstream: Upstream, wallet: FakeWallet, status: str, echoed: str
) -> None:
    body = f"before {echoed} after".encode()
    upstream.on("/x", answer(body, status))
    response = await through(f"{upstream.origin}/x", headers=AS_ME, follow_redirects=False)
    assert response.code == int(status[:3])
    assert not holds(response.body.decode())
    assert len(response.body) == len(body) == int(response.headers["Content-Length"])
    assert response.body.startswith(b"before ")
    assert response.body.endswith(b" after")


async def test_a_ranges_of_a_file_keeps_its_length(
    through: Fetch, upstream: Upstream, wallet: FakeWallet
) -> None:
    body = TOKEN.encode() + bytes(range(256))
    partial = answer(body, "206 Partial Content", Content_Range=f"bytes 0-{len(body)}/999")
    upstream.on("/x", partial)
    response = await through(f"{upstream.origin}/x", headers=AS_ME)
    assert response.body == b"*" * len(TOKEN) + bytes(range(256))
    assert response.headers["Content-Range"] == f"bytes 0-{len(body)}/999"


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("Deflate", raw_deflate),
    ],
)
async def test_an_echo_in_a_compressed_error_is_masked(
    through: Fetch, upstream: Upstream, wallet: FakeWallet, encoding: str, pack: object
) -> None:
    packed = pack(f"no: {TOKEN}".encode())  # type: ignore[operator]
    upstream.on("/x", answer(packed, "403 Forbidden", Content_Encoding=encoding))
    response = await through(
        f"{upstream.origin}/x", headers={**AS_ME, "Accept-Encoding": "gzip, deflate"}
    )
    assert response.code == 403
    assert response.body == b"no: " + b"*" * len(TOKEN)
    assert "Content-Encoding" not in response.headers


async def test_an_error_in_an_encoding_nobody_asked_for_is_refused(
    through: Fetch, upstream: Upstream, wallet: FakeWallet
) -> None:
    upstream.on("/x", answer(b"abc", "403 Forbidden", Content_Encoding="br"))
    response = await through(
        f"{upstream.origin}/x", headers={**AS_ME, "Accept-Encoding": "gzip, br, zstd"}
    )
    assert error_of(response)["kind"] == "bad-answer"
    assert upstream.requests[0].headers["accept-encoding"] == "gzip"


async def test_an_echo_in_a_compressed_result_is_masked(
    through: Fetch, upstream: Upstream, wallet: FakeWallet
) -> None:
    """The page's browser unpacks it without being asked."""
    packed = gzip.compress(f'{{"headers": "Bearer {TOKEN}"}}'.encode())
    upstream.on("/x", answer(packed, Content_Encoding="gzip"))
    asking = {**AS_ME, "Accept-Encoding": "gzip"}
    response = await through(f"{upstream.origin}/x", headers=asking, decompress_response=False)
    assert response.body == b'{"headers": "' + b"*" * len(f"Bearer {TOKEN}") + b'"}'
    assert "Content-Encoding" not in response.headers
    assert "Content-Length" not in response.headers


async def test_compressed_results_pass_untouched_where_nobody_is_signed_in(
    through: Fetch, upstream: Upstream
) -> None:
    packed = gzip.compress(b"<VOTABLE/>" * 100, mtime=0)
    upstream.on("/x", answer(packed, Content_Encoding="gzip"))
    asking = {"Accept-Encoding": "gzip"}
    response = await through(f"{upstream.origin}/x", headers=asking, decompress_response=False)
    assert response.body == packed
    assert response.headers["Content-Length"] == str(len(packed))


@pytest.mark.parametrize("encoding", ["br", "gzip, zstd"])
async def test_a_result_in_an_encoding_only_browsers_read_is_refused(
    through: Fetch, upstream: Upstream, wallet: FakeWallet, encoding: str
) -> None:
    upstream.on("/x", answer(b"abc", Content_Encoding=encoding))
    response = await through(f"{upstream.origin}/x", headers=AS_ME)
    assert error_of(response)["kind"] == "bad-answer"


async def test_a_compressed_file_stays_as_it_is(
    through: Fetch, upstream: Upstream, wallet: FakeWallet
) -> None:
    upstream.on("/x.fits.Z", answer(b"\x1f\x9dabc", Content_Encoding="x-compress"))
    response = await through(f"{upstream.origin}/x.fits.Z", headers=AS_ME)
    assert (response.body, response.headers["Content-Length"]) == (b"\x1f\x9dabc", "5")


async def test_of_a_part_no_compressed_form_is_asked_for(
    through: Fetch, upstream: Upstream, wallet: FakeWallet
) -> None:
    asking = {**AS_ME, "Accept-Encoding": "gzip", "Range": "bytes=0-"}
    await through(f"{upstream.origin}/x", headers=asking)
    assert upstream.requests[0].headers["accept-encoding"] == "identity"


@pytest.mark.parametrize("cut", [1, 7, 30, 1000])
async def test_all_members_of_a_gzip_stream_are_read(cut: int) -> None:
    packed = gzip.compress(b"one ", mtime=0) + gzip.compress(b"two") + bytes(20)
    pieces = [packed[start : start + cut] for start in range(0, len(packed), cut)]
    assert await whole(decoded(stream(*pieces))) == b"one two"


async def test_what_others_sign_in_with_is_no_reason_to_change_an_answer(
    through: Fetch, upstream: Upstream, wallet: FakeWallet
) -> None:
    """Else an answer would tell whether a guess is somebody's password."""
    others = [Secret("guessed-password-7"), Secret("x-votable")]
    lines = {"Content_Type": "application/x-votable+xml", "ETag": '"guessed-password-7"'}
    upstream.on("/guessed-password-7", answer(b"", **lines))
    wallet.held = Signature(headers={"Authorization": Secret("Basic YTp2b3RhYmxl")})  # a:votable
    for headers in ({}, AS_ME):
        response = await through(f"{upstream.origin}/guessed-password-7", headers=headers)
        assert response.headers["Content-Type"] == "application/x-votable+xml"
        assert response.headers["ETag"] == '"guessed-password-7"'
        assert response.headers["X-Obsdeck-Final-Url"].endswith("/guessed-password-7")
    assert others


async def test_with_a_parameter_no_encoding_is_asked_for(
    through: Fetch, upstream: Upstream, wallet: FakeWallet
) -> None:
    wallet.held = Signature(parameters={"token": Secret(TOKEN)})
    await through(f"{upstream.origin}/x", headers={**AS_ME, "Accept-Encoding": "gzip, br"})
    assert upstream.requests[0].headers["accept-encoding"] == "identity"


@pytest.mark.parametrize(
    "packed", [b"\x1f\x8b no gzip at all", gzip.compress(b"abc" * 99, mtime=0)[:-20]]
)
async def test_a_damaged_error_ends_in_one_sentence(
    through: Fetch, upstream: Upstream, wallet: FakeWallet, packed: bytes
) -> None:
    upstream.on("/x", answer(packed, "500 Oops", Content_Encoding="gzip"))
    response = await through(f"{upstream.origin}/x", headers=AS_ME)
    assert error_of(response)["kind"] == "bad-answer"
    assert "compressed answer is damaged" in error_of(response)["message"]


async def test_a_small_error_that_unpacks_to_much_is_passed_on_in_pieces() -> None:
    packed = gzip.compress(bytes(20_000_000))
    sizes = [len(chunk) async for chunk in decoded(stream(packed))]
    assert sum(sizes) == 20_000_000
    assert max(sizes) <= 1 << 16


async def test_a_damaged_stream_is_a_fault_of_the_archive() -> None:
    with pytest.raises(httpcore.RemoteProtocolError):
        await whole(decoded(stream(b"\x1f\x8b\x08", b"nonsense" * 10)))


async def test_echoes_in_header_lines_are_masked(
    through: Fetch, upstream: Upstream, wallet: FakeWallet
) -> None:
    lines = {
        "ETag": f'"{TOKEN}"',
        "WWW_Authenticate": f'Bearer realm="{quote(TOKEN, safe="")}"',
        "Content_Disposition": f'attachment; filename="{TOKEN}.fits"',
        "Content_Type": f"text/plain; for={TOKEN}",
    }
    upstream.on("/x", answer(b"", "401 Unauthorized", **lines))
    response = await through(f"{upstream.origin}/x", headers=AS_ME)
    assert not holds(str(list(response.headers.get_all())))
    assert response.headers["X-Obsdeck-Challenge"] == 'Bearer realm="***"'
    assert wallet.refusals == ["local"]


async def test_an_archive_that_quotes_the_credential_as_its_protocol_error(
    through: Fetch, upstream: Upstream, wallet: FakeWallet
) -> None:
    upstream.on("/x", f"HTTP/1.1 200 OK\r\n{TOKEN} no header\r\n\r\n".encode())
    response = await through(f"{upstream.origin}/x", headers=AS_ME)
    assert error_of(response)["kind"] == "bad-answer"
    assert not holds(response.body.decode())


async def test_rate_limits_pass(through: Fetch, upstream: Upstream, wallet: FakeWallet) -> None:
    lines = {
        "Retry-After": "Sat, 21 Nov 2026 12:00:00 GMT",
        "X-RateLimit-Limit": "100",
        "X-RateLimit-Remaining": "0",
        "X-RateLimit-Reset": "1795262400",
    }
    upstream.on("/x", answer(b"", "429 Too Many Requests", **lines))
    response = await through(f"{upstream.origin}/x", headers=AS_ME)
    assert {name: response.headers[name] for name in lines} == lines
