"""The objects whose names are known."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class SkyObject:
    """An object: its name, its kind in the words of Simbad, and where it is (ICRS, degrees)."""

    name: str
    kind: str
    ra: float
    dec: float


def folded(name: str) -> str:
    """Return a name without case and blanks, by which it is found."""
    return _BLANKS.sub("", name).casefold()


@cache
def known_objects() -> Mapping[str, SkyObject]:
    """Return the objects by each of their names, folded."""
    text = files(__package__).joinpath("objects.txt").read_text("utf-8")
    return dict(_named(text))


def _named(text: str) -> Iterator[tuple[str, SkyObject]]:
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        name, others, kind, ra, dec = (part.strip() for part in line.split("|"))
        one = SkyObject(name, kind, float(ra), float(dec))
        for alias in (name, *filter(None, others.split(";"))):
            yield folded(alias), one
