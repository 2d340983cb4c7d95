"""Cutouts as the platform makes them: one image, one shape, and how much of the image."""

# mypy: disable-error-code=import-untyped

import asyncio
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from astropy.io import fits

from obsdeck.sandbox.files.parts import FITS, ProductFiles
from obsdeck.sandbox.files.product import products
from obsdeck.sandbox.files.store import StoredFile
from obsdeck.sandbox.rubin.links import DETAILS
from obsdeck.sandbox.soda.cutting import cut_out
from obsdeck.sandbox.soda.errors import NoOverlapError, SodaError, multi_valued
from obsdeck.sandbox.soda.request import Cut
from obsdeck.sandbox.soda.stencils import Stencil, stencil
from obsdeck.sandbox.uws.job import Job, Result
from obsdeck.sandbox.uws.jobs import JobFailedError
from obsdeck.sandbox.web.base import Service
from obsdeck.sandbox.web.params import Parameters

_SHAPES = ("CIRCLE", "POLYGON", "POS")
_NUMBERS = {"CIRCLE": 3}


@dataclass(frozen=True)
class CutoutRequest:
    """What is cut, and how much of the image comes along."""

    cut: Cut
    detail: str


class ReportError(SodaError):
    """A request that is incomplete: a report of the checks follows the word."""

    @property
    def text(self) -> str:
        """The whole answer."""
        return f"{self.word}\n\n{self}"


def read_cutout(parameters: Parameters) -> CutoutRequest:
    """Return what a request asks for; BAND, TIME and POL are ignored.

    Raises
    ------
    SodaError
        If it is not exactly one image and one shape.
    """
    identifiers = parameters.every("ID")
    if not identifiers:
        raise ReportError(
            "1 validation error: {'type': 'missing', 'loc': ('query', 'id'), "
            "'msg': 'Field required'}"
        )
    if len(identifiers) > 1:
        raise multi_valued("Only one ID is supported")
    shapes = [(name, value) for name in _SHAPES for value in parameters.every(name)]
    if len(shapes) > 1:
        raise multi_valued("Only one stencil is supported")
    if not shapes:
        raise SodaError("No cutout stencil given")
    detail = parameters.one("CUTOUTDETAIL") or DETAILS[0]
    if detail not in DETAILS:
        expected = "'Image', 'MaskedImage' or 'Exposure'"
        raise ReportError(
            "1 validation error: {'type': 'enum', 'loc': ('query', 'cutoutdetail'), "
            f"'msg': \"Input should be {expected}\", 'input': {detail!r}}}"
        )
    return CutoutRequest(Cut(identifiers[0], _shape(*shapes[0])), detail)


def _shape(name: str, value: str) -> Stencil:
    shape = value.split()[:1] if name == "POS" else [name]
    if shape == ["RANGE"]:
        raise SodaError("Unsupported stencil RANGE in POS")
    count, wanted = len(value.split()) - (name == "POS"), _NUMBERS.get("".join(shape))
    if wanted is not None and count < wanted:
        reason = f"not enough values to unpack (expected {wanted}, got {count})"
        raise SodaError(f"Invalid cutout parameter: {name} {value}: {reason}")
    try:
        return stencil(name, value)
    except SodaError as error:
        raise SodaError(f"Invalid cutout parameter: {name} {value}: {error}") from None


def image_cutout(service: Service, request: CutoutRequest) -> StoredFile:
    """Return a cutout, kept with the files; blocks, raises SodaError."""
    identifier = request.cut.identifier
    found = products(service.archive, [identifier], (), service.clock())
    product = found.get(identifier)
    if product is None or not product.plan.has_sky:
        raise SodaError(f"Unknown dataset ID '{identifier}'")
    files = ProductFiles(service.files, service.base_url)
    shape = request.cut.stencil.text if request.cut.stencil else ""

    def make() -> bytes:
        with files.opened(product) as hdus:
            try:
                made = cut_out(list(hdus), request.cut)
            except NoOverlapError:
                raise SodaError("The cutout region lies outside of the image") from None
            return _written(_kept(made, request.detail))

    return service.files.get((service.base_url, identifier, shape, request.detail), make)


def _kept(made: fits.HDUList, detail: str) -> fits.HDUList:
    """Leave out what was not asked for: of an image its pixels are the first array."""
    if detail != "Image":
        return made
    first = next(index for index, hdu in enumerate(made) if hdu.data is not None)
    return fits.HDUList(made[: first + 1])


def _written(hdus: fits.HDUList) -> bytes:
    written = io.BytesIO()
    hdus.writeto(written)
    return written.getvalue()


@dataclass(frozen=True)
class ImageCutoutPlan:
    """A job whose parameters are understood; see ``Plan``."""

    service: Service
    request: CutoutRequest

    @property
    def queued(self) -> float:
        """Cutouts begin at once."""
        return 0.0

    async def run(self, file: Path) -> Sequence[Result]:
        """Write the cutout."""
        loop = asyncio.get_running_loop()
        try:
            size = await loop.run_in_executor(self.service.pool, self._write, file)
        except SodaError as error:
            raise JobFailedError(error.text.strip()) from None
        return [Result(file, FITS, size, "cutout")]

    def _write(self, file: Path) -> int:
        stored = image_cutout(self.service, self.request)
        return file.write_bytes(stored.path.read_bytes())


class ImageCutoutWork:
    """The work of the cutout jobs; see ``Work``."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def plan(self, job: Job) -> ImageCutoutPlan:
        """Check the parameters of a job."""
        try:
            return ImageCutoutPlan(self._service, read_cutout(Parameters(job.parameters)))
        except SodaError as error:
            raise JobFailedError(error.text.strip()) from None
