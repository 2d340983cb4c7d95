"""Cutouts as jobs: one result for each combination of parameters (SODA 1.0, 3.1.2)."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from obsdeck.sandbox.accounts.people import find_person
from obsdeck.sandbox.files.parts import FITS, ProductFiles
from obsdeck.sandbox.links.answer import find_product
from obsdeck.sandbox.soda.errors import NoOverlapError, SodaError
from obsdeck.sandbox.soda.product import cutout_file
from obsdeck.sandbox.soda.request import Cut, cuts
from obsdeck.sandbox.uws.job import Job, Result
from obsdeck.sandbox.uws.jobs import JobFailedError
from obsdeck.sandbox.web.base import Service
from obsdeck.sandbox.web.params import Parameters

_TEXT = "text/plain"

#: Cutouts of one job.
_MOST = 200


@dataclass(frozen=True)
class CutoutPlan:
    """A job whose parameters are understood; see ``Plan``.

    Attributes
    ----------
    service
        Lends its threads.
    cuts
        What is made, in this order.
    make
        Makes one of them; blocks, raises NoOverlapError or SodaError.
    """

    service: Service
    cuts: Sequence[Cut]
    make: Callable[[Cut], bytes]

    @property
    def queued(self) -> float:
        """Cutouts begin at once."""
        return 0.0

    async def run(self, file: Path) -> Sequence[Result]:
        """Write all of them."""
        loop = asyncio.get_running_loop()
        made = []
        for number, cut in enumerate(self.cuts, 1):
            write = partial(self._write, cut, file.with_name(f"{file.name}-{number}"), number)
            made.append(await loop.run_in_executor(self.service.pool, write))
        return made

    def _write(self, cut: Cut, file: Path, number: int) -> Result:
        try:
            content, mime = self.make(cut), FITS
        except NoOverlapError:
            # A combination without pixels has a text for a result (SODA 1.0, 4.2).
            content, mime = f"No pixels within {cut.text}.\n".encode(), _TEXT
        except SodaError as error:
            content, mime = error.text.encode(), _TEXT
        file.write_bytes(content)
        return Result(file, mime, len(content), f"cutout-{number}")


class CutoutWork:
    """The work of the jobs of one service; see ``Work``."""

    def __init__(self, service: Service) -> None:
        self._service = service

    async def plan(self, job: Job) -> CutoutPlan:
        """Check the parameters of a job."""
        try:
            wanted = cuts(Parameters(job.parameters))
        except SodaError as error:
            raise JobFailedError(error.text.strip()) from None
        if len(wanted) > _MOST:
            raise JobFailedError(f"UsageError: {len(wanted)} cutouts are more than {_MOST}.")
        person = find_person(job.owner) if job.owner is not None else None
        programmes = person.programmes if person is not None else ()
        return CutoutPlan(self._service, wanted, partial(self._cutout, programmes))

    def _cutout(self, programmes: Sequence[str], cut: Cut) -> bytes:
        service = self._service
        product = find_product(service.archive, cut.identifier, programmes, service.clock())
        if product is None:
            raise SodaError(f"no product has the identifier {cut.identifier}.")
        if not product.is_open:
            raise SodaError(f"{cut.identifier} is proprietary.", "AuthorizationError")
        return cutout_file(ProductFiles(service.files, service.base_url), product, cut)
