"""The cards of a header: `what=header`."""

from __future__ import annotations

from collections.abc import Iterator

from astropy.io import fits

from obsdeck.quicklook.decoding.answers import Answer, json_answer
from obsdeck.quicklook.decoding.blocks import Hdu
from obsdeck.quicklook.decoding.values import printable

_CARD = 80
_MOST_CARDS = 20_000
_LONGEST = 2000
"""Characters of a value; one card has 80, but they can be continued."""


def header(hdu: Hdu) -> Answer:
    """Return `{cards: [{keyword, value, comment}], count}`; values are text.

    A card that breaks the rules of FITS is told as it is in the file.
    """
    cards = list(_cards(hdu.raw))
    return json_answer(
        {"cards": [_told(card) for card in cards[:_MOST_CARDS]], "count": len(cards)}
    )


def _cards(raw: bytes) -> Iterator[str]:
    """Yield cards with those that continue them, blank ones left out (FITS 4.0, §4.2.1.2)."""
    text = raw.decode("latin-1")
    card = ""
    for start in range(0, len(text), _CARD):
        part = text[start : start + _CARD]
        if part.startswith("CONTINUE") and card:
            card += part
            continue
        if card.strip():
            yield card
        card = part
    if card.strip():
        yield card


def _told(text: str) -> dict[str, str]:
    card = fits.Card.fromstring(text)
    try:
        keyword, value, comment = card.keyword, card.value, card.comment
    except (fits.VerifyError, ValueError):
        keyword, value, comment = text[:8].strip(), text[8:].rstrip(), ""
    return {
        "keyword": printable(keyword, _CARD),
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
