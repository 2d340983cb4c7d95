"""The rows that are chosen in a widget."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from ipywidgets import CallbackDispatcher

from obsdeck.errors import ObsdeckError

if TYPE_CHECKING:
    from astropy.table import Table

Send = Callable[[dict[str, Any]], None]
"""Sends a message to the page."""


class Selection:
    """The rows that are chosen in a widget, as the page told last.

    Parameters
    ----------
    send
        Reaches the page, for choosing rows from here.
    """

    def __init__(self, send: Send) -> None:
        self._send = send
        self._count = 0
        self._rows: tuple[int, ...] = ()
        self._stream: bytes | None = None
        self._most: int | None = None
        self._table: Table | None = None
        self._parts: list[bytes] = []
        self._changed = CallbackDispatcher()

    @property
    def rows(self) -> tuple[int, ...]:
        """Numbers of the chosen rows, ascending, counted from 0 in the order they came in."""
        return self._rows

    @property
    def table(self) -> Table:
        """The chosen rows as an astropy Table, units included; a new one for each choice.

        Without a choice it has columns and no rows, and no columns before the first search.

        Raises
        ------
        ObsdeckError
            `rejected`, when more rows are chosen than can come here.
        """
        if self._most is not None:
            raise ObsdeckError(
                "rejected",
                f"{self._count:,} rows are chosen, and at most {self._most:,} come to a notebook.",
                hint="Choose fewer, or export the rows to a file.",
            )
        if self._table is None:
            self._table = self._read()
        return self._table

    def select(self, rows: Iterable[int]) -> None:
        """Choose rows in the page; what comes of it arrives after the cell has ended.

        Parameters
        ----------
        rows
            Numbers as in `rows`; those that are not there are left out.
        """
        self._send({"type": "select", "rows": sorted({int(row) for row in rows})})

    def on_change(self, callback: Callable[[Selection], Any], remove: bool = False) -> None:
        """Have a function called with this object whenever other rows are chosen.

        Parameters
        ----------
        callback
            What to call.
        remove
            True to call it no longer.
        """
        self._changed.register_callback(callback, remove=remove)

    def __len__(self) -> int:
        return self._count

    def __repr__(self) -> str:
        return f"<Selection of {self._count:,} rows>"

    def take(self, content: Mapping[str, Any], buffers: Sequence[memoryview]) -> None:
        """Take a message of the page, see `ISelectionMessage`; what is no such one is left."""
        count, most = content.get("count"), content.get("most")
        if not isinstance(count, int) or count < 0:
            return
        if isinstance(most, int):
            self._set(count, most=most)
            return
        part, parts = content.get("part"), content.get("parts")
        if part == 0:
            self._parts.clear()
        if part != len(self._parts) or len(buffers) != 1:
            return
        self._parts.append(bytes(buffers[0]))
        if len(self._parts) == parts:
            whole = b"".join(self._parts)
            self._parts.clear()
            end = len(whole) - 4 * count
            if 0 <= end == content.get("streamBytes"):
                rows = np.frombuffer(whole, "<u4", offset=end)
                self._set(count, tuple(rows.tolist()), whole[:end])

    def _set(
        self,
        count: int,
        rows: tuple[int, ...] = (),
        stream: bytes | None = None,
        most: int | None = None,
    ) -> None:
        self._count, self._rows, self._stream, self._most = count, rows, stream, most
        self._table = None
        self._changed(self)

    def _read(self) -> Table:
        if self._stream is None:
            from astropy.table import Table  # noqa: PLC0415 - slow

            return Table()
        from obsdeck.tables.astropytable import table_of  # noqa: PLC0415 - slow

        return table_of(self._stream)
