"""The files of a queue in their order, found by id, by what they are, and by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from obsdeck.downloads.item import Item

Key = tuple[str, ...]


def key_of(item: Item) -> Key:
    """Return what two entries for the same file in the same folder have in common."""
    return (item.folder, *item.request.key)


@dataclass
class Roster:
    """Files of a queue; every path has at most one that will be there."""

    _items: dict[str, Item] = field(default_factory=dict)
    _by_key: dict[Key, str] = field(default_factory=dict)
    _by_path: dict[str, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self._items)

    def all(self) -> list[Item]:
        """Return all files in their order."""
        return list(self._items.values())

    def get(self, item: str) -> Item | None:
        """Return a file, None when it is there no more."""
        return self._items.get(item)

    def chosen(self, ids: Sequence[str] | None) -> list[Item]:
        """Return the files of some ids, all where it is None; unknown ids are left out."""
        if ids is None:
            return self.all()
        return [self._items[each] for each in dict.fromkeys(ids) if each in self._items]

    def same(self, key: Key) -> Item | None:
        """Return the file that is asked for again."""
        return self._items.get(self._by_key.get(key, ""))

    def next_rank(self) -> float:
        """Return the rank of a file at the end."""
        last = next(reversed(self._items.values()), None)
        return last.rank + 1 if last else 0.0

    def take(self, item: Item) -> None:
        """Add a file at the end."""
        self._items[item.id] = item
        self._by_key.setdefault(key_of(item), item.id)
        self._by_path.setdefault(_path(item, item.name), item.id)

    def drop(self, item: Item) -> None:
        """Forget a file."""
        del self._items[item.id]
        if self._by_key.get(key_of(item)) == item.id:
            del self._by_key[key_of(item)]
        self._release(item)

    def is_taken(self, item: Item, name: str) -> bool:
        """Return whether another file of the queue has or will have a name."""
        return self._by_path.get(_path(item, name), item.id) != item.id

    def rename(self, item: Item, name: str) -> None:
        """Give a file a name that is not taken."""
        self._release(item)
        item.name = name
        self._by_path[_path(item, name)] = item.id

    def move(self, ids: Sequence[str], before: str | None) -> list[Item]:
        """Put files before another one, at the end where it is None; return whose rank changed."""
        moved = self.chosen(ids)
        gone = {item.id for item in moved}
        rest = [item for item in self._items.values() if item.id not in gone]
        place = next((i for i, item in enumerate(rest) if item.id == before), len(rest))
        order = [*rest[:place], *moved, *rest[place:]]
        self._items = {item.id: item for item in order}
        low = rest[place - 1].rank if place else None
        high = rest[place].rank if place < len(rest) else None
        return moved if _rank_between(moved, low, high) else _rank_anew(order)

    def _release(self, item: Item) -> None:
        path = _path(item, item.name)
        if self._by_path.get(path) == item.id:
            del self._by_path[path]


def _path(item: Item, name: str) -> str:
    # Folded, because many disks do not tell capitals from small letters.
    return f"{item.folder}/{name}".casefold()


def _rank_between(moved: Sequence[Item], low: float | None, high: float | None) -> bool:
    """Give files ranks within a gap; False where numbers have no room for them."""
    if low is None:
        low = (high if high is not None else 0.0) - len(moved) - 1
    if high is None:
        high = low + len(moved) + 1
    step = (high - low) / (len(moved) + 1)
    ranks = [low + step * (number + 1) for number in range(len(moved))]
    if any(one >= other for one, other in zip([low, *ranks], [*ranks, high], strict=True)):
        return False
    for item, rank in zip(moved, ranks, strict=True):
        item.rank = rank
    return True


def _rank_anew(order: Iterable[Item]) -> list[Item]:
    items = list(order)
    for number, item in enumerate(items):
        item.rank = float(number)
    return items
