"""The cards of a header: `what=header`."""

from __future__ import annotations

from astropy.io import fits

from obsdeck.quicklook.decoding.answers import Answer, json_answer
from obsdeck.quicklook.decoding.blocks import Hdu
from obsdeck.quicklook.decoding.values import printable

_MOST_CARDS = 20_000
_LONGEST = 2000
"""Characters of a value; one card has 80, but they can be continued."""


def header(hdu: Hdu) -> Answer:
    """Return `{cards: [{keyword, value, comment}], count}`; values are text.

    A card that breaks the rules of FITS is told as it is in the file.
    """
    cards = [_told(card) for card in hdu.header.cards[:_MOST_CARDS]]
    return json_answer({"cards": cards, "count": len(hdu.header)})


def _told(card: fits.Card) -> dict[str, str]:
    try:
        keyword, value, comment = card.keyword, card.value, card.comment
    except (fits.VerifyError, ValueError):
        keyword, value, comment = card.image[:8].strip(), card.image[8:].rstrip(), ""
    return {
        "keyword": printable(keyword, 80),
        "value": printable(_as_text(value), _LONGEST),
        "comment": printable(comment or "", _LONGEST),
    }


def _as_text(value: object) -> str:
    """Return a value as FITS writes it, text without its quotes."""
    if isinstance(value, bool):
        return "T" if value else "F"
    if value is None or isinstance(value, fits.card.Undefined):
        return ""
    return str(value)
