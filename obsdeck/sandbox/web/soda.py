"""SODA 1.0, synchronous."""

from obsdeck.sandbox.files.parts import FITS
from obsdeck.sandbox.soda.errors import NoOverlapError, SodaError
from obsdeck.sandbox.soda.product import cutout_file
from obsdeck.sandbox.soda.request import Cut, single_cut
from obsdeck.sandbox.web.params import ParameterError
from obsdeck.sandbox.web.products import ProductHandler, UnknownProductError


class SodaHandler(ProductHandler):
    """``/soda/sync``: one cutout."""

    async def get(self) -> None:
        """Answer with a cutout asked for in the URL."""
        try:
            cut = single_cut(self.parameters())
            await self._answer(cut)
        except ParameterError as error:
            self._refuse(400, SodaError(str(error)))
        except UnknownProductError as error:
            self._refuse(404, SodaError(str(error)))
        except SodaError as error:
            self._refuse(400, error)
        except NoOverlapError:
            # SODA 1.0, 4.1: no overlap is no error.
            self.set_status(204)
            self.finish()

    async def post(self) -> None:
        """Answer with a cutout asked for in a form."""
        await self.get()

    async def _answer(self, cut: Cut) -> None:
        product = await self.product(cut.identifier)
        content = await self.in_thread(cutout_file, self.files, product, cut)
        self.set_header("Content-Type", FITS)
        self.set_header("Content-Disposition", f'attachment; filename="{product.name}_cut.fits"')
        self.finish(content)

    def _refuse(self, status: int, error: SodaError) -> None:
        self.set_status(status)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(error.text)
