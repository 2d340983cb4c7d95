"""Files of any size whose every byte is known, so that a part can be made without the rest."""

# mypy: disable-error-code=import-untyped

from functools import cache

import numpy as np
from astropy.io import fits

_BLOCK = 2_880

#: Bytes of the pattern that is repeated; no factor of a block, so that no two blocks are alike.
_PATTERN = 1_048_573

LEAST = 2 * _BLOCK


class KnownFile:
    """A FITS file of bytes.

    Parameters
    ----------
    size
        About how many bytes; whole blocks, and two at least.
    seed
        Same seed, same file.
    """

    def __init__(self, size: int, seed: int = 0) -> None:
        self.size = max(size // _BLOCK * _BLOCK, LEAST)
        self._seed = seed
        self._head = _head(self.size - _BLOCK)

    @property
    def etag(self) -> str:
        """Its validator."""
        return f'"{self.size}-{self._seed}"'

    def part(self, start: int, end: int) -> bytes:
        """Return bytes from ``start`` up to, not including, ``end``."""
        first, last = max(start - _BLOCK, 0), max(end - _BLOCK, 0)
        pattern = _pattern(self._seed)
        pieces = [self._head[start:end]]
        while first < last:
            place = first % _PATTERN
            piece = pattern[place : place + last - first]
            pieces.append(piece)
            first += len(piece)
        return b"".join(pieces)


def _head(data: int) -> bytes:
    header = fits.Header()
    header["SIMPLE"], header["BITPIX"], header["NAXIS"] = True, 8, 1
    header["NAXIS1"] = data
    header["OBJECT"] = "FAULTS"
    text: str = header.tostring()
    return text.encode("ascii")


@cache
def _pattern(seed: int) -> bytes:
    rng = np.random.default_rng(seed)
    return bytes(rng.integers(0, 256, _PATTERN, dtype=np.uint8))
