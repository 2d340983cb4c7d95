"""Unix compress (``.Z``): LZW with codes of 9 to 16 bits, as ``compress(1)`` writes it.

No library of Python writes this format, and archives of raw frames are full of it.
"""

#: Magic number, then the most bits of a code with the flag that the table is cleared when full.
_HEAD = bytes([0x1F, 0x9D, 0x80 | 16])

_CLEAR, _FIRST = 256, 257
_LEAST_BITS, _MOST_BITS = 9, 16

#: Codes are written in groups of eight; one begins anew whenever the codes get longer.
_GROUP = 8


def compress(content: bytes) -> bytes:
    """Return bytes as ``compress -b 16`` packs them."""
    out = _Codes()
    if content:
        _encode(content, out)
    return _HEAD + out.done()


def _encode(content: bytes, out: "_Codes") -> None:
    table: dict[int, int] = {}
    following, limit = _FIRST, (1 << _LEAST_BITS) - 1
    prefix = content[0]
    for byte in content[1:]:
        key = prefix << 8 | byte
        known = table.get(key)
        if known is not None:
            prefix = known
            continue
        out.add(prefix)
        prefix = byte
        if following < 1 << _MOST_BITS:
            table[key] = following
            following += 1
            if following > limit + 1 and out.bits < _MOST_BITS:
                out.widen()
                limit = (1 << out.bits) - 1
        else:
            out.add(_CLEAR)
            out.restart()
            table.clear()
            following, limit = _FIRST, (1 << _LEAST_BITS) - 1
    out.add(prefix)


class _Codes:
    """Packs codes into bytes, the lowest bit first."""

    def __init__(self) -> None:
        self.bits = _LEAST_BITS
        self._written = bytearray()
        self._held = 0
        self._length = 0
        self._in_group = 0

    def add(self, code: int) -> None:
        self._held |= code << self._length
        self._length += self.bits
        self._in_group = (self._in_group + 1) % _GROUP
        if not self._in_group:
            self._flush()

    def widen(self) -> None:
        self._fill_group()
        self.bits += 1

    def restart(self) -> None:
        self._fill_group()
        self.bits = _LEAST_BITS

    def done(self) -> bytes:
        self._flush()
        return bytes(self._written)

    def _fill_group(self) -> None:
        """Write what is left of a group: the reader takes whole ones before the length changes."""
        if self._in_group:
            self._written += self._held.to_bytes(self.bits, "little")
            self._held = self._length = self._in_group = 0

    def _flush(self) -> None:
        self._written += self._held.to_bytes(-(-self._length // 8), "little")
        self._held = self._length = 0
