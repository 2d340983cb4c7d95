"""Documents of links (DataLink 1.1, 3.3)."""

from collections.abc import Mapping, Sequence

import pyarrow as pa

from obsdeck.sandbox.links.descriptors import Descriptor, descriptor_xml
from obsdeck.sandbox.output.ending import Ending
from obsdeck.sandbox.output.fields import ResultField
from obsdeck.sandbox.output.votable import VOTableWriter

MIME = "application/x-votable+xml;content=datalink"

#: Identifiers that are answered at once.
MAX_IDS = 100

STANDARD = "ivo://ivoa.net/std/DataLink#links-1.1"

_TYPES = {"long": pa.int64(), "boolean": pa.bool_()}

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
    ("content_qualifier", "char", "meta.code.class", "Kind of product"),
    ("local_semantics", "char", "meta.code", "Relation in the words of the archive"),
    ("link_auth", "char", "meta.code", "Whether the link needs an account"),
    ("link_authorized", "boolean", "meta.code", "Whether you may follow the link"),
)


def _field(name: str, datatype: str, ucd: str, description: str) -> ResultField:
    return ResultField(
        name,
        datatype,
        arraysize=None if datatype in _TYPES else "*",
        unit="byte" if name == "content_length" else None,
        ucd=ucd,
        description=description,
    )


FIELDS = tuple(_field(*column) for column in _COLUMNS)

#: A row of links by name of the column; what is left out is null.
Link = Mapping[str, object]

_RESOURCES_END = "</VOTABLE>"


def links_table(
    rows: Sequence[Link],
    services: Sequence[Descriptor] = (),
    fields: Sequence[ResultField] = FIELDS,
    *,
    answered: int | None = None,
    serialization: str = "tabledata",
) -> bytes:
    """Return a VOTable of links.

    Parameters
    ----------
    rows
        The links.
    services
        What ``service_def`` names.
    fields
        The columns; a service may have other ones than the standard.
    answered
        How many identifiers are answered, None for all that were asked for.
    serialization
        As ``VOTableWriter`` knows it.
    """
    writer = VOTableWriter(list(fields), serialization, {"standardID": STANDARD})
    schema = pa.schema([(f.name, _TYPES.get(f.datatype, pa.string())) for f in fields])
    pieces = [writer.head()]
    if rows:
        pieces.append(writer.rows(pa.RecordBatch.from_pylist(list(rows), schema)))
    overflow = Ending("OVERFLOW", f"Only {answered} identifiers are answered at once.")
    tail = writer.tail(Ending() if answered is None else overflow).decode()
    before, end, after = tail.rpartition(_RESOURCES_END)
    described = "".join(descriptor_xml(service) for service in services)
    return b"".join([*pieces, f"{before}{described}{end}{after}".encode()])
