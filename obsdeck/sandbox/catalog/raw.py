"""The table of raw frames shaped after ESO's ``dbo.raw`` (``eso.md``, 3)."""

from obsdeck.sandbox.catalog.model import Column, Table


def _text(name: str, description: str, **more: object) -> Column:
    return Column(name, "char", "*", description=description, **more)  # type: ignore[arg-type]


def _number(name: str, unit: str | None, description: str) -> Column:
    return Column(name, "double", unit=unit, description=description)


RAW = Table(
    "dbo.raw",
    "Raw frames, one row per file. All of them are invented.",
    (
        _text("dp_id", "Identifier of the frame", principal=True, indexed=True),
        _text("origfile", "Name the file had at the telescope"),
        _text("instrument", "Instrument", principal=True),
        _text("telescope", "Telescope"),
        _text("prog_id", "Observing programme", principal=True),
        _text("prog_title", "Title of the programme"),
        _text("prog_type", "Normal, GTO or DDT (rows of DDT are hidden until their release)"),
        _text("pi_coi", "Principal investigator"),
        _text("dp_cat", "SCIENCE, CALIB or ACQUISITION", principal=True),
        _text("dp_type", "Kind of frame", principal=True),
        _text("dp_tech", "Technique"),
        _text("object", "Target as the observer wrote it"),
        _number("ra", "deg", "Right ascension, ICRS"),
        _number("dec", "deg", "Declination, ICRS"),
        _text("s_region", "Position as STC-S", xtype="adql:REGION"),
        _text("date_obs", "Start, UTC", xtype="timestamp"),
        _text("exp_start", "Start, UTC", xtype="timestamp", principal=True),
        _number("mjd_obs", "d", "Start (MJD)"),
        _number("exposure", "s", "Exposure time"),
        _number("lambda_min", "nm", "Shortest wavelength"),
        _number("lambda_max", "nm", "Longest wavelength"),
        _text("release_date", "When the file becomes public", xtype="timestamp", principal=True),
        _text("access_url", "The file", ucd="meta.ref.url"),
        _text("datalink_url", "What belongs to the file", ucd="meta.ref.url"),
        Column("access_estsize", "long", unit="kbyte", description="Size of the file"),
    ),
)
