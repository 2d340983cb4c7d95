"""The log filter: the last line of defence."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest

from obsdeck.credentials import logs
from obsdeck.credentials.logs import RedactingFilter, install
from obsdeck.credentials.secret import Secret

SECRET = Secret("an-invented-token-0123456789")


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """Give what the logger `test.app` writes, with the filter installed."""
    written = io.StringIO()
    logger = logging.getLogger("test.app")
    handler = logging.StreamHandler(written)
    handler.setFormatter(logging.Formatter("%(name)s %(message)s"))
    logger.addHandler(handler)
    install([logger])
    yield written
    logger.removeHandler(handler)
    for place in (logger, logging.getLogger()):
        place.filters[:] = []


def test_message_and_arguments_are_masked(stream: io.StringIO) -> None:
    logging.getLogger("test.app").warning("got %s for %d", SECRET.reveal(), 7)
    logging.getLogger("test.app").warning({"token": SECRET.reveal()})
    assert SECRET.reveal() not in stream.getvalue()
    assert "got ••• for 7" in stream.getvalue()


def test_records_from_loggers_below_are_masked(stream: io.StringIO) -> None:
    logging.getLogger("test.app.deep.below").error("url ?token=%s", "abcdef")
    assert "abcdef" not in stream.getvalue()


def test_tracebacks_are_masked_and_stay_readable(stream: io.StringIO) -> None:
    try:
        try:
            raise ValueError(SECRET.reveal())
        except ValueError as error:
            raise RuntimeError("wrapped") from error
    except RuntimeError:
        logging.getLogger("test.app").exception("failed")
    text = stream.getvalue()
    assert SECRET.reveal() not in text
    assert "RuntimeError: wrapped" in text
    assert "ValueError: •••" in text


def test_a_traceback_without_secrets_keeps_its_exception() -> None:
    error = ValueError("plain")
    record = logging.LogRecord("x", logging.ERROR, "", 0, "m", None, (ValueError, error, None))
    assert RedactingFilter().filter(record)
    assert record.exc_info == (ValueError, error, None)


def test_a_record_that_cannot_be_formatted_prints_no_arguments(
    stream: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    logging.getLogger("test.app").warning("%d of x", SECRET.reveal())
    assert SECRET.reveal() not in stream.getvalue() + capsys.readouterr().err
    assert "%d of x" in stream.getvalue()


class Broken:
    """An object that cannot be printed."""

    def __repr__(self) -> str:
        raise IndexError(SECRET.reveal())


def test_what_cannot_be_searched_is_left_out_and_ends_nothing(stream: io.StringIO) -> None:
    logging.getLogger("test.app").warning("of %s: %r", SECRET.reveal(), Broken())
    assert "left out" in stream.getvalue()
    assert SECRET.reveal() not in stream.getvalue()


@pytest.mark.parametrize(
    ("name", "path", "message", "is_masked"),
    [
        ("app", logs.__file__, "signed in as a@b.example", True),
        ("app", "jupyter/log.py", "GET /base/obsdeck/api/x?u=a%40b.example", True),
        ("httpx", "httpx/client.py", "HTTP Request: GET https://x/?password=a@b.example", True),
        ("app", "jupyter/log.py", "user a@b.example logged in to the hub", False),
        ("app", "jupyter/app.py", "open http://b.example:8888/obsdeck/lab?token=abcdef", False),
    ],
)
def test_what_looks_personal_or_secret_is_masked_in_records_of_ours(
    name: str, path: str, message: str, is_masked: bool
) -> None:
    """Jupyter tells on the terminal at which address, with which token, it can be opened."""
    record = logging.LogRecord(name, logging.INFO, path, 1, message, None, None)
    assert RedactingFilter().filter(record)
    assert ("b.example" not in record.getMessage()) is is_masked
    assert (record.getMessage() == message) is not is_masked


def test_known_secrets_are_masked_in_every_record() -> None:
    text = f"open http://x.example:8888/?token={SECRET.reveal()}"
    record = logging.LogRecord("app", logging.INFO, "jupyter/app.py", 1, text, None, None)
    assert RedactingFilter().filter(record)
    assert record.getMessage() == "open http://x.example:8888/?token=•••"


def test_installing_again_adds_nothing(stream: io.StringIO) -> None:
    logger = logging.getLogger("test.app")
    install([logger])
    install([logger])
    assert len([f for f in logger.filters if isinstance(f, RedactingFilter)]) == 1
    assert len([f for f in logger.handlers[0].filters if isinstance(f, RedactingFilter)]) == 1


def test_the_loggers_of_libraries_are_covered(stream: io.StringIO) -> None:
    for name in ("httpcore", "httpx", "asyncio", "tornado.access", "tornado.application"):
        filters = logging.getLogger(name).filters
        assert any(isinstance(present, RedactingFilter) for present in filters), name
