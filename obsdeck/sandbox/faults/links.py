"""``/faults/links/<case>,NAME=number/datalink/links``: lists of links that are hard to bear."""

import asyncio

from obsdeck.sandbox.faults.documents import MAINTENANCE_PAGE
from obsdeck.sandbox.links.answer import LinkAnswer
from obsdeck.sandbox.links.table import FIELDS, MIME, Link, links_table
from obsdeck.sandbox.web.datalink import LinksHandler
from obsdeck.sandbox.web.params import ParameterError

_FITS = "application/fits"
_LACKING = frozenset({"semantics", "error_message", "content_length", "content_type"})
_SCHEMES = (
    "javascript:alert(document.domain)", "file:///etc/passwd", "data:text/html,<b>x</b>",
    "ftp://127.0.0.1/x.fits", "http://169.254.169.254/latest/meta-data/", "//evil.example/x.fits",
    "products?ID=relative", "http://user:secret@127.0.0.1:1/x.fits",
)  # fmt: skip


class FaultLinks(LinksHandler):
    """Real links, MS milliseconds (0) late; only the first MOST (100) identifiers are answered."""

    _settings: dict[str, str]

    async def get(self, settings: str) -> None:  # type: ignore[override]
        """Answer with links; ``settings`` is ``,NAME=number`` any number of times."""
        self._settings = dict(pair.split("=", 1) for pair in settings.split(",")[1:])
        await self.respond(self.parameters().every("ID"))

    async def post(self, settings: str) -> None:  # type: ignore[override]
        """Answer a form."""
        await self.get(settings)

    async def respond(self, identifiers: list[str]) -> None:
        """Answer with the links of identifiers."""
        await asyncio.sleep(self.number("MS", 0, 60_000) / 1_000)
        most = int(self.number("MOST", 100, 1_000))
        answer = LinkAnswer(self.service.archive, self.programmes, self.service.clock(), most)
        self.answer_links(await self.in_thread(answer.document, identifiers))

    def answer_links(self, document: bytes) -> None:
        """Answer with a document of links."""
        self.set_header("Content-Type", MIME)
        self.finish(document)

    def number(self, name: str, default: float, most: float) -> float:
        """Return a setting; raises ParameterError."""
        text = self._settings.get(name)
        try:
            value = default if text is None else float(text)
        except ValueError:
            raise ParameterError(f"{name} must be a number.") from None
        if not 0 <= value <= most:
            raise ParameterError(f"{name} must be between 0 and {most:g}.")
        return value


class ManyLinks(FaultLinks):
    """COUNT (10000) links of one identifier."""

    async def respond(self, identifiers: list[str]) -> None:
        """Answer with as many."""
        count = int(self.number("COUNT", 10_000, 200_000))
        size = int(self.number("SIZE", 6_000, 1e9))
        base = f"{self.service.base_url}faults/files/plain"
        rows: list[Link] = [
            {
                "ID": identifier,
                "access_url": f"{base},SIZE={size},SEED={n % 97}/part-{n:05d}.fits",
                "semantics": "#this" if n == 0 else "#auxiliary",
                "description": f"Part {n}",
                "content_type": _FITS,
            }
            for identifier in identifiers[:1]
            for n in range(count)
        ]
        self.answer_links(await self.in_thread(links_table, rows))


class LackingColumns(FaultLinks):
    """Columns of the standard are missing."""

    async def respond(self, identifiers: list[str]) -> None:
        """Answer with what is left."""
        fields = [field for field in FIELDS if field.name not in _LACKING]
        url = f"{self.service.base_url}faults/files/plain/x.fits"
        rows: list[Link] = [
            {"ID": one, "access_url": url, "description": "A file"} for one in identifiers
        ]
        self.answer_links(links_table(rows, fields=fields))


class HostileLinks(FaultLinks):
    """Addresses that no client should follow."""

    async def respond(self, identifiers: list[str]) -> None:
        """Answer with one row for each."""
        rows: list[Link] = [
            {"ID": one, "access_url": url, "semantics": "#this", "content_type": _FITS}
            for one in identifiers
            for url in _SCHEMES
        ]
        self.answer_links(links_table(rows))


class ContraryLinks(FaultLinks):
    """Rows with two, three or none of address, service and error; a service that is not there."""

    async def respond(self, identifiers: list[str]) -> None:
        """Answer with the rows."""
        url = f"{self.service.base_url}faults/files/plain/x.fits"
        message, service = "NotFoundFault: gone", "nowhere"
        filled: tuple[Link, ...] = (
            {"access_url": url, "error_message": message},
            {"access_url": url, "service_def": service},
            {"access_url": url, "service_def": service, "error_message": message},
            {},
            {"service_def": service},
        )
        rows = [{"ID": one, "semantics": "#this", **row} for one in identifiers for row in filled]
        self.answer_links(links_table(rows))


class DeepLinks(FaultLinks):
    """Each identifier leads to another one that nobody has seen, without end."""

    async def respond(self, identifiers: list[str]) -> None:
        """Answer with the way on."""
        base = f"{self.service.base_url}faults/links/deep/datalink/links?ID="
        rows: list[Link] = [
            {
                "ID": one,
                "access_url": f"{base}{one[:200]}x",
                "semantics": "#progenitor",
                "content_type": MIME,
                "description": "The next level",
            }
            for one in identifiers
        ]
        self.answer_links(links_table(rows))


class GetOnly(FaultLinks):
    """POST is refused with 405."""

    async def post(self, settings: str) -> None:  # type: ignore[override]
        """Refuse."""
        self.set_status(405)
        self.finish("Method Not Allowed\n")


class Page500(FaultLinks):
    """An HTML page with status 500."""

    async def respond(self, identifiers: list[str]) -> None:
        """Answer with the page."""
        self.set_status(500)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(MAINTENANCE_PAGE)


class Fault400(FaultLinks):
    """An error document in plain text with status 400."""

    async def respond(self, identifiers: list[str]) -> None:
        """Answer with the text."""
        self.set_status(400)
        self.set_header("Content-Type", "text/plain")
        self.finish("UsageFault: this service understands no ID of yours.\n")


LINKS: dict[str, type[FaultLinks]] = {
    "late": FaultLinks,
    "many": ManyLinks,
    "lacking": LackingColumns,
    "hostile": HostileLinks,
    "contrary": ContraryLinks,
    "deep": DeepLinks,
    "getonly": GetOnly,
    "page500": Page500,
    "fault400": Fault400,
}
