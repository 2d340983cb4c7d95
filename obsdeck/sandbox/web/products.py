"""``/products?ID=``: the files of products."""

from functools import partial
from typing import Literal

from tornado.web import HTTPError

from obsdeck.sandbox.accounts.guard import DeniedError
from obsdeck.sandbox.files.parts import PARTS, ProductFiles, name_of
from obsdeck.sandbox.files.product import Product
from obsdeck.sandbox.links.answer import find_product
from obsdeck.sandbox.web.base import ArchiveHandler
from obsdeck.sandbox.web.params import ParameterError
from obsdeck.sandbox.web.sending import Delivery, send


class UnknownProductError(Exception):
    """No product has an identifier, as far as whoever asks can see."""


class ProductHandler(ArchiveHandler):
    """What handlers share that are asked for products."""

    @property
    def files(self) -> ProductFiles:
        """The files of the archive."""
        return ProductFiles(self.service.files, self.service.base_url)

    async def product(self, identifier: str) -> Product:
        """Return the product of an identifier.

        Raises
        ------
        UnknownProductError
            Where whoever asks sees none.
        DeniedError
            With 403 where it is not released to them.
        """
        product = await self.in_thread(
            find_product, self.service.archive, identifier, self.programmes, self.service.clock()
        )
        if product is None:
            raise UnknownProductError("no product has this identifier.")
        if not product.is_open:
            released = str(product.row.get("obs_release_date"))[:10]
            raise DeniedError(403, f"AuthorizationError: proprietary until {released}.\n")
        return product


class ProductsHandler(ProductHandler):
    """Hands out the file of one product; PART asks for what belongs to it."""

    async def get(self) -> None:
        """Answer with the file, or 404."""
        parameters = self.parameters()
        identifier, part = parameters.one("ID"), (parameters.one("PART") or "file").lower()
        if not identifier:
            raise ParameterError("ID is missing.")
        if part not in PARTS:
            raise ParameterError(f"PART must be one of {', '.join(PARTS)}.")
        try:
            product = await self.product(identifier)
        except UnknownProductError as error:
            raise HTTPError(404, f"NotFoundFault: {error}") from None
        file = partial(self.files.part, product, part)
        mime, name = PARTS[part][0], name_of(product, part)
        digest: Literal["Repr-Digest"] | None = "Repr-Digest" if part == "file" else None
        await send(self, Delivery(file, mime, name, product.modified, digest))

    async def head(self) -> None:
        """Answer as GET does, without the file."""
        await self.get()
