"""The table of raw frames shaped after ESO's ``dbo.raw`` (``eso.md``, 3)."""

from obsdeck.sandbox.catalog.model import Column, Table


def _text(name: str, description: str, **more: object) -> Column:
    return Column(name, "char", "*", description=description, **more)  # type: ignore[arg-type]


def _number(name: str, unit: str | None, description: str, ucd: str | None = None) -> Column:
    return Column(name, "double", unit=unit, description=description, ucd=ucd)


def _integer(name: str, description: str, datatype: str = "int") -> Column:
    return Column(name, datatype, description=description)


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
        _integer("period", "Observing period"),
        _integer("ob_id", "Observing block", "long"),
        _text("ob_name", "Name of the observing block"),
        _text("obs_mode", "s for service mode, v for visitor mode"),
        _text("dp_cat", "SCIENCE, CALIB or ACQUISITION", principal=True),
        _text("dp_type", "Kind of frame", principal=True),
        _text("dp_tech", "Technique"),
        _text("ins_mode", "Mode of the instrument"),
        _text("filter_path", "Filters in the light path"),
        _text("gris_path", "Grisms in the light path"),
        _text("grat_path", "Gratings in the light path"),
        _text("slit_path", "Slits in the light path"),
        _number("lambda_min", "nm", "Shortest wavelength"),
        _number("lambda_max", "nm", "Longest wavelength"),
        _text("tpl_id", "Identifier of the template"),
        _text("tpl_name", "Name of the template"),
        _integer("tpl_nexp", "Exposures of the template"),
        _integer("tpl_expno", "Number of this exposure in the template"),
        _integer("tpl_seqno", "Number of the template in the observing block"),
        _text("tpl_start", "Start of the template, UTC", xtype="timestamp"),
        _text("object", "Target as the observer wrote it"),
        _text("target", "Target of the observing block"),
        _number("ra", "deg", "Right ascension, ICRS", "pos.eq.ra;meta.main"),
        _number("dec", "deg", "Declination, ICRS", "pos.eq.dec;meta.main"),
        _number("ra_pnt", "deg", "Right ascension the telescope pointed to"),
        _number("dec_pnt", "deg", "Declination the telescope pointed to"),
        _number("gal_lon", "deg", "Galactic longitude"),
        _number("gal_lat", "deg", "Galactic latitude"),
        _number("ecl_lon", "deg", "Ecliptic longitude"),
        _number("ecl_lat", "deg", "Ecliptic latitude"),
        _text("s_region", "Position as STC-S", xtype="adql:REGION"),
        _text("date_obs", "Start, UTC", xtype="timestamp"),
        _text("exp_start", "Start, UTC", xtype="timestamp", principal=True),
        _number("mjd_obs", "d", "Start (MJD)"),
        _number("exposure", "s", "Exposure time"),
        _text("release_date", "When the file becomes public", xtype="timestamp", principal=True),
        _text("last_mod_date", "When this row was changed", xtype="timestamp"),
        _number("tel_airm_start", None, "Airmass at the start"),
        _number("tel_alt", "deg", "Altitude of the telescope at the start"),
        _number("tel_az", "deg", "Azimuth of the telescope at the start"),
        _number("tel_ambi_fwhm_start", "arcsec", "Seeing at the start"),
        _number("det_dit", "s", "Integration time of the detector"),
        _integer("det_ndit", "Integrations of the detector"),
        _integer("det_expid", "Exposure counter of the detector"),
        _text("access_url", "The file", ucd="meta.ref.url"),
        _text("datalink_url", "What belongs to the file", ucd="meta.ref.url"),
        Column("access_estsize", "long", unit="kbyte", description="Size of the file"),
    ),
)
