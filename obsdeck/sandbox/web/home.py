"""The page at the root: what this is, which services it has, and who may sign in."""

from html import escape

from obsdeck.sandbox.accounts.people import EXPIRING_PASSWORD, PEOPLE
from obsdeck.sandbox.web.base import ArchiveHandler

SERVICES = {
    "tap": "TAP 1.1 with ADQL over ivoa.ObsCore (base URL for clients)",
    "tap/capabilities": "What the TAP service can do",
    "tap/tables": "Its tables",
    "tap/examples": "Queries to start from",
    "datalink/links": "DataLink: links of one product, ID=<obs_publisher_did>",
    "tap/async": "Jobs. With obsdeck_delay(8) = 1 among its conditions a query takes 8 seconds, "
    "of which a job spends 2 in QUEUED and 6 in EXECUTING",
    "resolver/sesame/-oxp/SNV?M83": "Where a target is, as CDS Sesame tells it: Messier objects, "
    "bright stars, targets of these data",
    "products": "The file of one product, ID=<obs_publisher_did>; PART=preview, thumbnail, readme, "
    "header or weight for what belongs to it",
    "soda/capabilities": "Cutouts: soda/sync at once, soda/async as jobs",
    "faults/files/list": "Addresses of 60 files of 3 MB, for trying downloads",
    "poor/tap": "TAP whose ivoa.ObsCore lacks most of its columns",
    "wide/tap": "TAP whose table obsdeck.wide has 2,000 columns",
    "faults/": "Services, links and files that are broken on purpose, for tests",
}

ACCOUNTS = {
    "eso/tap": "ESO: ivoa.ObsCore and dbo.raw, reserved rows for members of the programme. "
    "Signed in to with user name and password.",
    "rubin/api/tap": "Rubin: for tokens with the scope read:tap.",
    "rubin/api/ssotap": "Rubin: the same, three queries a minute.",
    "rubin/api/live": "Rubin: the same, blocked by a quota of 0.",
    "rubin/auth/tokens": "Rubin: make a token here.",
    "mmoda/": "MMODA: your token. The dispatcher is at mmoda/dispatch-data.",
    "aurorax/": "AuroraX: your API key. The service is at aurorax/api/v1.",
    "pyobs/a/": "pyobs-archive of the first generation: signed in to with user name and password.",
    "pyobs/b/admin/token/": "pyobs-archive of the second generation: its administrator's tokens.",
    "pyobs/c/admin/token/": "pyobs-archive of the newest generation: its administrator's tokens.",
    "pyobs/public/frames/": "pyobs-archive that everybody reads.",
    "basic/tap": "TAP for user name and password (HTTP Basic).",
    "bearer/tap": "TAP for tokens of people with all rights.",
    "bearer/token": "Make one of these tokens here.",
    "vo/tap": "TAP whose challenge names the address to sign in at (vo/login).",
    "foreign/address": "Another host on this machine, to which foreign/redirect?to=0 leads",
    "foreign/log": "What that host was sent",
}

RIGHTS = {True: "all rights", False: "few rights"}

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Obsdeck sandbox</title></head>
<body>
<h1>Obsdeck sandbox</h1>
<p>An archive of invented observations, for trying Obsdeck without a network.</p>
<h2>Open services</h2>
<dl>{services}</dl>
<h2>Services with accounts</h2>
<p>People, passwords and tokens are as invented as the data; they open nothing else.</p>
<table>
<tr><th>User name</th><th>Password</th><th></th></tr>
{people}
</table>
<dl>{accounts}</dl>
</body>
</html>
"""


class HomeHandler(ArchiveHandler):
    """``/``."""

    def get(self) -> None:
        """Answer with the page."""
        self.finish(
            _PAGE.format(
                services=self._entries(SERVICES),
                accounts=self._entries(ACCOUNTS),
                people="\n".join(_rows()),
            )
        )

    def _entries(self, services: dict[str, str]) -> str:
        base = escape(self.service.base_url)
        return "\n".join(
            f'<dt><a href="{base}{path}">{base}{path}</a></dt><dd>{escape(text)}</dd>'
            for path, text in services.items()
        )


def _rows() -> list[str]:
    known = [
        (person.name, person.password, RIGHTS[person.has_all_rights])
        for person in PEOPLE
        if person.is_active
    ]
    switched_off = [(p.name, p.password, "switched off") for p in PEOPLE if not p.is_active]
    expiring = ("expires-30", EXPIRING_PASSWORD, "all rights, for 30 seconds (or another number)")
    return [
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
        for row in (*known, expiring, *switched_off)
    ]
