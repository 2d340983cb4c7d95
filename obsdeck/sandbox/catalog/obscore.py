"""ObsCore 1.1 (sections 3 and 4, appendix B) and the extra columns of the sandbox."""

from obsdeck.sandbox.catalog.model import Column, Table

_UTYPE = "obscore:"


def _text(name: str, ucd: str, utype: str, description: str, **more: object) -> Column:
    """Describe a text column that holds ASCII only, so that ``char`` is right."""
    return _column(name, "char", None, ucd, utype, description, arraysize="*", **more)


def _column(  # noqa: PLR0913, PLR0917 - a table of literals reads best in columns
    name: str,
    datatype: str,
    unit: str | None,
    ucd: str,
    utype: str,
    description: str,
    **more: object,
) -> Column:
    """Describe a column of the standard."""
    return Column(
        name,
        datatype,
        unit=unit,
        ucd=ucd,
        utype=_UTYPE + utype if utype else None,
        description=description,
        std=bool(utype),
        **more,  # type: ignore[arg-type]
    )


_LEADING = {"principal": True}

MANDATORY = (
    _text("dataproduct_type", "meta.code.class", "ObsDataset.dataProductType",
          "Kind of data product", **_LEADING),
    _column("calib_level", "int", None, "meta.code;obs.calib", "ObsDataset.calibLevel",
            "Calibration level, 0 to 4", **_LEADING),
    _text("obs_collection", "meta.id", "DataID.collection", "Name of the collection", **_LEADING),
    Column("obs_id", "unicodeChar", "*", ucd="meta.id", utype="obscore:DataID.observationID",
           description="Identifier of the observation", principal=True, std=True),
    Column("obs_publisher_did", "unicodeChar", "*", ucd="meta.ref.ivoid",
           utype="obscore:Curation.publisherDID", description="Identifier given by the publisher",
           principal=True, indexed=True, std=True),
    _text("access_url", "meta.ref.url", "Access.reference", "Where the links of the product are",
          **_LEADING),
    _text("access_format", "meta.code.mime", "Access.format", "Media type behind access_url",
          **_LEADING),
    _column("access_estsize", "long", "kbyte", "phys.size;meta.file", "Access.size",
            "Estimated size", **_LEADING),
    Column("target_name", "unicodeChar", "*", ucd="meta.id;src", utype="obscore:Target.name",
           description="Target of the observation", principal=True, std=True),
    _column("s_ra", "double", "deg", "pos.eq.ra",
            "Char.SpatialAxis.Coverage.Location.Coord.Position2D.Value2.C1",
            "Central right ascension, ICRS", indexed=True, **_LEADING),
    _column("s_dec", "double", "deg", "pos.eq.dec",
            "Char.SpatialAxis.Coverage.Location.Coord.Position2D.Value2.C2",
            "Central declination, ICRS", indexed=True, **_LEADING),
    _column("s_fov", "double", "deg", "phys.angSize;instr.fov",
            "Char.SpatialAxis.Coverage.Bounds.Extent.diameter",
            "Diameter of the region covered", **_LEADING),
    _text("s_region", "pos.outline;obs.field", "Char.SpatialAxis.Coverage.Support.Area",
          "Region covered, as STC-S", xtype="adql:REGION", **_LEADING),
    _column("s_resolution", "double", "arcsec", "pos.angResolution",
            "Char.SpatialAxis.Resolution.Refval.value", "Spatial resolution (FWHM)", **_LEADING),
    _column("s_xel1", "long", None, "meta.number", "Char.SpatialAxis.numBins1",
            "Elements along the first spatial axis"),
    _column("s_xel2", "long", None, "meta.number", "Char.SpatialAxis.numBins2",
            "Elements along the second spatial axis"),
    _column("t_min", "double", "d", "time.start;obs.exposure",
            "Char.TimeAxis.Coverage.Bounds.Limits.StartTime", "Start time (MJD)", **_LEADING),
    _column("t_max", "double", "d", "time.end;obs.exposure",
            "Char.TimeAxis.Coverage.Bounds.Limits.StopTime", "Stop time (MJD)", **_LEADING),
    _column("t_exptime", "double", "s", "time.duration;obs.exposure",
            "Char.TimeAxis.Coverage.Support.Extent", "Total exposure time", **_LEADING),
    _column("t_resolution", "double", "s", "time.resolution",
            "Char.TimeAxis.Resolution.Refval.value", "Temporal resolution"),
    _column("t_xel", "long", None, "meta.number", "Char.TimeAxis.numBins",
            "Elements along the time axis"),
    _column("em_min", "double", "m", "em.wl;stat.min",
            "Char.SpectralAxis.Coverage.Bounds.Limits.LoLimit",
            "Shortest vacuum wavelength", **_LEADING),
    _column("em_max", "double", "m", "em.wl;stat.max",
            "Char.SpectralAxis.Coverage.Bounds.Limits.HiLimit",
            "Longest vacuum wavelength", **_LEADING),
    _column("em_res_power", "double", None, "spect.resolution",
            "Char.SpectralAxis.Resolution.ResolPower.refVal", "Spectral resolving power"),
    _column("em_xel", "long", None, "meta.number", "Char.SpectralAxis.numBins",
            "Elements along the spectral axis"),
    _text("o_ucd", "meta.ucd", "Char.ObservableAxis.ucd", "UCD of the observable"),
    _text("pol_states", "meta.code;phys.polarization", "Char.PolarizationAxis.stateList",
          "Polarization states, as /I/Q/U/V/"),
    _column("pol_xel", "long", None, "meta.number", "Char.PolarizationAxis.numBins",
            "Number of polarization states"),
    _text("facility_name", "meta.id;instr.tel", "Provenance.ObsConfig.Facility.name",
          "Telescope", **_LEADING),
    _text("instrument_name", "meta.id;instr", "Provenance.ObsConfig.Instrument.name",
          "Instrument", **_LEADING),
)  # fmt: skip

OPTIONAL = (
    _text("dataproduct_subtype", "meta.code.class", "ObsDataset.dataProductSubtype",
          "Kind of data product in the words of the collection", **_LEADING),
    _text("target_class", "src.class", "Target.class", "Class of the target"),
    _text("obs_creation_date", "time;meta.dataset", "DataID.date", "When the product was made",
          xtype="timestamp"),
    Column("obs_creator_name", "unicodeChar", "*", ucd="meta.id", utype="obscore:DataID.creator",
           description="Who made the product", std=True),
    _text("obs_creator_did", "meta.id", "DataID.creatorDID", "Identifier given by the creator"),
    Column("obs_title", "unicodeChar", "*", ucd="meta.title;obs", utype="obscore:DataID.title",
           description="Title of the product", principal=True, std=True),
    _text("publisher_id", "meta.ref.ivoid", "Curation.publisherID", "The publisher"),
    _text("bib_reference", "meta.bib.bibcode", "Curation.reference", "Publication to cite"),
    _text("data_rights", "meta.code", "Curation.rights", "public, secure or proprietary"),
    _text("obs_release_date", "time.release", "Curation.releaseDate",
          "When the product becomes public", xtype="timestamp"),
    _column("s_pixel_scale", "double", "arcsec", "phys.angSize;instr.pixel",
            "Char.SpatialAxis.Sampling.RefVal.SamplingPeriod", "Size of a pixel on the sky"),
    _text("em_ucd", "meta.ucd", "Char.SpectralAxis.ucd", "UCD of the spectral axis"),
    _text("o_unit", "meta.unit", "Char.ObservableAxis.unit", "Unit of the observable"),
    _text("proposal_id", "meta.id;obs.proposal", "Provenance.Proposal.identifier", "Proposal"),
)  # fmt: skip

EXTRA = (
    _text("dp_id", "meta.id", "", "Name of the product in the portal of the archive"),
    _text("filter", "meta.id;instr.filter", "", "Name of the filter"),
    _column("snr", "float", None, "stat.snr", "", "Median signal-to-noise ratio"),
    _column("abmaglim", "float", "mag", "phot.mag;stat.max", "", "5-sigma limiting magnitude (AB)"),
    _column("n_obs", "short", None, "meta.number", "", "Number of exposures combined"),
    _text("multi_ob", "meta.code", "", "S for one observing block, M for several"),
    _text("obstech", "meta.code", "", "Observing technique"),
    _column("obs_serial", "long", None, "meta.record", "", "Serial number over all 64 bits"),
    _column("lsst_visit", "long", None, "meta.id;obs", "", "Visit"),
    _column("lsst_detector", "long", None, "meta.id;instr.det", "", "Detector"),
    _column("lsst_tract", "long", None, "meta.id;pos", "", "Tract of the sky map"),
    _column("lsst_patch", "long", None, "meta.id;pos", "", "Patch of the tract"),
    _text("lsst_band", "meta.id;instr.filter", "", "Band: u, g, r, i, z or y"),
    _text("lsst_filter", "meta.id;instr.filter", "", "Physical filter"),
)  # fmt: skip

OBSCORE = Table(
    "ivoa.ObsCore",
    "Observations of the sandbox in the ObsCore 1.1 data model. All of them are invented.",
    MANDATORY + OPTIONAL + EXTRA,
    utype="ivo://ivoa.net/std/obscore#table-1.1",
)
