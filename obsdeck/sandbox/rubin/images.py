"""Links and cutouts of the platform's images (``rubin.md``, 4 and 5)."""

import re
from collections.abc import Mapping
from functools import partial

from obsdeck.sandbox.files.parts import FITS, ProductFiles, name_of
from obsdeck.sandbox.files.product import Product, products
from obsdeck.sandbox.links.descriptors import Descriptor
from obsdeck.sandbox.links.table import MAX_IDS, MIME
from obsdeck.sandbox.rubin.cutouts import image_cutout, read_cutout
from obsdeck.sandbox.rubin.links import cutout_rows, cutout_services, document
from obsdeck.sandbox.soda.errors import SodaError
from obsdeck.sandbox.web.base import ArchiveHandler, Service
from obsdeck.sandbox.web.params import ParameterError
from obsdeck.sandbox.web.sending import Delivery, SignFile

_IDENTIFIER = re.compile(r"(?:butler://[^/]+/.+|ivo://[^?]+\?.*\bid=.+)")

#: Seconds a list of links stays good, as the platform says; its addresses last as long.
_FRESH = 3_600


class LinksHandler(ArchiveHandler):
    """``/rubin/api/datalink/links``."""

    def initialize(self, service: Service, sign: SignFile) -> None:
        """Take what the application passes to each handler."""
        super().initialize(service)
        self._sign = sign

    async def get(self) -> None:
        """Answer with the links of the images in the URL."""
        await self._answer()

    async def post(self) -> None:
        """Answer with the links of the images in a form."""
        await self._answer()

    async def _answer(self) -> None:
        given = self.parameters()
        wanted = given.one("RESPONSEFORMAT") or "votable"
        if wanted not in ("votable", "application/x-votable+xml"):
            self.set_status(422)
            self.answer_json({"detail": [{"msg": f"Unknown format {wanted}", "type": "enum"}]}, 422)
            return
        body = await self.in_thread(self._document, given.every("ID")[:MAX_IDS])
        self.set_header("Content-Type", MIME)
        self.set_header("Cache-Control", f"max-age={_FRESH}")
        self.finish(body)

    def _document(self, identifiers: list[str]) -> bytes:
        known = products(self.service.archive, identifiers, (), self.service.clock())
        rows = [row for one in identifiers for row in self._rows(one, known.get(one))]
        cut = [one for one in identifiers if one in known and _can_be_cut(known[one])]
        services: list[Descriptor] = []
        if cut:
            services = cutout_services(f"{self.service.base_url}api/cutout/sync", cut)
        return document(rows, services)

    def _rows(self, identifier: str, product: Product | None) -> list[Mapping[str, object]]:
        if product is None:
            return [{"ID": identifier, "semantics": "#this", "error_message": _reason(identifier)}]
        files = ProductFiles(self.service.files, self.service.base_url)
        file = partial(files.part, product)
        size = product.plan.size
        this = {
            "ID": identifier,
            "access_url": self._sign(Delivery(file, FITS, name_of(product), product.modified)),
            "description": "Primary image or observation data file",
            "semantics": "#this",
            "content_type": FITS,
            "content_length": size if size is not None else file().size,
        }
        return [this, *(cutout_rows(identifier) if _can_be_cut(product) else [])]


def _can_be_cut(product: Product) -> bool:
    """Raw images have no cutouts, and tables have no pixels."""
    return product.plan.kind in ("image", "exposure")


def _reason(identifier: str) -> str:
    if _IDENTIFIER.fullmatch(identifier) is None:
        return f"UsageFault: Invalid dataset ID '{identifier}'"
    return f"NotFoundFault: Unknown dataset ID '{identifier}'"


class CutoutHandler(ArchiveHandler):
    """``/rubin/api/cutout/sync``: redirects to the cutout on the other host."""

    def initialize(self, service: Service, sign: SignFile) -> None:
        """Take what the application passes to each handler."""
        super().initialize(service)
        self._sign = sign

    async def get(self) -> None:
        """Answer 303, or with an error in plain text."""
        try:
            request = read_cutout(self.parameters())
            file = await self.in_thread(image_cutout, self.service, request)
        except (SodaError, ParameterError) as error:
            text = error.text if isinstance(error, SodaError) else f"UsageError: {error}\n"
            self.set_status(422)
            self.set_header("Content-Type", "text/plain; charset=utf-8")
            self.finish(text)
            return
        delivery = Delivery(lambda: file, FITS, "cutout.fits", self.service.clock())
        self.redirect(self._sign(delivery), status=303)

    async def post(self) -> None:
        """Answer a form."""
        await self.get()
