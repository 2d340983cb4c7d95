"""The files of ESO's portal: which there are, and who gets them (``eso.md``, 4 and 7)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatchcase

from obsdeck.sandbox.accounts.people import Person
from obsdeck.sandbox.accounts.store import Clock
from obsdeck.sandbox.archive import Archive
from obsdeck.sandbox.data.fits import header_file

#: What a header is made of, in each table; the names are those of ObsCore.
_RAW = (
    "SELECT TOP 1 object AS target_name, dp_id AS obs_id, dp_cat AS obs_collection, "
    "telescope AS facility_name, instrument AS instrument_name, NULL AS filter, ra AS s_ra, "
    "dec AS s_dec, mjd_obs AS t_min, exposure AS t_exptime, 0 AS calib_level, "
    "release_date AS released, prog_id AS programme, dp_cat AS category, origfile "
    "FROM dbo.raw WHERE dp_id = "
)
_PRODUCT = (
    "SELECT TOP 1 target_name, obs_id, obs_collection, facility_name, instrument_name, filter, "
    "s_ra, s_dec, t_min, t_exptime, calib_level, obs_release_date AS released, "
    "proposal_id AS programme, dataproduct_type AS category, obs_creator_did AS origfile "
    "FROM ivoa.ObsCore WHERE dp_id = "
)


@dataclass(frozen=True)
class File:
    """A file of the portal.

    Attributes
    ----------
    dp_id
        Its identifier.
    content
        Its bytes: a FITS header without pixels.
    category, origfile
        What it is, and its first name.
    is_raw
        Whether it comes from the telescope.
    is_open
        Whether whoever asked may have it.
    """

    dp_id: str
    content: bytes
    category: str | None
    origfile: str | None
    is_raw: bool
    is_open: bool


def find_file(archive: Archive, dp_id: str, person: Person | None, clock: Clock) -> File | None:
    """Find a file; blocks. None if there is none whose row the person sees.

    Parameters
    ----------
    archive
        ESO's archive.
    dp_id
        The identifier.
    person
        Who asks.
    clock
        Returns Unix time in seconds: a file is open to all from its release on.
    """
    programmes = person.programmes if person is not None else ()
    literal = "'" + dp_id.replace("'", "''") + "'"
    row = archive.first_row(_RAW + literal, programmes)
    is_raw = row is not None
    if row is None:
        row = archive.first_row(_PRODUCT + literal, programmes)
    if row is None:
        return None
    now = datetime.fromtimestamp(clock(), UTC).isoformat()
    is_open = str(row["released"] or "") <= now or _belongs(row["programme"], programmes)
    return File(
        dp_id, header_file(row), _text(row["category"]), _text(row["origfile"]), is_raw, is_open
    )


def _belongs(programme: object, programmes: tuple[str, ...]) -> bool:
    return any(fnmatchcase(str(programme), one.replace("%", "*")) for one in programmes)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
