"""Observing programmes shaped after an archive of reduced data of a large observatory."""

from dataclasses import dataclass

#: Vacuum wavelengths in m.
OPTICAL = (4.75e-7, 9.3e-7)
NEAR_INFRARED = (1.0e-6, 2.45e-6)
MILLIMETRE = (8.6e-4, 3.6e-3)
X_RAY = (1.2e-10, 4.1e-9)


@dataclass(frozen=True)
class Programme:
    """What the products of one programme have in common.

    ``field`` is a key of ``sky.FIELDS`` or ``"all-sky"``; ``fov`` in degrees; ``band`` in m;
    ``weight`` is the share of the programme; ``circle`` asks for circular footprints.
    """

    collection: str
    instrument: str
    facility: str
    product: str | None
    subtype: str
    level: int
    field: str
    fov: float
    band: tuple[float, float]
    res_power: float | None = None
    o_ucd: str = "phot.flux.density;em.wl"
    o_unit: str = "erg/s/cm2/Angstrom"
    pol: str | None = None
    weight: int = 2
    circle: bool = False


PROGRAMMES = (
    Programme("HARPS", "HARPS", "ESO-3.6", "spectrum", "harps.s1d", 2, "all-sky", 0.0003,
              (3.78e-7, 6.91e-7), 115_000, circle=True, weight=5),
    Programme("UVES", "UVES", "ESO-VLT-U2", "spectrum", "uves.merged", 2, "all-sky", 0.0004,
              (3.0e-7, 1.1e-6), 42_000, circle=True, weight=4),
    Programme("XSHOOTER", "XSHOOTER", "ESO-VLT-U2", "spectrum", "xshooter.merged", 3, "m83",
              0.003, (3.0e-7, 2.48e-6), 8_900, weight=3),
    Programme("MUSE", "MUSE", "ESO-VLT-U4", "cube", "muse.datacube", 2, "m83", 0.0233, OPTICAL,
              2_989, weight=4),
    Programme("MUSE-DEEP", "MUSE", "ESO-VLT-U4", "cube", "muse.deep", 3, "ngc1068", 0.0233,
              OPTICAL, 2_989, weight=2),
    Programme("KMOS", "KMOS", "ESO-VLT-U1", "cube", "kmos.ifu", 2, "sgra", 0.0011, NEAR_INFRARED,
              4_000, circle=True),
    Programme("VVV", "VIRCAM", "ESO-VISTA", "image", "vvv.tile", 3, "sgra", 1.1,
              (1.95e-6, 2.3e-6), o_ucd="phot.count", o_unit="adu", weight=6),
    Programme("VVV", "VIRCAM", "ESO-VISTA", "image", "vvv.raw", 0, "sgra", 1.1,
              (1.95e-6, 2.3e-6), o_ucd="phot.count", o_unit="adu"),
    Programme("VVV-CAT", "VIRCAM", "ESO-VISTA", "measurements", "vvv.sourcelist", 4, "sgra", 1.1,
              NEAR_INFRARED, o_ucd="phot.mag", o_unit="mag", weight=3),
    Programme("OMEGACAM", "OMEGACAM", "ESO-VST", "image", "vst.coadd", 3, "border", 1.0, OPTICAL,
              o_ucd="phot.count", o_unit="adu", weight=5),
    Programme("OMEGACAM", "OMEGACAM", "ESO-VST", "image", "vst.raw", 1, "border", 1.0, OPTICAL,
              o_ucd="phot.count", o_unit="adu", weight=3),
    Programme("POLAR", "DECKCAM", "Deck 1-m", "image", "deck.polar", 2, "north", 0.6, OPTICAL,
              o_ucd="phot.count", o_unit="adu", weight=3),
    Programme("POLAR", "DECKCAM", "Deck 1-m", "image", "deck.polar", 2, "south", 0.6, OPTICAL,
              o_ucd="phot.count", o_unit="adu", weight=3),
    Programme("MATISSE", "MATISSE", "ESO-VLTI", "visibility", "matisse.oifits", 2, "ngc1068",
              0.00002, (3.0e-6, 1.3e-5), 500, o_ucd="stat.fourier", o_unit="", circle=True,
              weight=3),
    Programme("GRAVITY", "GRAVITY", "ESO-VLTI", "visibility", "gravity.oifits", 1, "sgra",
              0.00002, (2.05e-6, 2.45e-6), 500, o_ucd="stat.fourier", o_unit="", circle=True),
    Programme("ALMA-B6", "Band 6", "APEX", "visibility", "mm.uvfits", 1, "m83", 0.007, MILLIMETRE,
              30_000, o_ucd="stat.fourier", o_unit="Jy", pol="/XX/YY/", circle=True),
    Programme("ALMA-B6", "Band 6", "APEX", "cube", "mm.cube", 3, "m83", 0.007, MILLIMETRE, 30_000,
              o_unit="Jy/beam", pol="/I/Q/U/V/", circle=True),
    Programme("M31-PHOT", "DECKCAM", "Deck 1-m", "timeseries", "deck.lightcurve", 3, "m31", 0.001,
              OPTICAL, o_ucd="phot.mag", o_unit="mag", circle=True, weight=4),
    Programme("M31-MOSAIC", "DECKCAM", "Deck 1-m", "image", "deck.mosaic", 3, "m31", 0.5, OPTICAL,
              o_ucd="phot.count", o_unit="adu", weight=4),
    Programme("M31-X", "DECKX", "Deck-X", "event", "deckx.events", 1, "m31", 0.4, X_RAY,
              o_ucd="phot.count;em.X-ray", o_unit="", circle=True, weight=3),
    Programme("SED-ATLAS", "", "", "sed", "atlas.sed", 4, "all-sky", 0.001, (1e-7, 1e-3),
              o_ucd="phot.flux.density", o_unit="Jy", circle=True, weight=2),
    Programme("FORS2", "FORS2", "ESO-VLT-U1", "spectrum", "fors2.mos", 2, "ngc1068", 0.11,
              (3.3e-7, 1.1e-6), 1_000, pol="/I/Q/U/", weight=2),
    Programme("UNSORTED", "DECKCAM", "Deck 1-m", None, "deck.other", 1, "all-sky", 0.2, OPTICAL),
)  # fmt: skip
