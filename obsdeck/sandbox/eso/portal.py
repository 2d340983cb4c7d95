"""Links, files and cutouts of ESO's portal."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from tornado.web import HTTPError

from obsdeck.sandbox.accounts.guard import DeniedError, challenge
from obsdeck.sandbox.engine.sphere import unit
from obsdeck.sandbox.eso.files import File, find_file, related
from obsdeck.sandbox.eso.links import ESO_FIELDS, EsoLinks, no_access
from obsdeck.sandbox.files.grid import number
from obsdeck.sandbox.files.product import Product
from obsdeck.sandbox.holdings import ESO_AUTHORITY
from obsdeck.sandbox.links.descriptors import Descriptor
from obsdeck.sandbox.links.table import MAX_IDS, MIME, Link, links_table
from obsdeck.sandbox.soda.errors import NoOverlapError
from obsdeck.sandbox.soda.request import Cut
from obsdeck.sandbox.web.base import ArchiveHandler, Service
from obsdeck.sandbox.web.datalink import serialization_of
from obsdeck.sandbox.web.products import ProductHandler, UnknownProductError
from obsdeck.sandbox.web.sending import Delivery, SignFile, send
from obsdeck.sandbox.web.soda import SodaHandler

#: What the portal answers in place of a file when a log-in has ended, with status 200.
LOGIN_PAGE = b"""<!DOCTYPE html>
<html lang="en"><head><title>Sign in</title></head>
<body><h1>Your session has ended</h1><p>Sign in again.</p></body></html>
"""


class PortalHandler(ProductHandler):
    """What they share: files by their identifier."""

    async def file(self, dp_id: str) -> File | None:
        """Return a file, None if there is none that whoever asks sees the row of."""
        service = self.service
        return await self.in_thread(find_file, service.archive, dp_id, self.person, service.clock)


class LinksHandler(PortalHandler):
    """``/eso/datalink/links``: what belongs to a file, for those who may have it."""

    def initialize(self, service: Service, foreign: str) -> None:
        """Take what the application passes to each handler; ``foreign`` keeps the notes."""
        super().initialize(service)
        self._links = EsoLinks(service.base_url, foreign, self.files)

    async def get(self) -> None:
        """Answer with the links of the identifiers, or with what ``eso_download`` asks for."""
        parameters = self.parameters()
        identifiers = parameters.every("ID")[:MAX_IDS]
        wanted = parameters.one("ESO_DOWNLOAD")
        if wanted is not None:
            self._jump(identifiers, wanted)
            return
        found = [await self.in_thread(self._answer, one) for one in identifiers]
        rows = [row for links, _ in found for row in links]
        if (parameters.one("RESPONSEFORMAT") or "").lower() == "json":
            self.answer_json([_json(row) for row in rows])
            return
        services = [service for _, service in found if service is not None]
        serialization = serialization_of(parameters)
        self.set_header("Content-Type", MIME)
        self.finish(links_table(rows, services, ESO_FIELDS, serialization=serialization))

    async def post(self) -> None:
        """Answer a form."""
        await self.get()

    def _answer(self, identifier: str) -> tuple[Sequence[Link], Descriptor | None]:
        dp_id = identifier.removeprefix(ESO_AUTHORITY)
        service = self.service
        file = find_file(service.archive, dp_id, self.person, service.clock)
        if file is None or file.part != "file" or not file.product.is_open:
            return [no_access(identifier)], None
        others = related(service.archive, file, self.person)
        rows = self._links.rows(identifier, file, others)
        return rows, self._links.service(identifier, file)

    def _jump(self, identifiers: Sequence[str], wanted: str) -> None:
        """Lead to the file itself, or to a tree of its calibrations."""
        if len(identifiers) != 1:
            raise HTTPError(400, "UsageFault: eso_download takes one ID.")
        dp_id = identifiers[0].removeprefix(ESO_AUTHORITY)
        targets = {
            "file": self._links.file_url(dp_id),
            "calSelector_raw2raw": self._links.tree_url(dp_id, "Raw2Raw"),
            "calSelector_raw2master": self._links.tree_url(dp_id, "Raw2Master"),
        }
        if wanted not in targets:
            raise HTTPError(400, f"UsageFault: eso_download must be one of {', '.join(targets)}.")
        self.redirect(targets[wanted], status=303)


def _json(row: Link) -> dict[str, object]:
    """Return a row as clients get it who ask for JSON: names in lower case, nulls told."""
    named = {field.name.lower(): row.get(field.name) for field in ESO_FIELDS}
    return named | {"science": str(row.get("eso_category") or "").startswith("SCIENCE")}


class TreeHandler(ArchiveHandler):
    """``/eso/calselector/v1/associations``: not there yet, and says so."""

    def get(self) -> None:
        """Answer with a row that tells it."""
        identifier = ESO_AUTHORITY + (self.parameters().one("DP_ID") or "")
        text = "TransientFault: the sandbox does not associate calibrations yet."
        row = {"ID": identifier, "semantics": "#this", "error_message": text}
        self.set_header("Content-Type", MIME)
        self.finish(links_table([row], fields=ESO_FIELDS))


class FileHandler(PortalHandler):
    """``/eso/dataPortal/file/<dp_id>``: the file, or 401 for what is reserved.

    FAULT asks for ways in which portals fail: ``login`` for the page that an ended log-in leads to,
    ``elsewhere`` for a redirect to another host, which has the file.
    """

    def initialize(self, service: Service, elsewhere: SignFile) -> None:
        """Take what the application passes to each handler."""
        super().initialize(service)
        self._elsewhere = elsewhere

    async def get(self, dp_id: str) -> None:
        """Answer with the file."""
        file = await self.open_file(dp_id)
        if file is None:
            return
        delivery = Delivery(
            partial(file.stored, self.files),
            file.mime,
            file.name,
            file.product.modified,
            None if file.product.plan.packing else "Content-MD5",
        )
        match self.parameters().one("FAULT"):
            case "login":
                self.set_header("Content-Type", "text/html; charset=utf-8")
                self.finish(LOGIN_PAGE)
            case "elsewhere":
                self.redirect(self._elsewhere(delivery), status=302)
            case _:
                await send(self, delivery)

    async def head(self, dp_id: str) -> None:
        """Answer as GET does, without the file."""
        await self.get(dp_id)

    async def open_file(self, dp_id: str) -> File | None:
        """Return a file that whoever asks may have; refuse and return None else."""
        file = await self.file(dp_id)
        if file is None:
            self.deny(DeniedError(404, "There is no such file.\n"))
        elif not file.product.is_open:
            header = challenge("Basic", realm="ESO")
            self.deny(DeniedError(401, "Unauthorized", "text/html", {"WWW-Authenticate": header}))
        else:
            return file
        return None


class PreviewHandler(FileHandler):
    """``/eso/dataPortal/preview/<dp_id>``: a picture of a product."""

    async def open_file(self, dp_id: str) -> File | None:
        """Return the picture."""
        file = await super().open_file(dp_id)
        return None if file is None else replace(file, part="preview")


class CutoutHandler(SodaHandler):
    """``/eso/dataPortal/soda/sync``."""

    async def product(self, identifier: str) -> Product:
        """Return the product of an identifier; raises UnknownProductError or DeniedError."""
        dp_id = identifier.removeprefix(ESO_AUTHORITY)
        service = self.service
        file = await self.in_thread(find_file, service.archive, dp_id, self.person, service.clock)
        if file is None or file.is_raw or file.part != "file":
            raise UnknownProductError("no product has this identifier.")
        if not file.product.is_open:
            raise DeniedError(403, "AuthorizationError: you may not see this product.\n")
        return file.product

    def cut_of(self, cut: Cut, product: Product) -> Cut:
        """Return a cut without the circle where the product is a point on the sky."""
        if product.plan.has_sky or cut.stencil is None:
            return cut
        place = unit(*(number(product.row, name) or 0.0 for name in ("s_ra", "s_dec")))
        if not cut.stencil.contains(place[None, :]).all():
            raise NoOverlapError
        return replace(cut, stencil=None)
