"""ObsCore as single archives publish it: with columns missing, and with columns of their own."""

from dataclasses import replace

from obsdeck.sandbox.catalog.model import Column
from obsdeck.sandbox.catalog.obscore import OBSCORE

_OF_RUBIN = frozenset(
    {"lsst_visit", "lsst_detector", "lsst_tract", "lsst_patch", "lsst_band", "lsst_filter"}
)

#: Columns the Rubin Science Platform has of the standard (``rubin.md``, 3). ``access_estsize`` and
#: ``pol_states`` are mandatory, but missing.
_RUBIN_HAS = _OF_RUBIN | {
    "dataproduct_type", "dataproduct_subtype", "calib_level", "obs_collection", "obs_id",
    "obs_publisher_did", "obs_title", "access_url", "access_format", "target_name", "s_ra",
    "s_dec", "s_fov", "s_region", "s_resolution", "s_xel1", "s_xel2", "t_min", "t_max",
    "t_exptime", "t_resolution", "t_xel", "em_min", "em_max", "em_res_power", "em_xel", "o_ucd",
    "pol_xel", "facility_name", "instrument_name",
}  # fmt: skip

RUBIN_OBSCORE = replace(
    OBSCORE, columns=tuple(column for column in OBSCORE.columns if column.name in _RUBIN_HAS)
)

#: What ESO leaves out, and columns of others.
_ESO_LACKS = _OF_RUBIN | {"data_rights", "obs_serial"}

_ESO_HAS = (
    Column("gal_lon", "double", unit="deg", ucd="pos.galactic.lon", description="Longitude"),
    Column("gal_lat", "double", unit="deg", ucd="pos.galactic.lat", description="Latitude"),
    Column("p3orig", "char", "*", description="IDP for internal, EDP for external data products"),
    Column("publication_date", "char", "*", xtype="timestamp", description="When it was archived"),
)

#: ESO's reduced data (``eso.md``, 3).
ESO_OBSCORE = replace(
    OBSCORE,
    columns=(
        *(column for column in OBSCORE.columns if column.name not in _ESO_LACKS),
        *_ESO_HAS,
    ),
)

_POOR_HAS = frozenset(
    {"obs_collection", "obs_id", "dataproduct_type", "access_url", "access_format", "s_ra",
     "s_dec", "t_min", "em_min", "em_max", "instrument_name"}
)  # fmt: skip

#: A table that calls itself ObsCore and has a part of it.
POOR_OBSCORE = replace(
    OBSCORE, columns=tuple(column for column in OBSCORE.columns if column.name in _POOR_HAS)
)
