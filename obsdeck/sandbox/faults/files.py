"""``/faults/files/<case>,NAME=number/<name>``: files whose transfer goes wrong on purpose."""

import asyncio
from urllib.parse import quote

from obsdeck.sandbox.faults.content import KnownFile
from obsdeck.sandbox.faults.documents import MAINTENANCE_PAGE
from obsdeck.sandbox.faults.file import MIME, MODIFIED, ByHand, FaultFile
from obsdeck.sandbox.output.votable import MIME as VOTABLE
from obsdeck.sandbox.output.votable import error_document
from obsdeck.sandbox.web.ranges import Part, part_of

_MOST_SECONDS = 600.0

#: Names nobody should write to disk as they are, by number.
HOSTILE_NAMES = (
    "../../../etc/passwd", "..\\..\\boot.ini", "/etc/passwd", "C:\\CON", "CON", "nul.fits",
    ".bashrc", "a" * 300 + ".fits", "", " ", "..", "~root", "x\ty.fits", "naïve_ü.fits",
    "a:b?c*d.fits", "file.fits.part", "obsdeck-manifest.json", "double\"quote.fits",
)  # fmt: skip


class TooLong(ByHand):
    """Content-Length is larger by EXTRA (1000) bytes than what is sent."""

    async def answer(self, file: KnownFile) -> None:
        """Send it all, and hang up."""
        length = file.size + int(self.number("EXTRA", 1_000))
        headers = {**self.usual(file), "Content-Length": str(length)}
        (await self.by_hand("200 OK", headers, file.part(0, file.size))).close()


class TooShort(ByHand):
    """Content-Length is smaller by EXTRA (1000) bytes than what is sent."""

    async def answer(self, file: KnownFile) -> None:
        """Send more than was said."""
        length = file.size - int(self.number("EXTRA", 1_000))
        headers = {**self.usual(file), "Content-Length": str(length)}
        (await self.by_hand("200 OK", headers, file.part(0, file.size))).close()


class Cut(ByHand):
    """The connection is cut after TENTHS (5) of ten parts, the first TIMES (1000000) times."""

    async def answer(self, file: KnownFile) -> None:
        """Send a part of what was asked for."""
        if self.times > self.number("TIMES", 1e6):
            await super().answer(file)
            return
        part = part_of(self.request.headers, file.size, file.etag, MODIFIED)
        end = part.start + int((part.end - part.start) * self.number("TENTHS", 5, 0, 10) / 10)
        headers = {**self.usual(file), "Content-Length": str(part.end - part.start)}
        if part.status == 206:
            headers["Content-Range"] = f"bytes {part.start}-{part.end - 1}/{file.size}"
        status = "206 Partial Content" if part.status == 206 else "200 OK"
        (await self.by_hand(status, headers, file.part(part.start, end))).close()


class CutChanging(Cut):
    """As ``cut``, and the file is another one each time."""

    async def answer(self, file: KnownFile) -> None:
        """Send a part of a new version."""
        await super().answer(KnownFile(file.size, self.times))


class NoRange(Cut):
    """As ``cut``, and Range is not understood: the answer is 200 with the whole file."""

    async def answer(self, file: KnownFile) -> None:
        """Send it from the beginning."""
        self.request.headers.pop("Range", None)
        await super().answer(file)


class NoPart(Cut):
    """As ``cut``, and every Range is answered with 416."""

    async def answer(self, file: KnownFile) -> None:
        """Refuse parts."""
        if "Range" in self.request.headers:
            self.describe(file, Part(416, 0, 0))
            return
        await super().answer(file)


class WrongPart(Cut):
    """As ``cut``, and a Range is answered with other bytes than were asked for."""

    async def answer(self, file: KnownFile) -> None:
        """Send the beginning in place of the end."""
        part = part_of(self.request.headers, file.size, file.etag, MODIFIED)
        if part.status == 206:
            self.describe(file, Part(206, 0, part.end - part.start))
            await self.copy(file, 0, part.end - part.start)
            return
        await super().answer(file)


class NoLength(FaultFile):
    """No Content-Length, no validator, no ranges."""

    async def answer(self, file: KnownFile) -> None:
        """Send it in chunks."""
        self.set_header("Content-Type", MIME)
        if self.request.method == "GET":
            await self.copy(file, 0, file.size)


class Loop(FaultFile):
    """Redirects to itself."""

    async def answer(self, file: KnownFile) -> None:
        """Lead round."""
        self.redirect(f"{self.request.path}?again={self.times}", status=302)


class Busy(FaultFile):
    """STATUS (429) with Retry-After of AFTER seconds (1), the first TIMES (1) times."""

    async def answer(self, file: KnownFile) -> None:
        """Ask to come back."""
        if self.times > self.number("TIMES", 1):
            await super().answer(file)
            return
        self.set_status(int(self.number("STATUS", 429, 400, 599)))
        self.set_header("Retry-After", str(int(self.number("AFTER", 1))))
        self.set_header("Content-Type", "text/plain")
        self.finish("Too many files at once.\n")


class Page(FaultFile):
    """An HTML page with status 200."""

    async def answer(self, file: KnownFile) -> None:
        """Send the page."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(MAINTENANCE_PAGE)


class PageAsFits(FaultFile):
    """An HTML page with status 200 that calls itself FITS."""

    async def answer(self, file: KnownFile) -> None:
        """Send the page."""
        self.set_header("Content-Type", MIME)
        self.finish(MAINTENANCE_PAGE)


class Error(FaultFile):
    """A VOTable with an error and status 200."""

    async def answer(self, file: KnownFile) -> None:
        """Send the document."""
        self.set_header("Content-Type", VOTABLE)
        self.finish(error_document("The tape robot is asleep."))


class Name(FaultFile):
    """A hostile name in Content-Disposition, the one of number N (0)."""

    def describe(self, file: KnownFile, part: Part) -> None:
        """Set the name, also in the form of RFC 8187."""
        super().describe(file, part)
        name = HOSTILE_NAMES[int(self.number("N", 0, 0, len(HOSTILE_NAMES) - 1))]
        plain = "".join(c if " " <= c <= "~" and c != '"' else "_" for c in name)
        encoded = quote(name, safe="")
        value = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}"
        self.set_header("Content-Disposition", value)


class Stall(ByHand):
    """Sends TENTHS (5) of ten parts, then nothing for SECONDS (30), then hangs up."""

    async def answer(self, file: KnownFile) -> None:
        """Fall silent."""
        end = int(file.size * self.number("TENTHS", 5, 0, 10) / 10)
        headers = {**self.usual(file), "Content-Length": str(file.size)}
        stream = await self.by_hand("200 OK", headers, file.part(0, end))
        await asyncio.sleep(self.number("SECONDS", 30, 0, _MOST_SECONDS))
        stream.close()


class WrongDigest(FaultFile):
    """A Repr-Digest that is that of another file."""

    def describe(self, file: KnownFile, part: Part) -> None:
        """Tell the digest of nothing."""
        super().describe(file, part)
        of_nothing = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
        self.set_header("Repr-Digest", f"sha-256=:{of_nothing}:")


FILES: dict[str, type[FaultFile]] = {
    "plain": FaultFile,
    "toolong": TooLong,
    "tooshort": TooShort,
    "cut": Cut,
    "changing": CutChanging,
    "norange": NoRange,
    "nopart": NoPart,
    "wrongpart": WrongPart,
    "nolength": NoLength,
    "loop": Loop,
    "busy": Busy,
    "page": Page,
    "pageasfits": PageAsFits,
    "error": Error,
    "name": Name,
    "stall": Stall,
    "wrongdigest": WrongDigest,
}
