"""Examples as DALI 1.1 (section 2.3) wants them: RDFa in XHTML."""

from dataclasses import dataclass
from html import escape

from obsdeck.sandbox.web.base import ArchiveHandler


@dataclass(frozen=True)
class Example:
    """A query to learn from."""

    identifier: str
    title: str
    query: str
    explanation: str


EXAMPLES = (
    Example(
        "cone",
        "Observations around M 83",
        "SELECT TOP 100 obs_id, dataproduct_type, calib_level, s_ra, s_dec, t_min\n"
        "FROM ivoa.ObsCore\n"
        "WHERE 1 = CONTAINS(POINT('ICRS', s_ra, s_dec),\n"
        "                 CIRCLE('ICRS', 204.2538, -29.8658, 0.3))",
        "Everything whose centre is within 0.3 degrees of the galaxy.",
    ),
    Example(
        "footprint",
        "Images that cover a position",
        "SELECT obs_publisher_did, obs_title, t_exptime\n"
        "FROM ivoa.ObsCore\n"
        "WHERE dataproduct_type = 'image'\n"
        "  AND 1 = CONTAINS(POINT('ICRS', 0.02, 2.0), s_region)\n"
        "ORDER BY t_exptime DESC",
        "The footprints cross RA 0 here.",
    ),
    Example(
        "count",
        "What there is",
        "SELECT obs_collection, dataproduct_type, calib_level, COUNT(*) AS n\n"
        "FROM ivoa.ObsCore\n"
        "GROUP BY obs_collection, dataproduct_type, calib_level\n"
        "ORDER BY n DESC",
        "Collections, kinds of product and calibration levels with their number of rows.",
    ),
)

_PAGE = """<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" lang="en">
<head><meta charset="utf-8"/><title>Examples of the Obsdeck sandbox</title></head>
<body vocab="http://www.ivoa.net/rdf/examples#">
<h1>Examples</h1>
{examples}
</body>
</html>
"""

_ONE = """<div id="{identifier}" resource="#{identifier}" typeof="example">
<h2 property="name">{title}</h2>
<p>{explanation}</p>
<pre property="query">{query}</pre>
</div>"""


class ExamplesHandler(ArchiveHandler):
    """``/tap/examples``."""

    def get(self) -> None:
        """Answer with the examples as a page for people and programs."""
        self.set_header("Content-Type", "application/xhtml+xml; charset=utf-8")
        blocks = [_ONE.format_map({k: escape(v) for k, v in vars(e).items()}) for e in EXAMPLES]
        self.finish(_PAGE.format(examples="\n".join(blocks)))
