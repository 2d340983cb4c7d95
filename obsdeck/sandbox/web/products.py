"""``/products?ID=``: the file of a product."""

from collections.abc import Sequence

from tornado.web import HTTPError

from obsdeck.sandbox.archive import Archive
from obsdeck.sandbox.data.fits import COLUMNS, header_file
from obsdeck.sandbox.web.base import ArchiveHandler
from obsdeck.sandbox.web.params import ParameterError

MIME = "application/fits"


def product_file(archive: Archive, identifier: str, programmes: Sequence[str] = ()) -> bytes | None:
    """Return the file of a product, or None where whoever asks sees no row of its identifier."""
    literal = identifier.replace("'", "''")
    table = archive.catalog.table("ivoa.ObsCore")
    published = {column.name for column in table.columns} if table is not None else set()
    row = archive.first_row(
        f"SELECT TOP 1 {', '.join(one for one in COLUMNS if one in published)} FROM ivoa.ObsCore "  # noqa: S608 - the literal is quoted
        f"WHERE obs_publisher_did = '{literal}' AND access_url IS NOT NULL",
        programmes,
    )
    return None if row is None else header_file(row)


class ProductsHandler(ArchiveHandler):
    """Hands out the file of one product."""

    async def get(self) -> None:
        """Answer with the file, or 404."""
        identifier = self.parameters().one("ID")
        if not identifier:
            raise ParameterError("ID is missing.")
        body = await self.in_thread(product_file, self.service.archive, identifier, self.programmes)
        if body is None:
            raise HTTPError(404, "NotFoundFault: no product has this identifier.")
        self.set_header("Content-Type", MIME)
        self.finish(body)
