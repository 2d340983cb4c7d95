"""The data sources, kept in memory (``aurorax.md``, 3)."""

from collections.abc import Mapping
from typing import Any

Record = dict[str, Any]

SOURCE_TYPES = ("ground", "leo", "heo", "lunar", "event_list", "not_applicable")
REQUIRED = ("program", "platform", "instrument_type", "source_type", "display_name")
_BASIC = ("identifier", *REQUIRED)
_SCHEMAS = ("ephemeris_metadata_schema", "data_product_metadata_schema")

#: Fields of each ``format``; None for all.
FORMATS: Mapping[str, tuple[str, ...] | None] = {
    "identifier_only": ("identifier",),
    "basic_info": _BASIC,
    "with_metadata": (*_BASIC, "metadata"),
    "full_record": None,
}

_FIRST = (
    ("deck-asi", "north ridge", "RGB ASI", "ground", "North Ridge RGB"),
    ("deck-asi", "south ridge", "RGB ASI", "ground", "South Ridge RGB"),
    ("deck-mag", "north ridge", "fluxgate", "ground", "North Ridge magnetometer"),
    ("deck-sat", "deck-1", "footprint", "leo", "Deck 1 footprint"),
)


class RefusedRecordError(ValueError):
    """A record that cannot be added: status, code and message of the answer."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


class Sources:
    """All data sources."""

    def __init__(self) -> None:
        self._records: dict[int, Record] = {}
        for values in _FIRST:
            self.add(dict(zip(REQUIRED, values, strict=True)), "curator@example.org")

    def find(self, wanted: Mapping[str, str], form: str) -> list[Record]:
        """Return the sources with exactly these values, in one of ``FORMATS``."""
        return [
            shown(record, form)
            for record in self._records.values()
            if all(record.get(name) == value for name, value in wanted.items())
        ]

    def add(self, given: Mapping[str, Any], owner: str) -> Record:
        """Add a source.

        Raises
        ------
        RefusedRecordError
            If a field is missing or wrong, or the identifier is taken.
        """
        for name in REQUIRED:
            if not given.get(name):
                raise RefusedRecordError(400, "AssertionError", f"{name} is required")
        if given["source_type"] not in SOURCE_TYPES:
            known = ", ".join(SOURCE_TYPES)
            raise RefusedRecordError(400, "AssertionError", f"source_type must be one of {known}")
        identifier = given.get("identifier") or self._next()
        if identifier in self._records:
            raise RefusedRecordError(
                409, "Duplicate", f"there is already a data source with identifier {identifier}"
            )
        self._records[identifier] = {
            "owner": owner,
            "maintainers": [],
            "metadata": {},
            **{name: [] for name in _SCHEMAS},
            **{name: value for name, value in given.items() if value is not None},
            "identifier": identifier,
        }
        return self._records[identifier]

    def _next(self) -> int:
        return max(self._records, default=100) + 1


def shown(record: Record, form: str) -> Record:
    """Return a record in one of ``FORMATS``."""
    names = FORMATS[form]
    return record if names is None else {name: record.get(name) for name in names}
