"""The answer to a list of identifiers."""

import re
from collections.abc import Sequence

from obsdeck.sandbox.archive import Archive
from obsdeck.sandbox.files.product import Product, found, products
from obsdeck.sandbox.links.calibration import (
    MISSING,
    RELATIONS,
    Calibration,
    find_calibration,
    product_of,
)
from obsdeck.sandbox.links.product import links_url, product_links, services_of
from obsdeck.sandbox.links.table import MAX_IDS, MIME, Link, links_table

#: Identifiers that end in an error of each kind; the last has no word of the standard.
FAULTS = {
    "ivo://org.obsdeck.sandbox/faults?transient": "TransientFault: the catalogue is being moved.",
    "ivo://org.obsdeck.sandbox/faults?fatal": "FatalFault: the catalogue cannot be read.",
    "ivo://org.obsdeck.sandbox/faults?default": "DefaultFault something went wrong.",
    "ivo://org.obsdeck.sandbox/faults?bare": "NotFoundFault",
    "ivo://org.obsdeck.sandbox/faults?odd": "The tape is in the wrong cupboard.",
}

_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:.+", re.DOTALL)


def find_product(
    archive: Archive, identifier: str, programmes: Sequence[str], now: float
) -> Product | None:
    """Return the product or the calibration frame of an identifier; see ``products``."""
    return _known(archive, [identifier], programmes, now).get(identifier)


def _known(
    archive: Archive, identifiers: Sequence[str], programmes: Sequence[str], now: float
) -> dict[str, Product]:
    known = products(archive, identifiers, programmes, now)
    for one in identifiers:
        calibration = find_calibration(one)
        frame = product_of(calibration) if calibration is not None else None
        if frame is not None:
            known[one] = frame
    return known


class LinkAnswer:
    """Answers with the links of products and of calibration frames. Every method blocks.

    Parameters
    ----------
    archive
        Whose products.
    programmes
        Patterns of the observing programmes of whoever asks.
    now
        Unix time.
    most
        Identifiers that are answered; more overflow.
    """

    def __init__(
        self, archive: Archive, programmes: Sequence[str], now: float, most: int = MAX_IDS
    ) -> None:
        self._most = most
        self._archive = archive
        self._programmes = programmes
        self._now = now

    def document(self, identifiers: Sequence[str], serialization: str = "tabledata") -> bytes:
        """Return the VOTable of links."""
        kept = identifiers[: self._most]
        known = _known(self._archive, kept, self._programmes, self._now)
        rows = [row for one in kept for row in self._links(one, known)]
        services = services_of(self._archive.base_url, list(known.values()))
        answered = None if len(kept) == len(identifiers) else self._most
        return links_table(rows, services, answered=answered, serialization=serialization)

    def _links(self, identifier: str, known: dict[str, Product]) -> list[Link]:
        product = known.get(identifier)
        if product is None:
            return [_fault(identifier, _reason(identifier))]
        links = product_links(self._archive.base_url, product)
        calibration = find_calibration(identifier)
        if calibration is None:
            return links
        # What a frame is calibrated by is its own business, not that of its instrument.
        own = [link for link in links if link.get("content_type") != MIME]
        return [*own, *self._relations(calibration), *self._observations(calibration)]

    def _relations(self, calibration: Calibration) -> list[Link]:
        made: list[Link] = []
        for semantics, kind in RELATIONS[calibration.kind]:
            other = calibration.other(kind)
            link = {"ID": calibration.identifier, "semantics": semantics}
            if kind in MISSING:
                text = "NotFoundFault: the dark of this night was never archived."
                made.append({**link, "error_message": text, "description": other.description})
            else:
                made.append(link | self._document(other.identifier, other.description))
        return made

    def _observations(self, calibration: Calibration) -> list[Link]:
        """Return a link to one observation that a master was used for: a way back."""
        if not calibration.kind.startswith("master"):
            return []
        instrument = calibration.instrument.replace("'", "''")
        condition = (
            f"instrument_name = '{instrument}' AND access_url IS NOT NULL "
            f"AND t_min >= {calibration.night} AND t_min < {calibration.night + 1}"
        )
        used = found(self._archive, condition, self._programmes, self._now)[:1]
        link = {"ID": calibration.identifier, "semantics": "#derivation"}
        return [link | self._document(one.identifier, "What it was used for") for one in used]

    def _document(self, identifier: str, description: str) -> dict[str, object]:
        return {
            "access_url": links_url(self._archive.base_url, identifier),
            "content_type": MIME,
            "description": description,
        }


def _fault(identifier: str, message: str) -> Link:
    return {"ID": identifier, "semantics": "#this", "error_message": message}


def _reason(identifier: str) -> str:
    if identifier in FAULTS:
        return FAULTS[identifier]
    if _IDENTIFIER.fullmatch(identifier) is None:
        return f"UsageFault: '{identifier}' is no identifier of this archive."
    return "NotFoundFault: no product has this identifier."
