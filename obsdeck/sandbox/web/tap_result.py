"""The result of a query as pieces of a document, for whoever carries them on."""

from collections.abc import Iterator

from obsdeck.sandbox.adql.errors import QueryError
from obsdeck.sandbox.archive import Query
from obsdeck.sandbox.output.ending import Ending
from obsdeck.sandbox.web.tap_request import TapRequest


def result_pieces(query: Query, request: TapRequest) -> Iterator[bytes]:
    """Run a query and yield its document; each step blocks.

    The first piece comes when the first rows are there, so that an error before has nothing sent
    yet. One after that is said in the last piece as well.

    Raises
    ------
    QueryError
        If the query fails, before the first piece or after the last.
    """
    fields = query.start()
    batch = query.next_batch() if request.maxrec else None
    writer = request.format.writer(fields)
    yield writer.head()
    # DALI 1.1, 3.4.4: MAXREC=0 asks for metadata and always overflows.
    ending = Ending() if request.maxrec else _overflow(0)
    sent = 0
    while batch is not None and ending.is_ok:
        kept = batch.slice(0, request.maxrec - sent)
        sent += kept.num_rows
        yield writer.rows(kept)
        if kept.num_rows < batch.num_rows:
            ending = _overflow(request.maxrec)
            continue
        try:
            batch = query.next_batch()
        except QueryError as error:
            yield writer.tail(Ending("ERROR", str(error)))
            raise
    yield writer.tail(ending)


def _overflow(maxrec: int) -> Ending:
    return Ending("OVERFLOW", f"There are more rows than the {maxrec} asked for.")
