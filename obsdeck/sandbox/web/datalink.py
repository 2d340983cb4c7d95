"""DataLink 1.1 ``{links}``."""

from obsdeck.sandbox.links.answer import LinkAnswer
from obsdeck.sandbox.links.table import MIME
from obsdeck.sandbox.web.base import ArchiveHandler
from obsdeck.sandbox.web.params import ParameterError, Parameters

#: Values of RESPONSEFORMAT besides media types of VOTable (DALI 1.1, 3.4.3).
_SHORT = frozenset({"votable", "application/x-votable+xml", "text/xml", "application/xml"})
_SERIALIZATIONS = frozenset({"tabledata", "binary", "binary2"})


class LinksHandler(ArchiveHandler):
    """``/datalink/links``: repeatable ID; no ID gives an empty table."""

    async def get(self) -> None:
        """Answer with the links of the identifiers in the URL."""
        await self._answer()

    async def post(self) -> None:
        """Answer with the links of the identifiers in a form."""
        await self._answer()

    async def _answer(self) -> None:
        parameters = self.parameters()
        serialization = serialization_of(parameters)
        answer = LinkAnswer(self.service.archive, self.programmes, self.service.clock())
        body = await self.in_thread(answer.document, parameters.every("ID"), serialization)
        self.set_header("Content-Type", MIME)
        self.finish(body)


def serialization_of(parameters: Parameters) -> str:
    """Return how a VOTable is to be written; raises ParameterError."""
    given = parameters.one("RESPONSEFORMAT")
    if not given:
        return "tabledata"
    kind, *options = (part.strip().lower() for part in given.split(";"))
    if kind not in _SHORT:
        raise ParameterError(f"RESPONSEFORMAT must be votable, not '{given}'.")
    for option in options:
        name, _, value = option.partition("=")
        if name.strip() == "serialization" and value.strip() in _SERIALIZATIONS:
            return value.strip()
    return "tabledata"
