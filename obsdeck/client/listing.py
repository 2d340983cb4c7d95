"""The states of all accounts, as a table of plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

from obsdeck.client.holder import STATES, Standing
from obsdeck.client.words import left, origin_of

_HEADINGS = ("Archive", "Id", "State", "Who", "Left", "From")


class AccountList(Sequence[Standing]):
    """Who one is at each archive that has accounts; printing it shows a table.

    Parameters
    ----------
    standings
        In the order of menus.
    now
        Unix time in seconds of the look.
    """

    def __init__(self, standings: Sequence[Standing], now: float) -> None:
        self._standings = tuple(standings)
        self._now = now

    @overload
    def __getitem__(self, index: int) -> Standing: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Standing]: ...

    def __getitem__(self, index: int | slice) -> Standing | Sequence[Standing]:
        return self._standings[index]

    def __len__(self) -> int:
        return len(self._standings)

    def __repr__(self) -> str:
        rows = [_HEADINGS, *self._rows()]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        rows.insert(1, tuple("─" * width for width in widths))
        return "\n".join(
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in rows
        )

    def _rows(self) -> Iterator[tuple[str, ...]]:
        for standing in self._standings:
            yield (
                standing.archive.name,
                standing.archive.id,
                STATES[standing.state],
                standing.who or "",
                left(standing, self._now),
                origin_of(standing),
            )
