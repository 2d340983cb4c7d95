import { type IBinaryInput, IMPOSSIBLE } from './column.js';

/** How the text of a column is stored in BINARY. */
export interface ITextFormat {
  /** Bytes of a code unit: 1 for `char`, 2 for `unicodeChar`. */
  readonly unit: 1 | 2;
  /** Code units of a fixed cell, null where a count stands before each. */
  readonly length: number | null;
  /** Code units of all axes but the last: what some writers count as one. */
  readonly block: number;
}

/** Bytes of a text cell in BINARY; see `IColumn.measure`. */
export function measureText(
  { unit, length, block }: ITextFormat,
  { bytes, view, counts }: IBinaryInput,
  at: number,
  end: number
): number {
  const head = length === null ? 4 : 0;
  if (end - at < head) {
    return head;
  }
  const count =
    length ?? view.getInt32(at) * (counts.ofArrays === 'blocks' ? block : 1);
  if (count < 0) {
    return IMPOSSIBLE;
  }
  if (unit === 1 || counts.ofText === 'units') {
    return head + count * unit;
  }
  const size = measureCharacters(bytes, at + head, end, count, length !== null);
  return size === IMPOSSIBLE ? size : head + size;
}

/**
 * Bytes of so many characters of UTF-16, big-endian; where they are not all there yet,
 * the least that they can take.
 *
 * @param padded - whether NULs may follow the text
 * @returns `IMPOSSIBLE` if the text has a NUL or half a pair of surrogates, which no
 * writer that counts characters has
 */
function measureCharacters(
  bytes: Uint8Array,
  start: number,
  end: number,
  count: number,
  padded: boolean
): number {
  let at = start;
  let left = count;
  while (left > 0 && at + 1 < end) {
    const high = bytes[at];
    if ((high & 0xf8) === 0xd8) {
      const isCut = at + 2 >= end;
      if ((high & 0xfc) !== 0xd8 || !(isCut || (bytes[at + 2] & 0xfc) === 0xdc)) {
        return IMPOSSIBLE;
      }
      at += 2;
    } else if (high === 0 && bytes[at + 1] === 0 && !padded) {
      return IMPOSSIBLE;
    }
    at += 2;
    left -= 1;
  }
  return at - start + left * 2;
}
