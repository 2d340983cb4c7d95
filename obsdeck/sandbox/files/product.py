"""Products: rows of ``ivoa.ObsCore`` that have a file, and the files that belong to them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatchcase

from obsdeck.sandbox.archive import Archive
from obsdeck.sandbox.data.columns import Row
from obsdeck.sandbox.files.header import COLUMNS
from obsdeck.sandbox.files.plan import FilePlan, plan_of

#: Columns that decide about access, where the table has them.
_RIGHTS = ("obs_publisher_did", "obs_release_date", "proposal_id")

_USUAL_MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Product:
    """A row with a file.

    Attributes
    ----------
    identifier
        Its ``obs_publisher_did``.
    row
        Its row of ObsCore, as far as files need it.
    is_open
        Whether whoever asked may have the file.
    """

    identifier: str
    row: Row
    is_open: bool = True

    @property
    def plan(self) -> FilePlan:
        """What its file is."""
        return plan_of(self.row)

    @property
    def name(self) -> str:
        """Name of its file without the end, in characters that every system takes."""
        text = str(self.row.get("obs_id") or "product")
        return "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in text)

    @property
    def modified(self) -> float:
        """Unix time of its making."""
        try:
            made = datetime.fromisoformat(str(self.row.get("obs_creation_date")))
        except ValueError:
            made = _USUAL_MOMENT
        return (made if made.tzinfo else made.replace(tzinfo=UTC)).timestamp()


def products(
    archive: Archive, identifiers: Iterable[str], programmes: Sequence[str], now: float
) -> dict[str, Product]:
    """Return the products of identifiers, those that whoever asks sees the rows of; blocks.

    Parameters
    ----------
    archive
        Whose.
    identifiers
        Values of ``obs_publisher_did``.
    programmes
        Patterns of the observing programmes whose reserved rows and files are theirs.
    now
        Unix time: a file is open to all from its release on.
    """
    literals = ", ".join("'" + one.replace("'", "''") + "'" for one in dict.fromkeys(identifiers))
    if not literals:
        return {}
    condition = f"obs_publisher_did IN ({literals}) AND access_url IS NOT NULL"
    return {one.identifier: one for one in found(archive, condition, programmes, now)}


def found(archive: Archive, condition: str, programmes: Sequence[str], now: float) -> list[Product]:
    """Return the products that fulfil a condition of ADQL; blocks."""
    table = archive.catalog.table("ivoa.ObsCore")
    published = {column.name for column in table.columns} if table is not None else set()
    names = [name for name in dict.fromkeys((*_RIGHTS, *COLUMNS)) if name in published]
    rows = archive.rows(
        f"SELECT {', '.join(names)} FROM ivoa.ObsCore WHERE {condition}",  # noqa: S608 - callers quote
        programmes,
    )
    moment = datetime.fromtimestamp(now, UTC).isoformat()
    return [
        Product(str(row["obs_publisher_did"]), row, is_released(row, programmes, moment))
        for row in rows
    ]


def is_released(row: Row, programmes: Sequence[str], moment: str) -> bool:
    """Tell whether the file of a row is open to members of programmes at an ISO 8601 moment."""
    released = str(row.get("obs_release_date") or "") <= moment
    return released or any(
        fnmatchcase(str(row.get("proposal_id")), one.replace("%", "*")) for one in programmes
    )
