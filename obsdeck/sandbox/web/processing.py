"""Services of no standard; see ``links.processing``."""

# mypy: disable-error-code=import-untyped

import io
from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
from astropy.io import fits

from obsdeck.sandbox.files.product import Product
from obsdeck.sandbox.links.processing import FACTORS, STATISTICS
from obsdeck.sandbox.output.ending import Ending
from obsdeck.sandbox.output.fields import ResultField
from obsdeck.sandbox.output.votable import MIME, VOTableWriter
from obsdeck.sandbox.soda.cutting import grid_of_header, wavelengths_of
from obsdeck.sandbox.soda.errors import SodaError
from obsdeck.sandbox.soda.stencils import stencil
from obsdeck.sandbox.web.params import ParameterError
from obsdeck.sandbox.web.soda import SodaErrors

_FIELDS = [
    ResultField("wavelength", "double", unit="m", ucd="em.wl"),
    ResultField("flux", "double", ucd="phot.flux"),
]

_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "mean": np.nanmean,
    "median": np.nanmedian,
    "max": np.nanmax,
}


class ProcessingHandler(SodaErrors):
    """What they share: one product, and a function of its pixels."""

    async def get(self) -> None:
        """Answer with what was made of the product."""
        with self.refusals():
            identifier = self.parameters().one("ID")
            if not identifier:
                raise ParameterError("ID is missing.")
            product = await self.product(identifier)
            made = await self.in_thread(self._made, product)
            self.deliver(made, product)

    async def post(self) -> None:
        """Answer a form."""
        await self.get()

    def deliver(self, made: bytes, product: Product) -> None:
        """Send what was made."""
        raise NotImplementedError

    def make(self, hdus: fits.HDUList) -> bytes:
        """Return the answer for a file; blocks, raises SodaError."""
        raise NotImplementedError

    def choice(self, name: str, options: tuple[str, ...]) -> str:
        """Return a parameter that is one of options, the first unless it is given."""
        given = self.parameters().one(name) or options[0]
        # Some clients write whole numbers as 4.0.
        value = given.removesuffix(".0")
        if value not in options:
            raise SodaError(f"{name} must be one of {', '.join(options)}, not '{value}'.")
        return value

    def number(self, name: str, least: float, most: float) -> float | None:
        """Return a number within limits, None where it is not given."""
        text = self.parameters().one(name)
        if not text:
            return None
        try:
            value = float(text)
        except ValueError:
            raise SodaError(f"{name} must be a number, not '{text}'.") from None
        if not least <= value <= most:
            raise SodaError(f"{name} must be between {least:g} and {most:g}.")
        return value

    def _made(self, product: Product) -> bytes:
        with self.files.opened(product) as hdus:
            return self.make(hdus)


class RebinHandler(ProcessingHandler):
    """``/services/rebin``: blocks of pixels become one pixel."""

    def make(self, hdus: fits.HDUList) -> bytes:
        """Return the first image in larger pixels."""
        hdu = first_image(hdus)
        factor = int(self.choice("FACTOR", FACTORS))
        function = _FUNCTIONS[self.choice("STATISTIC", STATISTICS)]
        data, header = np.asarray(hdu.data, dtype=np.float32), hdu.header.copy(strip=True)
        clip = self.number("CLIP", 1, 10)
        if clip is not None:
            far = abs(data - np.nanmedian(data)) > clip * np.nanstd(data)
            data = np.where(far, np.float32(np.nan), data)
        height, width = (side // factor * factor for side in data.shape)
        blocks = data[:height, :width].reshape(height // factor, factor, width // factor, factor)
        for axis in (1, 2):
            header[f"CRPIX{axis}"] = (header[f"CRPIX{axis}"] - 0.5) / factor + 0.5
            for world in (1, 2):
                header[f"CD{world}_{axis}"] *= factor
        written = io.BytesIO()
        fits.PrimaryHDU(function(blocks, axis=(1, 3)).astype(np.float32), header).writeto(written)
        return written.getvalue()

    def deliver(self, made: bytes, product: Product) -> None:
        """Send the image."""
        self.deliver_fits(made, f"{product.name}_rebin.fits")


class ExtractHandler(ProcessingHandler):
    """``/services/extract``: the spectrum of an aperture in a cube."""

    def make(self, hdus: fits.HDUList) -> bytes:
        """Return a VOTable of wavelengths and fluxes."""
        hdu = first_image(hdus)
        given = self.parameters().one("CIRCLE")
        if not given:
            raise SodaError("CIRCLE is missing.")
        mask = stencil("CIRCLE", given).mask(grid_of_header(hdu.header))
        if not mask.any():
            raise SodaError("No pixels are within CIRCLE.")
        function = _FUNCTIONS[self.choice("STATISTIC", STATISTICS)]
        data = np.asarray(hdu.data, dtype=float)
        planes = data[0] if data.ndim == 4 else data
        fluxes = function(planes[:, mask], axis=1)
        writer = VOTableWriter(_FIELDS, "tabledata")
        columns = [pa.array(wavelengths_of(hdu.header)), pa.array(fluxes)]
        batch = pa.record_batch(columns, names=[field.name for field in _FIELDS])
        return writer.head() + writer.rows(batch) + writer.tail(Ending())

    def deliver(self, made: bytes, product: Product) -> None:
        """Send the table."""
        self.set_header("Content-Type", MIME)
        self.finish(made)


class StatisticsHandler(ProcessingHandler):
    """``/services/statistics``: numbers of the pixels as text."""

    def make(self, hdus: fits.HDUList) -> bytes:
        """Return a line for each array."""
        chosen = self.number("HDU", 0, 8)
        lines = [
            f"HDU {index} {hdu.name}: {_numbers(np.asarray(hdu.data, dtype=float))}"
            for index, hdu in enumerate(hdus)
            if hdu.data is not None and hdu.data.dtype.names is None
            if chosen is None or index == int(chosen)
        ]
        if not lines:
            raise SodaError("There are no pixels in this extension.")
        return ("\n".join(lines) + "\n").encode()

    def deliver(self, made: bytes, product: Product) -> None:
        """Send the text."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(made)


def first_image(hdus: fits.HDUList) -> Any:
    """Return the first HDU with an array; raises SodaError."""
    for hdu in hdus:
        if hdu.data is not None and hdu.data.dtype.names is None:
            return hdu
    raise SodaError("This product has no image.")


def _numbers(data: np.ndarray) -> str:
    return (
        f"{data.size} pixels, {np.isnan(data).sum()} of them blank, "
        f"mean {np.nanmean(data):.4g}, median {np.nanmedian(data):.4g}, "
        f"from {np.nanmin(data):.4g} to {np.nanmax(data):.4g}"
    )
