import type { IBinaryInput } from './column.js';
import { IntegerColumn } from './numeric.js';

/**
 * A scalar `bit`, 0 or 1; in BINARY a byte with the value in its most significant bit and
 * the others 0 (VOTable 1.4 §2.1). Some writers set another bit, so any counts.
 */
export class BitColumn extends IntegerColumn {
  constructor() {
    super(1, NaN);
  }

  override appendText(bytes: Uint8Array, start: number, end: number): boolean {
    const isBit = end === start + 1 && (bytes[start] === 48 || bytes[start] === 49);
    return isBit && super.appendText(bytes, start, end);
  }

  override appendBinary({ bytes }: IBinaryInput, at: number): void {
    const bit = Number(bytes[at] !== 0);
    super.appendText(DIGITS, bit, bit + 1);
  }
}

const DIGITS = Uint8Array.of(48, 49);
