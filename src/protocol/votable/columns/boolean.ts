import { Bool, type Data, makeData } from 'apache-arrow';

import { latin1 } from '../numbers.js';
import type { IBinaryInput, IColumn } from './column.js';
import { Validity } from './validity.js';

const TRUE = new Set(['t', 'true', '1']);
const FALSE = new Set(['f', 'false', '0']);
const NULL = new Set(['?', '', '\0']);

/** `boolean`; `?`, blank and NUL are null (VOTable 1.4 §6). */
export class BooleanColumn implements IColumn {
  readonly type = new Bool();
  readonly keepsBlanks = false;
  readonly size = 1;

  get length(): number {
    return this._validity.length;
  }

  appendNull(): void {
    this._append(false, false);
  }

  appendText(bytes: Uint8Array, start: number, end: number): boolean {
    const word = end - start > 5 ? 'x' : latin1(bytes, start, end).trim().toLowerCase();
    if (TRUE.has(word) || FALSE.has(word)) {
      this._append(TRUE.has(word), true);
      return true;
    }
    if (NULL.has(word)) {
      this.appendNull();
      return true;
    }
    return false;
  }

  measure(): number {
    return 1;
  }

  appendBinary({ bytes }: IBinaryInput, at: number): void {
    const word = latin1(bytes, at, at + 1).toLowerCase();
    this._append(TRUE.has(word), TRUE.has(word) || FALSE.has(word));
  }

  take(): Data {
    const { length } = this._validity;
    // The bits are a bitmap like that of the nulls: set means true.
    const data = this._bits.take().nullBitmap ?? allSet(length);
    return makeData({ type: this.type, length, data, ...this._validity.take() });
  }

  private _append(value: boolean, valid: boolean): void {
    this._bits.append(value);
    this._validity.append(valid);
  }

  private readonly _bits = new Validity();
  private readonly _validity = new Validity();
}

function allSet(length: number): Uint8Array {
  return new Uint8Array((length >> 3) + 1).fill(0xff);
}
