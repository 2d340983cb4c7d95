"""VOTables in pieces: a head, rows as they come, and a tail.

astropy only writes whole documents. A document of its without rows gives head and tail; the values
of each batch go through its converters (``output.rows``). That keeps memory constant and lets the
first rows out at once.
"""

# mypy: disable-error-code=import-untyped

import base64
import io
import re
from collections.abc import Mapping

import pyarrow as pa
from astropy.io.votable import tree
from astropy.io.votable.converters import get_converter
from astropy.utils.xml.writer import XMLWriter

from obsdeck.sandbox.output.arrays import column_values
from obsdeck.sandbox.output.ending import Ending
from obsdeck.sandbox.output.fields import ResultField
from obsdeck.sandbox.output.rows import ENCODERS, Column

MIME = "application/x-votable+xml"

_VERSION = "1.4"
_TABLE_END = "</TABLE>"
_NOT_IN_ID = re.compile(r"[^A-Za-z0-9_.-]")

#: Nulls of BINARY, which has no flags (VOTable 1.4, 5.4); columns of the sandbox avoid them.
_NULLS = {"unsignedByte": 255, "short": -(2**15), "int": -(2**31), "long": -(2**63)}


class VOTableWriter:
    """Writes one result as ``tabledata``, ``binary`` or ``binary2``."""

    def __init__(
        self,
        fields: list[ResultField],
        serialization: str,
        infos: Mapping[str, str] | None = None,
    ) -> None:
        self._fields = fields
        self._serialization = serialization
        self._votable, table = _skeleton(fields, serialization, infos or {})
        self._converters = [get_converter(field) for field in table.fields]
        self._encoded = ENCODERS[serialization]
        self._tag = serialization.upper()
        self._has_rows = False
        self._carried = b""
        self._tail = ""

    def head(self) -> bytes:
        """Return everything up to the rows."""
        head, _, tail = _written(self._votable).partition(_TABLE_END)
        self._tail = _TABLE_END + tail
        return head.rstrip(" ").encode()

    def rows(self, batch: pa.RecordBatch) -> bytes:
        """Return a batch of rows."""
        if not batch.num_rows:
            return b""
        columns = [
            Column(field, converter, *column_values(field, column))
            for field, converter, column in zip(
                self._fields, self._converters, batch.columns, strict=True
            )
        ]
        opening = b"" if self._has_rows else self._opening().encode()
        self._has_rows = True
        data = self._encoded(columns)
        return opening + (data if self._serialization == "tabledata" else self._base64(data))

    def tail(self, ending: Ending) -> bytes:
        """Return what follows the rows, with a second QUERY_STATUS if not all is well."""
        closing = self._closing() if self._has_rows else ""
        after_table, _, rest = self._tail.partition("\n")
        status = "" if ending.is_ok else _info_xml(ending)
        return f"{closing}{after_table}\n{status}{rest}".encode()

    def _opening(self) -> str:
        stream = "" if self._serialization == "tabledata" else '<STREAM encoding="base64">'
        return f"<DATA><{self._tag}>{stream}"

    def _closing(self) -> str:
        rest = base64.b64encode(self._carried).decode()
        stream = "" if self._serialization == "tabledata" else "</STREAM>"
        return f"{rest}{stream}</{self._tag}></DATA>"

    def _base64(self, stream: bytes) -> bytes:
        """Encode the next part of the stream: only multiples of three bytes end without padding."""
        data = self._carried + stream
        whole = len(data) - len(data) % 3
        self._carried = data[whole:]
        return base64.b64encode(data[:whole])


def error_document(message: str) -> bytes:
    """Return a VOTable that carries only an error (DALI 1.1, 4.4)."""
    votable, resource = _document()
    info = tree.Info(name="QUERY_STATUS", value="ERROR")
    info.content = message
    resource.infos.append(info)
    return _written(votable).encode()


def bare_error_document(message: str) -> bytes:
    """Return an error whose INFO stands at the top, without a RESOURCE, as some services write."""
    votable = tree.VOTableFile(version=_VERSION)
    info = tree.Info(name="QUERY_STATUS", value="ERROR")
    info.content = message
    votable.infos.append(info)
    return _written(votable).encode()


def _document() -> tuple[tree.VOTableFile, tree.Resource]:
    votable = tree.VOTableFile(version=_VERSION)
    resource = tree.Resource(type="results")
    votable.resources.append(resource)
    return votable, resource


def _skeleton(
    fields: list[ResultField], serialization: str, infos: Mapping[str, str]
) -> tuple[tree.VOTableFile, tree.TableElement]:
    votable, resource = _document()
    for name, value in {"QUERY_STATUS": "OK", **infos}.items():
        resource.infos.append(tree.Info(name=name, value=value))
    table = tree.TableElement(votable, name="result")
    resource.tables.append(table)
    table.format = serialization
    used: set[str] = set()
    for field in fields:
        table.fields.append(_field(votable, field, _unique_id(field.name, used), serialization))
    table.create_arrays(0)
    return votable, table


def _field(
    votable: tree.VOTableFile, field: ResultField, identifier: str, serialization: str
) -> tree.Field:
    made = tree.Field(
        votable,
        ID=identifier,
        name=field.name,
        datatype=field.datatype,
        arraysize=field.arraysize,
        unit=field.unit,
        ucd=field.ucd,
        utype=field.utype,
        xtype=field.xtype,
    )
    made.description = field.description
    if serialization == "binary" and field.datatype in _NULLS:
        made.values = tree.Values(votable, made, null=_NULLS[field.datatype])
    return made


def _unique_id(name: str, used: set[str]) -> str:
    """Return an XML name made from a column name that no other column of the table has."""
    base = _NOT_IN_ID.sub("_", name)
    if not base[:1].isalpha():
        base = f"_{base}"
    identifier, number = base, 1
    while identifier in used:
        number += 1
        identifier = f"{base}_{number}"
    used.add(identifier)
    return identifier


def _written(votable: tree.VOTableFile) -> str:
    buffer = io.BytesIO()
    votable.to_xml(buffer)
    return buffer.getvalue().decode()


def _info_xml(ending: Ending) -> str:
    # The ID must differ from that of the first QUERY_STATUS.
    info = tree.Info(ID="QUERY_STATUS_END", name="QUERY_STATUS", value=ending.status)
    info.content = ending.message
    buffer = io.StringIO()
    info.to_xml(XMLWriter(buffer))
    return buffer.getvalue()
