"""Room on the disk, shared among the files that arrive at the same time."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from obsdeck.downloads.item import Item
from obsdeck.downloads.outcomes import NoRoomError


class Room:
    """Says before the first byte whether a file fits.

    Parameters
    ----------
    reserve
        Bytes that are left free, for everybody else.
    arriving
        Gives the files that arrive now.
    """

    def __init__(self, reserve: int, arriving: Callable[[], Iterable[Item]]) -> None:
        self._reserve = reserve
        self._arriving = arriving

    def check(self, item: Item, more: int, free: int) -> None:
        """Refuse a file for which there is no room beside those that arrive.

        Parameters
        ----------
        item
            The file.
        more
            Bytes that are still to come.
        free
            Bytes free on the disk.

        Raises
        ------
        NoRoomError
        """
        others = sum(
            (other.total or other.received) - other.received
            for other in self._arriving()
            if other is not item
        )
        if free < more + others + self._reserve:
            raise NoRoomError
