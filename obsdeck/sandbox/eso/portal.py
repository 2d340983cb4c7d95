"""Links and files of ESO's portal."""

from collections.abc import Sequence
from urllib.parse import quote

from obsdeck.sandbox.accounts.guard import DeniedError, challenge
from obsdeck.sandbox.eso.files import File, find_file
from obsdeck.sandbox.files.parts import FITS
from obsdeck.sandbox.holdings import ESO_AUTHORITY
from obsdeck.sandbox.links.table import FIELDS, MAX_IDS, MIME, Link, links_table
from obsdeck.sandbox.output.fields import ResultField
from obsdeck.sandbox.web.base import ArchiveHandler, Service

_OWN = ("eso_origfile", "eso_category", "eso_datalink")
ESO_FIELDS: Sequence[ResultField] = (
    *FIELDS[:8],
    *(ResultField(name, "char", arraysize="*") for name in _OWN),
)

#: Both causes look alike on purpose (``eso.md``, 4).
NO_ACCESS = (
    "NotFoundFault: the requested file does not exist or you have no permission to access it"
)

_NIGHT_LOG = "http://archive.eso.org/rdf/datalink/eso#night_log"


class LinksHandler(ArchiveHandler):
    """``/eso/datalink/links``: what belongs to a file, for those who may have it."""

    def initialize(self, service: Service, foreign: str) -> None:
        """Take what the application passes to each handler; ``foreign`` keeps the night logs."""
        super().initialize(service)
        self._foreign = foreign

    async def get(self) -> None:
        """Answer with the links of the identifiers."""
        await self._answer()

    async def post(self) -> None:
        """Answer with the links of the identifiers."""
        await self._answer()

    async def _answer(self) -> None:
        identifiers = self.parameters().every("ID")[:MAX_IDS]
        rows = [row for one in identifiers for row in await self.in_thread(self._links, one)]
        self.set_header("Content-Type", MIME)
        self.finish(links_table(rows, fields=ESO_FIELDS))

    def _links(self, identifier: str) -> list[Link]:
        dp_id = identifier.removeprefix(ESO_AUTHORITY)
        file = find_file(self.service.archive, dp_id, self.person, self.service.clock)
        if file is None or not file.is_open:
            return [{"ID": identifier, "semantics": "#this", "error_message": NO_ACCESS}]
        return self._links_of(identifier, file)

    def _links_of(self, identifier: str, file: File) -> list[Link]:
        encoded = quote(file.dp_id, safe="")
        base = self.service.base_url
        this = {
            "ID": identifier,
            "semantics": "#this",
            "description": "The file",
            "access_url": f"{base}dataPortal/file/{encoded}",
            "content_type": FITS,
            "content_length": len(file.content),
            "eso_origfile": file.origfile,
            "eso_category": file.category,
            "eso_datalink": f"{base}datalink/links?ID={quote(identifier, safe='')}",
        }
        # On another host, as tables of the world have it: no credential belongs there.
        elsewhere = {
            "ID": identifier,
            "semantics": _NIGHT_LOG if file.is_raw else "#documentation",
            "description": "What was noted about it, on another host",
            "access_url": f"{self._foreign}/notes/{encoded}",
            "content_type": "text/plain",
        }
        return [this, elsewhere]


class FileHandler(ArchiveHandler):
    """``/eso/dataPortal/file/<dp_id>``: the file, or 401 for what is reserved."""

    async def get(self, dp_id: str) -> None:
        """Answer with the file."""
        archive = self.service.archive
        file = await self.in_thread(find_file, archive, dp_id, self.person, self.service.clock)
        if file is None:
            self.deny(DeniedError(404, "There is no such file.\n"))
        elif not file.is_open:
            header = challenge("Basic", realm="ESO")
            self.deny(DeniedError(401, "Unauthorized", "text/html", {"WWW-Authenticate": header}))
        else:
            self.set_header("Content-Type", FITS)
            self.set_header("Content-Disposition", f'attachment; filename="{dp_id}.fits"')
            self.finish(file.content)
