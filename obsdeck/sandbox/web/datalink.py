"""DataLink 1.1 ``{links}``: one row per identifier, for now."""

from collections.abc import Sequence
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

_STANDARD = "ivo://ivoa.net/std/DataLink#links-1.1"

_FIELDS = [
    ResultField("ID", "unicodeChar", "*", ucd="meta.id;meta.main", description="Identifier asked for"),
    ResultField("access_url", "char", "*", ucd="meta.ref.url", description="Link to the data"),
    ResultField("service_def", "char", "*", ucd="meta.ref", description="ID of a service descriptor"),
    ResultField("error_message", "unicodeChar", "*", ucd="meta.code.error", description="Why there is no link"),
    ResultField("description", "unicodeChar", "*", ucd="meta.note", description="What the link leads to"),
    ResultField("semantics", "char", "*", ucd="meta.code", description="Relation to the identifier"),
    ResultField("content_type", "char", "*", ucd="meta.code.mime", description="Media type"),
    ResultField("content_length", "long", unit="byte", ucd="phys.size;meta.file", description="Size"),
]  # fmt: skip

_SCHEMA = pa.schema(
    [(f.name, pa.int64() if f.datatype == "long" else pa.string()) for f in _FIELDS]
)


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
            links_document, self.service.archive, self.service.base_url, identifiers
        )
        self.set_header("Content-Type", MIME)
        self.finish(body)


def links_document(archive: Archive, base_url: str, identifiers: Sequence[str]) -> bytes:
    """Return the VOTable of links; more than ``MAX_IDS`` identifiers overflow."""
    kept = identifiers[:MAX_IDS]
    rows = [_link(archive, base_url, identifier) for identifier in kept]
    writer = VOTableWriter(_FIELDS, "tabledata", {"standardID": _STANDARD})
    pieces = [writer.head()]
    if rows:
        pieces.append(writer.rows(pa.RecordBatch.from_pylist(rows, _SCHEMA)))
    overflow = Ending("OVERFLOW", f"Only {MAX_IDS} identifiers are answered at once.")
    pieces.append(writer.tail(Ending() if len(kept) == len(identifiers) else overflow))
    return b"".join(pieces)


def _link(archive: Archive, base_url: str, identifier: str) -> dict[str, object]:
    body = product_file(archive, identifier)
    row: dict[str, object] = {"ID": identifier, "semantics": "#this"}
    if body is None:
        return row | {"error_message": "NotFoundFault: no product has this identifier."}
    return row | {
        "access_url": f"{base_url}products?ID={quote(identifier, safe='')}",
        "description": "The product: a FITS header without pixels",
        "content_type": FITS,
        "content_length": len(body),
    }
