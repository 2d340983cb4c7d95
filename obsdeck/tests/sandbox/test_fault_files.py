"""Files whose transfer goes wrong on purpose: each in the way its name says."""

import httpx
import pytest

from obsdeck.sandbox.faults.content import KnownFile
from obsdeck.sandbox.faults.files import FILES, HOSTILE_NAMES
from obsdeck.tests.sandbox.products import HTTP, opened

SIZE = 57_600
WHOLE = KnownFile(SIZE).part(0, SIZE)


def _url(base_url: str, case: str, name: str, **settings: float) -> str:
    given = "".join(f",{key}={value}" for key, value in {"SIZE": SIZE, **settings}.items())
    return f"{base_url}faults/files/{case}{given}/{name}.fits"


def _received(url: str, headers: dict[str, str] | None = None) -> bytes:
    """Return what comes before the connection breaks."""
    received = b""
    try:
        with HTTP.stream("GET", url, headers=headers or {}) as answer:
            for piece in answer.iter_raw():
                received += piece
    except httpx.RemoteProtocolError:
        pass
    return received


def test_every_part_of_a_known_file_is_that_of_the_whole() -> None:
    file = KnownFile(3_000_000, 7)
    whole = file.part(0, file.size)
    assert len(whole) == file.size
    for start, end in ((0, 10), (2_870, 2_890), (1_051_000, 1_060_000), (file.size - 3, file.size)):
        assert file.part(start, end) == whole[start:end]
    assert KnownFile(3_000_000, 8).part(0, file.size) != whole
    assert opened(whole)[0].data.shape == (file.size - 2_880,)


def test_a_file_without_a_fault(base_url: str) -> None:
    url = _url(base_url, "plain", "a")
    answer = HTTP.get(url)
    assert (answer.content, answer.headers["etag"]) == (WHOLE, f'"{SIZE}-0"')
    part = HTTP.get(url, headers={"Range": "bytes=100-199", "If-Range": answer.headers["etag"]})
    assert (part.status_code, part.content) == (206, WHOLE[100:200])
    assert HTTP.head(url).headers["content-length"] == str(SIZE)


def test_lengths_lie_both_ways(base_url: str) -> None:
    with HTTP.stream("GET", _url(base_url, "toolong", "a")) as answer:
        assert int(answer.headers["content-length"]) == SIZE + 1_000
    assert _received(_url(base_url, "toolong", "a")) == WHOLE
    with HTTP.stream("GET", _url(base_url, "tooshort", "a")) as answer:
        assert int(answer.headers["content-length"]) == SIZE - 1_000


@pytest.mark.parametrize("tenths", range(10))
def test_a_cut_at_every_tenth_can_be_gone_on_from(base_url: str, tenths: int) -> None:
    url = _url(base_url, "cut", f"cut-{tenths}", TENTHS=tenths, TIMES=1)
    begun = _received(url)
    assert begun == WHOLE[: SIZE * tenths // 10]
    rest = HTTP.get(url, headers={"Range": f"bytes={len(begun)}-", "If-Range": f'"{SIZE}-0"'})
    assert begun + rest.content == WHOLE
    assert rest.status_code == 206


def test_a_changing_file_has_another_validator_each_time(base_url: str) -> None:
    url = _url(base_url, "changing", "a", TIMES=1)
    with HTTP.stream("GET", url) as first:
        etag = first.headers["etag"]
    second = HTTP.get(url, headers={"Range": "bytes=100-", "If-Range": etag})
    assert (second.status_code, len(second.content)) == (200, SIZE)
    assert second.headers["etag"] != etag


def test_ranges_that_are_not_kept(base_url: str) -> None:
    for case, status, content in (
        ("norange", 200, WHOLE),
        ("nopart", 416, b""),
        ("wrongpart", 206, WHOLE[: SIZE - 100]),
    ):
        url = _url(base_url, case, "a", TIMES=1)
        _received(url)
        answer = HTTP.get(url, headers={"Range": "bytes=100-"})
        assert (answer.status_code, answer.content) == (status, content), case


def test_busy_once(base_url: str) -> None:
    url = _url(base_url, "busy", "a", STATUS=503, AFTER=7)
    first, second = HTTP.get(url), HTTP.get(url)
    assert (first.status_code, first.headers["retry-after"]) == (503, "7")
    assert second.content == WHOLE


def test_a_loop_has_no_end(base_url: str) -> None:
    with pytest.raises(httpx.TooManyRedirects):
        HTTP.get(_url(base_url, "loop", "a"), follow_redirects=True)


@pytest.mark.parametrize("number", range(len(HOSTILE_NAMES)))
def test_hostile_names_arrive(base_url: str, number: int) -> None:
    answer = HTTP.get(_url(base_url, "name", "a", N=number))
    assert answer.status_code == 200
    told = answer.headers["content-disposition"]
    assert "filename=" in told
    assert "\r" not in told


@pytest.mark.parametrize("case", ["page", "pageasfits", "error"])
def test_documents_in_place_of_files(base_url: str, case: str) -> None:
    answer = HTTP.get(_url(base_url, case, "a"))
    assert answer.status_code == 200
    assert answer.content[:1] == b"<"


def test_a_slow_file_takes_its_time(base_url: str) -> None:
    answer = HTTP.get(_url(base_url, "plain", "slow", RATE=200_000))
    assert answer.content == WHOLE
    assert answer.elapsed.total_seconds() > 0.2


def test_the_list_of_a_queue(base_url: str) -> None:
    addresses = HTTP.get(f"{base_url}faults/files/list?COUNT=60&SIZE=60000").text.splitlines()
    assert len(set(addresses)) == 60
    contents = {HTTP.get(address).content for address in addresses[:3]}
    assert len(contents) == 3


def test_every_case_is_listed_and_bad_settings_are_refused(base_url: str) -> None:
    listed = HTTP.get(f"{base_url}faults/").text
    for case in FILES:
        assert f"/faults/files/{case}/" in listed
    bad = HTTP.get(f"{base_url}faults/files/plain,SIZE=x/a.fits")
    assert (bad.status_code, bad.text) == (400, "UsageFault: SIZE must be a number.\n")
