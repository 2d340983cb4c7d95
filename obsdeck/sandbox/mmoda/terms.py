"""The terms of the gallery: instruments, kinds of product, and which belongs to which."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Product:
    """A type of product.

    Attributes
    ----------
    name
        The term.
    instrument
        Instrument that makes it.
    kind
        The general term above it: image, lightcurve, spectrum.
    """

    name: str
    instrument: str
    kind: str


INSTRUMENTS = ("isgri", "jemx", "spi_acs", "polar")

PRODUCTS = (
    Product("isgri_image", "isgri", "image"),
    Product("isgri_spectrum", "isgri", "spectrum"),
    Product("isgri_lc", "isgri", "lightcurve"),
    Product("jemx_image", "jemx", "image"),
    Product("jemx_spectrum", "jemx", "spectrum"),
    Product("jemx_lc", "jemx", "lightcurve"),
    Product("spi_acs_lc", "spi_acs", "lightcurve"),
    Product("polar_lc", "polar", "lightcurve"),
    Product("polar_spectrum", "polar", "spectrum"),
)

SOURCES = ("Crab", "Cyg X-1", "GX 1+4")


def list_terms(group: str, parent: str) -> list[str]:
    """Return the terms of a group (``mmoda-gallery.md``, 8); an unknown one has none."""
    match group.lower():
        case "instruments":
            return list(INSTRUMENTS)
        case "products":
            return [p.name for p in PRODUCTS if parent in ("", p.instrument)]
        case "sources":
            return list(SOURCES)
    return []


def parents_of(term: str, group: str) -> list[str]:
    """Return the terms above a term."""
    if group.lower() != "products":
        return []
    return [above for p in PRODUCTS if p.name == term for above in (p.instrument, p.kind)]
