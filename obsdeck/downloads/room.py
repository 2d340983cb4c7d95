"""Room on the disk, shared among the files that arrive at the same time."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from obsdeck.downloads.item import Item
from obsdeck.downloads.outcomes import NoRoomError
from obsdeck.downloads.surroundings import Surroundings


class Room:
    """Says before the first byte whether a file fits.

    Parameters
    ----------
    around
        Threads, and what is left free for others.
    arriving
        Gives the files that arrive now.
    """

    def __init__(self, around: Surroundings, arriving: Callable[[], Iterable[Item]]) -> None:
        self._around = around
        self._arriving = arriving

    async def check(self, item: Item, folder: Path, more: int) -> None:
        """Refuse a file for which there is no room beside those that arrive.

        Parameters
        ----------
        item
            The file.
        folder
            Where it goes.
        more
            Bytes that are still to come.

        Raises
        ------
        NoRoomError
        """
        others = sum(
            (other.total or other.received) - other.received
            for other in self._arriving()
            if other is not item
        )
        free = (await self._around.apart(shutil.disk_usage, folder)).free
        if free < more + others + self._around.reserve:
            raise NoRoomError
