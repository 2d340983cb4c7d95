"""Which columns of a table are a spectrum."""

from __future__ import annotations

from dataclasses import dataclass

from astropy.io import fits

from obsdeck.quicklook.decoding.values import text_of

_MOST_COLUMNS = 999
_ABSCISSAE = ("wave", "lambda", "loglam", "freq", "energy", "wl", "velocity")
_ORDINATES = ("flux", "count", "rate", "intensity", "spec", "flam", "fnu", "transmission")
_ERRORS = ("err", "sigma", "stat_err", "flux_err", "unc")
_UCDS = ("em.wl", "em.freq", "em.energy", "spect.dopplerVeloc")


@dataclass(frozen=True)
class Column:
    """A column of a table HDU.

    Attributes
    ----------
    name, unit
        As the header spells them.
    format
        `TFORMn`.
    ucd
        `TUCDn`, empty where there is none.
    """

    name: str
    unit: str
    format: str
    ucd: str


@dataclass(frozen=True)
class SpectrumColumns:
    """Names of the columns to be plotted; `error` is empty where there is none."""

    x: str
    y: str
    error: str


def columns_of(header: fits.Header) -> list[Column]:
    """Return the columns of a table, in their order."""
    fields = header.get("TFIELDS", 0)
    number = min(fields, _MOST_COLUMNS) if type(fields) is int else 0
    return [
        Column(
            text_of(header, f"TTYPE{i}") or f"col{i}",
            text_of(header, f"TUNIT{i}"),
            text_of(header, f"TFORM{i}"),
            text_of(header, f"TUCD{i}"),
        )
        for i in range(1, number + 1)
    ]


def spectrum_columns(header: fits.Header) -> SpectrumColumns | None:
    """Return the columns that are plotted when nothing else is said; None if it is no spectrum."""
    columns = [column for column in columns_of(header) if not column.format.rstrip().endswith("A")]
    x = next((c.name for c in columns if _is(c, _ABSCISSAE) or c.ucd.startswith(_UCDS)), "")
    y = next((c.name for c in columns if _is(c, _ORDINATES) and not _is_error(c)), "")
    if not x or not y or x == y:
        return None
    error = next((c.name for c in columns if _is_error(c) and c.name != y), "")
    return SpectrumColumns(x, y, error)


def _is(column: Column, beginnings: tuple[str, ...]) -> bool:
    return column.name.lower().startswith(beginnings)


def _is_error(column: Column) -> bool:
    name = column.name.lower()
    return name.startswith(_ERRORS) or name.endswith(("_err", "err", "error", "_sigma"))
