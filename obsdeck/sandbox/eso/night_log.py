"""Night logs: what was noted while a frame was taken."""

from zlib import crc32

from obsdeck.sandbox.data.columns import Row

_REMARKS = (
    "Sky clear, wind from the north, 6 m/s.",
    "Thin clouds in the south; guiding lost for 40 s and taken up again.",
    "Seeing better than asked for. Grade A.",
    "Shutter stuck once; the exposure was repeated.",
    "Humidity above 50 %, dome closed for 25 minutes.",
)

_LOG = """\
NIGHT LOG
=========

Frame       {obs_id}
Instrument  {instrument_name}
Target      {target_name}
Start       {obs_creation_date}
Exposure    {t_exptime} s
Airmass     {tel_airm_start}
Seeing      {tel_ambi_fwhm_start} arcsec

Comments of the operator
------------------------
{remarks}
"""


def night_log(row: Row) -> str:
    """Return the log of a frame; the same frame has the same one always."""
    first = crc32(str(row.get("obs_id")).encode()) % len(_REMARKS)
    remarks = (_REMARKS[first], _REMARKS[(first + 2) % len(_REMARKS)])
    return _LOG.format(**row, remarks="\n".join(remarks))
