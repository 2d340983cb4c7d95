"""The page at the root: what this is and which services it has."""

from html import escape

from obsdeck.sandbox.web.base import ArchiveHandler

SERVICES = {
    "tap": "TAP 1.1 with ADQL over ivoa.ObsCore (base URL for clients)",
    "tap/capabilities": "What the TAP service can do",
    "tap/tables": "Its tables",
    "tap/examples": "Queries to start from",
    "datalink/links": "DataLink: links of one product, ID=&lt;obs_publisher_did&gt;",
    "products": "The file of one product, ID=&lt;obs_publisher_did&gt;",
    "faults/": "TAP services that are broken on purpose, for tests",
}

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Obsdeck sandbox</title></head>
<body>
<h1>Obsdeck sandbox</h1>
<p>An archive of invented observations, for trying Obsdeck without a network.</p>
<dl>{services}</dl>
</body>
</html>
"""


class HomeHandler(ArchiveHandler):
    """``/``."""

    def get(self) -> None:
        """Answer with the page."""
        base = escape(self.service.base_url)
        entries = [
            f'<dt><a href="{base}{path}">{base}{path}</a></dt><dd>{text}</dd>'
            for path, text in SERVICES.items()
        ]
        self.finish(_PAGE.format(services="\n".join(entries)))
