"""The files of ESO's portal: which there are, and who gets them (``eso.md``, 4 and 7)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import Literal

from obsdeck.sandbox.accounts.people import Person
from obsdeck.sandbox.accounts.store import Clock
from obsdeck.sandbox.archive import Archive
from obsdeck.sandbox.data.columns import Row
from obsdeck.sandbox.eso.night_log import night_log
from obsdeck.sandbox.files.header import COLUMNS
from obsdeck.sandbox.files.parts import FITS, PNG, TEXT, ProductFiles
from obsdeck.sandbox.files.product import Product, is_released
from obsdeck.sandbox.files.store import StoredFile

#: What a frame's file is made of; the names are those of ObsCore.
_RAW = (
    "SELECT TOP 1 object AS target_name, dp_id AS obs_id, dp_cat AS obs_collection, "
    "telescope AS facility_name, instrument AS instrument_name, ra AS s_ra, dec AS s_dec, "
    "mjd_obs AS t_min, exposure AS t_exptime, 0 AS calib_level, date_obs AS obs_creation_date, "
    "release_date AS obs_release_date, prog_id AS proposal_id, dp_cat, dp_type, "
    "tel_ambi_fwhm_start, tel_airm_start, origfile FROM dbo.raw WHERE dp_id = "
)
_PRODUCT = (
    f"SELECT TOP 1 {', '.join(COLUMNS)}, obs_release_date, proposal_id, "  # noqa: S608 - no input
    "obs_creator_did AS origfile FROM ivoa.ObsCore WHERE dp_id = "
)

#: What belongs to a frame or a product, by the end of its identifier.
Part = Literal["file", "weight", "preview", "night_log"]
_ENDS: dict[str, Part] = {".NL": "night_log", ".WEIGHT": "weight"}

_SCIENCE = {
    "image": "SCIENCE.IMAGE",
    "exposure": "SCIENCE.MEFIMAGE",
    "mosaic": "SCIENCE.MEFIMAGE",
    "cube": "SCIENCE.CUBE.IFS",
    "sources": "SCIENCE.CATALOG",
    "visibilities": "SCIENCE.VISIBILITY",
}


@dataclass(frozen=True)
class File:
    """A file of the portal.

    Attributes
    ----------
    dp_id
        Identifier of the frame or the product.
    product
        What it is made of, and whether whoever asked may have it.
    is_raw
        Whether it comes from the telescope.
    part
        Which of its files is meant.
    """

    dp_id: str
    product: Product
    is_raw: bool
    part: Part = "file"

    @property
    def category(self) -> str | None:
        """What it is, in ESO's words; raw frames have none."""
        if self.is_raw:
            return None
        return _SCIENCE.get(self.product.plan.kind, "SCIENCE.SPECTRUM")

    @property
    def name(self) -> str:
        """Its name, as the portal gives it."""
        ends = {"night_log": ".NL.txt", "preview": ".png", "weight": ".weight.fits"}
        return self.dp_id + ends.get(self.part, self.product.plan.suffix)

    @property
    def mime(self) -> str:
        """Its media type."""
        return {"night_log": TEXT, "preview": PNG}.get(self.part, FITS)

    def stored(self, files: ProductFiles) -> StoredFile:
        """Return the file itself; blocks."""
        if self.part == "night_log":
            key = (files.owner, self.dp_id, self.part)
            return files.store.get(key, partial(_log, self.product.row))
        return files.part(self.product, self.part)


def find_file(archive: Archive, dp_id: str, person: Person | None, clock: Clock) -> File | None:
    """Find a file; blocks. None if there is none whose row the person sees.

    Parameters
    ----------
    archive
        ESO's archive.
    dp_id
        The identifier of a frame, of a product, or of what belongs to one of these.
    person
        Who asks.
    clock
        Returns Unix time in seconds: a file is open to all from its release on.
    """
    for end, part in _ENDS.items():
        if dp_id.endswith(end):
            whole = find_file(archive, dp_id.removesuffix(end), person, clock)
            fits = whole is not None and whole.is_raw == (part == "night_log")
            return replace(whole, part=part) if whole is not None and fits else None
    programmes = person.programmes if person is not None else ()
    moment = datetime.fromtimestamp(clock(), UTC).isoformat()
    literal = "'" + dp_id.replace("'", "''") + "'"
    for query, is_raw in ((_RAW, True), (_PRODUCT, False)):
        row = archive.first_row(query + literal, programmes)
        if row is not None:
            return File(dp_id, _product(dp_id, row, programmes, moment, is_raw=is_raw), is_raw)
    return None


def _product(
    dp_id: str, row: Row, programmes: Sequence[str], moment: str, *, is_raw: bool
) -> Product:
    if is_raw:
        row = {**row, "dataproduct_subtype": f"raw.{row['instrument_name']}"}
    return Product(dp_id, row, is_released(row, programmes, moment))


def _log(row: Row) -> bytes:
    return night_log(row).encode()


def related(
    archive: Archive, file: File, person: Person | None
) -> list[tuple[Literal["#derivation", "#progenitor"], str]]:
    """Return what a frame was made into, or what a product was made from; blocks."""
    instrument = str(file.product.row.get("instrument_name")).replace("'", "''")
    programmes = person.programmes if person is not None else ()
    if file.is_raw:
        query = "SELECT TOP 2 dp_id FROM ivoa.ObsCore WHERE instrument_name = '{}' ORDER BY dp_id"
    else:
        query = "SELECT TOP 2 dp_id FROM dbo.raw WHERE instrument = '{}' ORDER BY dp_id"
    rows = archive.rows(query.format(instrument), programmes)
    relation: Literal["#derivation", "#progenitor"] = (
        "#derivation" if file.is_raw else "#progenitor"
    )
    return [(relation, str(row["dp_id"])) for row in rows]
