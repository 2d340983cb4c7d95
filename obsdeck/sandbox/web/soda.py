"""SODA 1.0, synchronous."""

from collections.abc import Iterator
from contextlib import contextmanager

from obsdeck.sandbox.files.parts import FITS
from obsdeck.sandbox.files.product import Product
from obsdeck.sandbox.soda.errors import NoOverlapError, SodaError
from obsdeck.sandbox.soda.product import cutout_file
from obsdeck.sandbox.soda.request import Cut, single_cut
from obsdeck.sandbox.web.params import ParameterError
from obsdeck.sandbox.web.products import ProductHandler, UnknownProductError


class SodaErrors(ProductHandler):
    """Refusals in plain text, in the words of SODA (1.0, 4.2)."""

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """Answer what goes wrong within."""
        try:
            yield
        except UnknownProductError as error:
            self._refuse(404, SodaError(str(error)))
        except ParameterError as error:
            self._refuse(400, SodaError(str(error)))
        except SodaError as error:
            self._refuse(400, error)
        except NoOverlapError:
            # No overlap is no error (SODA 1.0, 4.1).
            self.set_status(204)
            self.finish()

    def deliver_fits(self, content: bytes, name: str) -> None:
        """Answer with a file that was made for this request."""
        self.set_header("Content-Type", FITS)
        self.set_header("Content-Disposition", f'attachment; filename="{name}"')
        self.finish(content)

    def _refuse(self, status: int, error: SodaError) -> None:
        self.set_status(status)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(error.text)


class SodaHandler(SodaErrors):
    """``/soda/sync``: one cutout."""

    async def get(self) -> None:
        """Answer with a cutout asked for in the URL."""
        with self.refusals():
            cut = single_cut(self.parameters())
            product = await self.product(cut.identifier)
            cut = self.cut_of(cut, product)
            content = await self.in_thread(cutout_file, self.files, product, cut)
            self.deliver_fits(content, f"{product.name}_cut.fits")

    async def post(self) -> None:
        """Answer with a cutout asked for in a form."""
        await self.get()

    def cut_of(self, cut: Cut, product: Product) -> Cut:
        """Return what is cut of a product; raises NoOverlapError."""
        return cut
