"""VOSI, examples, DataLink, products, the home page, and who may ask."""

# mypy: disable-error-code=import-untyped

import io
from urllib.parse import quote
from xml.etree import ElementTree

import httpx
import numpy as np
import pytest
from astropy.io import fits
from astropy.io.votable import parse

from obsdeck.sandbox.holdings import OPEN
from obsdeck.sandbox.server import NotLoopbackError, start
from obsdeck.tests.sandbox.serving import rows


def _xml(base_url: str, path: str) -> ElementTree.Element:
    answer = httpx.get(f"{base_url}{path}")
    assert answer.status_code == 200
    return ElementTree.fromstring(answer.content)


def test_tables_describe_what_tap_schema_describes(base_url: str) -> None:
    published = {
        (table.findtext("name"), column.findtext("name"))
        for table in _xml(base_url, "tap/tables").iter("table")
        for column in table.iter("column")
    }
    stored = rows("SELECT table_name, column_name FROM TAP_SCHEMA.columns")
    assert published == {tuple(row) for row in stored}
    assert len(published) == len(stored) > 100


def test_tap_schema_keys_join_their_columns() -> None:
    found = rows(
        "SELECT k.from_table, c.from_column, k.target_table, c.target_column "
        "FROM TAP_SCHEMA.keys AS k JOIN TAP_SCHEMA.key_columns AS c ON k.key_id = c.key_id"
    )
    assert ["TAP_SCHEMA.columns", "table_name", "TAP_SCHEMA.tables", "table_name"] in found


def test_every_published_column_can_be_queried_as_it_is_written() -> None:
    for table in OPEN.catalog.tables:
        names = ", ".join(column.adql_name for column in table.columns)
        rows(f"SELECT TOP 1 {names} FROM {table.name}")


def test_detail_min_leaves_columns_out(base_url: str) -> None:
    tables = list(_xml(base_url, "tap/tables?detail=min").iter("table"))
    assert len(tables) == len(OPEN.catalog.tables)
    assert not any(table.findall("column") for table in tables)
    assert httpx.get(f"{base_url}tap/tables?detail=some").status_code == 400


def test_one_table(base_url: str) -> None:
    table = _xml(base_url, "tap/tables/ivoa.obscore")
    assert table.findtext("name") == "ivoa.ObsCore"
    kinds = {c.findtext("name"): c.find("dataType") for c in table.findall("column")}
    region = kinds["s_region"]
    assert region is not None
    assert (region.text, region.get("arraysize"), region.get("extendedType")) == (
        "char",
        "*",
        "adql:REGION",
    )
    assert httpx.get(f"{base_url}tap/tables/ivoa.nothing").status_code == 404


def test_availability(base_url: str) -> None:
    available = _xml(base_url, "tap/availability")[0]
    assert (available.tag, available.text) == (
        "{http://www.ivoa.net/xml/VOSIAvailability/v1.0}available",
        "true",
    )


def test_every_example_runs(base_url: str) -> None:
    page = ElementTree.fromstring(httpx.get(f"{base_url}tap/examples").content)
    queries = [node.text for node in page.iter() if node.get("property") == "query"]
    assert len(queries) >= 3
    for query in queries:
        assert rows(query or "")


def test_the_base_url_leads_to_the_capabilities(base_url: str) -> None:
    for path in ("tap", "tap/"):
        answer = httpx.get(f"{base_url}{path}", follow_redirects=True)
        assert str(answer.url) == f"{base_url}tap/capabilities"


def test_the_home_page_links_to_addresses_that_answer(base_url: str) -> None:
    page = httpx.get(base_url).text
    links = [part.split('"')[0] for part in page.split('href="')[1:]]
    assert len(links) >= 20
    # One address needs a parameter; at another nobody sees even the capabilities.
    others = {f"{base_url}products": 400, f"{base_url}vo/tap": 401}
    for link in links:
        status = httpx.get(link, follow_redirects=True).status_code
        assert status == others.get(link, 200), link


@pytest.mark.parametrize(
    "like", ["butler%", "%&id=%", "%é%", "%+plus%", "%#frag%", "%sandbox/harps%"]
)
def test_access_url_leads_over_datalink_to_a_file(base_url: str, like: str) -> None:
    did, url, level = rows(
        "SELECT TOP 1 obs_publisher_did, access_url, calib_level FROM ivoa.ObsCore "
        f"WHERE obs_publisher_did LIKE '{like}' AND access_url IS NOT NULL"
    )[0]
    links = httpx.get(url)
    assert links.headers["content-type"] == "application/x-votable+xml;content=datalink"
    row = parse(io.BytesIO(links.content)).get_first_table().to_table()[0]
    assert (row["ID"], row["semantics"], row["error_message"]) == (did, "#this", "")
    product = httpx.get(row["access_url"])
    assert product.headers["content-type"] == row["content_type"] == "application/fits"
    # The length of what is packed is not known before it was made.
    assert np.ma.is_masked(row["content_length"]) or len(product.content) == row["content_length"]
    hdus = fits.open(io.BytesIO(product.content))
    assert next(hdu for hdu in hdus if "CALIBLEV" in hdu.header).header["CALIBLEV"] == level


def test_every_identifier_gets_its_row_in_order(base_url: str) -> None:
    known = rows("SELECT TOP 2 obs_publisher_did FROM ivoa.ObsCore WHERE access_url IS NOT NULL")
    asked = [known[0][0], "ivo://nobody/nothing'", known[1][0]]
    answer = httpx.get(f"{base_url}datalink/links", params={"ID": asked})
    table = parse(io.BytesIO(answer.content)).get_first_table().to_table()
    assert list(dict.fromkeys(table["ID"])) == asked
    (unknown,) = table[table["ID"] == asked[1]]
    assert unknown["error_message"].startswith("NotFoundFault")
    filled = [
        sum(bool(row[name]) for name in ("access_url", "service_def", "error_message"))
        for row in table
    ]
    assert set(filled) == {1}


def test_no_identifier_gives_an_empty_table_and_too_many_overflow(base_url: str) -> None:
    url = f"{base_url}datalink/links"
    empty = parse(io.BytesIO(httpx.get(url).content))
    assert len(empty.get_first_table().array) == 0
    many = httpx.post(url, data={"ID": [f"x{n}" for n in range(101)]}, timeout=60)
    votable = parse(io.BytesIO(many.content))
    assert len(votable.get_first_table().array) == 100
    assert votable.resources[0].infos[-1].value == "OVERFLOW"


def test_unknown_products_and_addresses_are_404(base_url: str) -> None:
    assert httpx.get(f"{base_url}products?ID={quote('ivo://nobody')}").status_code == 404
    assert httpx.get(f"{base_url}products").status_code == 400
    assert httpx.get(f"{base_url}nothing/here").status_code == 404


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:80", "", "[fe80::1]:80"])
def test_other_host_names_are_refused(base_url: str, host: str) -> None:
    """A page that rebinds its own name to this machine does not get to read."""
    answer = httpx.get(f"{base_url}tap/availability", headers={"Host": host})
    assert answer.status_code == 421


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "LOCALHOST:1", "[::1]:80"])
def test_names_of_loopback_are_accepted(base_url: str, host: str) -> None:
    answer = httpx.get(f"{base_url}tap/availability", headers={"Host": host})
    assert answer.status_code == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org", ""])
def test_only_loopback_is_served(host: str) -> None:
    with pytest.raises(NotLoopbackError, match="loopback addresses only"):
        start(host=host)
