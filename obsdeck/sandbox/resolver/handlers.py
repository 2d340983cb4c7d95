"""``/resolver/sesame/-oxp/<options>?<name>``."""

from urllib.parse import unquote_plus

from tornado.routing import URLSpec
from tornado.web import url

from obsdeck.sandbox.resolver.objects import SkyObject
from obsdeck.sandbox.resolver.sesame import MIME, answer, resolvers
from obsdeck.sandbox.web.base import ArchiveHandler, Service

_LONGEST_NAME = 200


class SesameHandler(ArchiveHandler):
    """Says where an object is; the whole query is its name."""

    async def get(self, options: str) -> None:
        """Answer with what each service knows.

        ``A`` among the options asks all of them, ``~`` none of them from memory.
        """
        name = unquote_plus(self.request.query, errors="replace")[:_LONGEST_NAME]
        known = resolvers(self._own)
        letters = [letter for letter in options.upper() if letter in known]
        asked = [known[letter] for letter in letters or known]
        is_all = "A" in options.upper()
        self.set_header("Content-Type", MIME)
        self.finish(await self.in_thread(answer, _printable(name), options or "SNV", asked, is_all))

    def _own(self, name: str) -> SkyObject | None:
        """Look for a target of the sandbox's own data."""
        literal = name.strip().lower().replace("'", "''")
        row = self.service.archive.first_row(
            "SELECT TOP 1 target_name, s_ra, s_dec FROM ivoa.ObsCore "  # noqa: S608 - quoted
            f"WHERE LOWER(target_name) = '{literal}' ORDER BY obs_publisher_did"
        )
        if row is None:
            return None
        ra, dec = (float(str(row[name])) for name in ("s_ra", "s_dec"))
        return SkyObject(str(row["target_name"]), "?", ra, dec)


def _printable(text: str) -> str:
    """Return a text without characters that XML cannot hold."""
    return "".join(one if one.isprintable() else " " for one in text)


def resolver_routes(service: Service) -> list[URLSpec]:
    """Return the routes."""
    return [url(r"/resolver/sesame/-oxp?/?([~ASNVasnv]*)", SesameHandler, {"service": service})]
