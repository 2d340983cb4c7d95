"""What a request asks to be cut out."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import TypeVar

from obsdeck.sandbox.soda.errors import SodaError, multi_valued
from obsdeck.sandbox.soda.stencils import Stencil, interval, stencil
from obsdeck.sandbox.web.params import Parameters

T = TypeVar("T")

_SHAPES = ("POS", "CIRCLE", "POLYGON")
_STATES = frozenset({"I", "Q", "U", "V", "RR", "LL", "RL", "LR", "XX", "YY", "XY", "YX"})


@dataclass(frozen=True)
class Cut:
    """One cutout: what is None is not cut.

    Attributes
    ----------
    identifier
        Of the product.
    stencil
        Where.
    band
        Vacuum wavelengths in m.
    time
        MJD.
    states
        Polarization states that are kept; all POL of a request together make one filter.
    """

    identifier: str
    stencil: Stencil | None = None
    band: tuple[float, float] | None = None
    time: tuple[float, float] | None = None
    states: Sequence[str] = ()

    @property
    def text(self) -> str:
        """What it asks for, for people."""
        ends = {"BAND": self.band, "TIME": self.time}
        parts = [f"{name} {pair[0]:g} {pair[1]:g}" for name, pair in ends.items() if pair]
        shape = [self.stencil.text] if self.stencil else []
        states = [f"POL {' '.join(self.states)}"] if self.states else []
        return ", ".join([*shape, *parts, *states]) or self.identifier


def cuts(parameters: Parameters) -> list[Cut]:
    """Return the combinations of the values of a request (SODA 1.0, 3.1); raises SodaError."""
    identifiers = parameters.every("ID")
    if not identifiers:
        raise SodaError("ID is missing.")
    stencils = [stencil(name, value) for name in _SHAPES for value in parameters.every(name)]
    bands = [interval("BAND", value) for value in parameters.every("BAND")]
    times = [interval("TIME", value) for value in parameters.every("TIME")]
    states = tuple(parameters.every("POL"))
    for state in states:
        if state not in _STATES:
            raise SodaError(f"POL must be one of {', '.join(sorted(_STATES))}, not '{state}'.")
    return [
        Cut(identifier, shape, band, time, states)
        for identifier, shape, band, time in product(
            identifiers, _or_none(stencils), _or_none(bands), _or_none(times)
        )
    ]


def _or_none(values: Sequence[T]) -> Sequence[T | None]:
    """Return values, or the one choice not to cut."""
    return values or [None]


def single_cut(parameters: Parameters) -> Cut:
    """Return the only combination of a synchronous request; raises SodaError."""
    found = cuts(parameters)
    if len(found) > 1:
        raise multi_valued(
            f"A synchronous request makes one cutout; these parameters ask for {len(found)}."
        )
    return found[0]
