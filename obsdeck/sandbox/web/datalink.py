"""DataLink 1.1 ``{links}``: one row per identifier, for now."""

from collections.abc import Mapping, Sequence
from urllib.parse import quote

import pyarrow as pa

from obsdeck.sandbox.archive import Archive
from obsdeck.sandbox.output.ending import Ending
from obsdeck.sandbox.output.fields import ResultField
from obsdeck.sandbox.output.votable import VOTableWriter
from obsdeck.sandbox.web.base import ArchiveHandler
from obsdeck.sandbox.web.products import MIME as FITS
from obsdeck.sandbox.web.products import product_file

MIME = "application/x-votable+xml;content=datalink"
MAX_IDS = 100

_TYPES = {"long": pa.int64()}

_STANDARD = "ivo://ivoa.net/std/DataLink#links-1.1"

#: Name, datatype, UCD and description (DataLink 1.1, table 1).
_COLUMNS = (
    ("ID", "unicodeChar", "meta.id;meta.main", "Identifier asked for"),
    ("access_url", "char", "meta.ref.url", "Link to the data"),
    ("service_def", "char", "meta.ref", "ID of a service descriptor"),
    ("error_message", "unicodeChar", "meta.code.error", "Why there is no link"),
    ("description", "unicodeChar", "meta.note", "What the link leads to"),
    ("semantics", "char", "meta.code", "Relation to the identifier"),
    ("content_type", "char", "meta.code.mime", "Media type"),
    ("content_length", "long", "phys.size;meta.file", "Size"),
)
FIELDS = tuple(
    ResultField(
        name,
        datatype,
        arraysize=None if datatype == "long" else "*",
        unit="byte" if name == "content_length" else None,
        ucd=ucd,
        description=description,
    )
    for name, datatype, ucd, description in _COLUMNS
)

#: A row of links by name of the column; what is left out is null.
Link = Mapping[str, object]


class LinksHandler(ArchiveHandler):
    """``/datalink/links``: repeatable ID; no ID gives an empty table."""

    async def get(self) -> None:
        """Answer with the links of the identifiers in the URL."""
        await self._answer()

    async def post(self) -> None:
        """Answer with the links of the identifiers in a form."""
        await self._answer()

    async def _answer(self) -> None:
        identifiers = self.parameters().every("ID")
        body = await self.in_thread(
            links_document, self.service.archive, identifiers, self.programmes
        )
        self.set_header("Content-Type", MIME)
        self.finish(body)


def links_document(
    archive: Archive, identifiers: Sequence[str], programmes: Sequence[str]
) -> bytes:
    """Return the VOTable of links; more than ``MAX_IDS`` identifiers overflow."""
    kept = identifiers[:MAX_IDS]
    rows = [_link(archive, identifier, programmes) for identifier in kept]
    return links_table(rows, is_whole=len(kept) == len(identifiers))


def links_table(
    rows: Sequence[Link], fields: Sequence[ResultField] = FIELDS, *, is_whole: bool = True
) -> bytes:
    """Return a VOTable of links.

    Parameters
    ----------
    rows
        The links.
    fields
        The columns; a service may have more than the standard ones.
    is_whole
        False where more identifiers were asked for than are answered.
    """
    writer = VOTableWriter(list(fields), "tabledata", {"standardID": _STANDARD})
    schema = pa.schema([(f.name, _TYPES.get(f.datatype, pa.string())) for f in fields])
    pieces = [writer.head()]
    if rows:
        pieces.append(writer.rows(pa.RecordBatch.from_pylist(list(rows), schema)))
    overflow = Ending("OVERFLOW", f"Only {MAX_IDS} identifiers are answered at once.")
    pieces.append(writer.tail(Ending() if is_whole else overflow))
    return b"".join(pieces)


def _link(archive: Archive, identifier: str, programmes: Sequence[str]) -> dict[str, object]:
    body = product_file(archive, identifier, programmes)
    row: dict[str, object] = {"ID": identifier, "semantics": "#this"}
    if body is None:
        return row | {"error_message": "NotFoundFault: no product has this identifier."}
    return row | {
        "access_url": f"{archive.base_url}products?ID={quote(identifier, safe='')}",
        "description": "The product: a FITS header without pixels",
        "content_type": FITS,
        "content_length": len(body),
    }
