"""pyvo, unchanged, as a client of the sandbox."""

# mypy: disable-error-code=import-untyped

import warnings

import numpy as np
import pytest
import pyvo
from pyvo.dal.exceptions import DALOverflowWarning, DALQueryError

from obsdeck.sandbox.holdings import OPEN
from obsdeck.tests.sandbox.serving import rows, shared_url

pytestmark = pytest.mark.peer


@pytest.fixture(scope="module")
def service() -> pyvo.dal.TAPService:
    return pyvo.dal.TAPService(f"{shared_url()}tap")


def test_pyvo_gets_the_rows_that_json_has(service: pyvo.dal.TAPService) -> None:
    query = "SELECT TOP 1500 * FROM ivoa.ObsCore ORDER BY obs_publisher_did"
    found = service.run_sync(query).to_table()
    expected = rows(query)
    assert len(found) == len(expected) == 1500
    for index, name in enumerate(found.colnames):
        column = found[name]
        mask = np.ma.getmaskarray(column)
        for value, is_null, wanted in zip(column, mask, [r[index] for r in expected], strict=True):
            if wanted is None:
                assert is_null or value == "", name
            elif column.dtype == np.float32:
                assert value == np.float32(wanted), name
            elif isinstance(wanted, str):
                assert value == wanted or value == wanted.strip(), name
            else:
                assert value == wanted, name


def test_pyvo_reads_tables_and_columns(service: pyvo.dal.TAPService) -> None:
    assert list(service.tables.keys()) == [table.name for table in OPEN.catalog.tables]
    columns = {column.name: column for column in service.tables["ivoa.ObsCore"].columns}
    assert (columns["s_ra"].unit, columns["s_ra"].ucd) == ("deg", "pos.eq.ra")


def test_pyvo_reads_and_runs_the_examples(service: pyvo.dal.TAPService) -> None:
    assert len(service.examples) >= 3
    for example in service.examples:
        assert len(service.run_sync(example["QUERY"])) > 0


def test_pyvo_is_available(service: pyvo.dal.TAPService) -> None:
    assert service.available


def test_pyvo_cuts_at_maxrec(service: pyvo.dal.TAPService) -> None:
    assert len(service.run_sync("SELECT obs_id FROM ivoa.ObsCore", maxrec=7)) == 7


def test_pyvo_warns_when_the_limit_of_the_service_cuts(service: pyvo.dal.TAPService) -> None:
    with pytest.warns(DALOverflowWarning):
        found = service.run_sync("SELECT b.id FROM ivoa.ObsCore AS a, obsdeck.odd AS b")
    assert len(found) == 20_000


def test_pyvo_does_not_warn_when_top_cuts(service: pyvo.dal.TAPService) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error", DALOverflowWarning)
        assert len(service.run_sync("SELECT TOP 7 obs_id FROM ivoa.ObsCore", maxrec=100)) == 7


def test_pyvo_raises_with_the_text_of_the_service(service: pyvo.dal.TAPService) -> None:
    with pytest.raises(DALQueryError, match=r"Unknown column sra .* Did you mean s_ra"):
        service.run_sync("SELECT sra FROM ivoa.ObsCore")


def test_pyvo_follows_datalink(service: pyvo.dal.TAPService) -> None:
    query = (
        "SELECT TOP 2 * FROM ivoa.ObsCore WHERE access_url IS NOT NULL "
        "AND access_format LIKE '%content=datalink'"
    )
    for record in service.run_sync(query):
        links = list(record.getdatalink())
        assert [link.semantics for link in links[:2]] == ["#this", "#preview"]
        assert links[0].access_url.startswith(shared_url())
