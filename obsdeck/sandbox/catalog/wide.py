"""A table of two thousand columns, as catalogues of surveys have it."""

from collections.abc import Iterator

from obsdeck.sandbox.catalog.model import Column, Table

COLUMNS = 2_000

_BANDS = "ugrizy"
_APERTURES = tuple(range(2, 34))

#: Stem of a name, unit, UCD and what it is.
_KINDS = (
    ("flux", "nJy", "phot.flux.density", "Flux"),
    ("flux_err", "nJy", "stat.error;phot.flux.density", "Error of the flux"),
    ("mag", "mag", "phot.mag", "Magnitude"),
    ("mag_err", "mag", "stat.error;phot.mag", "Error of the magnitude"),
    ("x", "pixel", "pos.cartesian.x", "Centroid, first axis"),
    ("y", "pixel", "pos.cartesian.y", "Centroid, second axis"),
    ("fwhm", "arcsec", "phys.angSize;instr.det.psf", "Width of the profile"),
    ("ellipticity", None, "src.ellipticity", "Ellipticity"),
    ("angle", "deg", "pos.posAng", "Position angle"),
    ("flag", None, "meta.code.qual", "Whether something is wrong with the measurement"),
    ("chi2", None, "stat.fit.chi2", "Quality of the fit"),
)


def _columns() -> Iterator[Column]:
    yield Column("source_id", "long", ucd="meta.id;meta.main", description="Source", principal=True)
    yield Column("ra", "double", unit="deg", ucd="pos.eq.ra;meta.main", description="ICRS")
    yield Column("dec", "double", unit="deg", ucd="pos.eq.dec;meta.main", description="ICRS")
    for aperture in _APERTURES:
        for stem, unit, ucd, text in _KINDS:
            for band in _BANDS:
                yield Column(
                    f"{band}_{stem}_ap{aperture:02d}",
                    "double",
                    unit=unit,
                    ucd=f"{ucd};em.opt" if ucd.startswith("phot") else ucd,
                    description=f"{text} in {band} through an aperture of {aperture} pixels",
                )


WIDE = Table(
    "obsdeck.wide",
    "Measurements of the same sources in six bands and many apertures",
    tuple(column for column, _ in zip(_columns(), range(COLUMNS), strict=False)),
)
