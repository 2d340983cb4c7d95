/**
 * A number for all that a column holds, the same however its rows are split into
 * batches; on the way the buffers are looked at as any reader of Arrow would.
 */
import { isUtf8 } from 'node:buffer';

import { DataType } from 'apache-arrow';

/** The fingerprint of one column, and of those inside it, over all batches. */
export class Fingerprint {
  /**
   * Takes in the rows of one more batch.
   *
   * @throws Error for buffers that do not fit each other, and for text that is not UTF-8
   */
  add(data) {
    this.#nulls = mixNulls(this.#nulls, data);
    const { values, valueOffsets: offsets, children, length } = data;
    if (DataType.isBool(data.type)) {
      this.#values = mixBits(this.#values, values, data.offset, length);
    } else if (offsets instanceof Int32Array && length > 0) {
      checkOffsets(data);
      this.#lengths = mixLengths(this.#lengths, offsets, length);
      this.#values =
        children.length > 0
          ? this.#values
          : mixBytes(this.#values, values.subarray(offsets[0], offsets[length]));
    } else if (ArrayBuffer.isView(values) && children.length === 0) {
      this.#values = mixBytes(this.#values, fixed(data));
    }
    children.forEach((child, at) =>
      (this.#children[at] ??= new Fingerprint()).add(child)
    );
  }

  toString() {
    return `${this.#nulls}.${this.#lengths}.${this.#values}[${this.#children.join()}]`;
  }

  #nulls = 0;
  #lengths = 0;
  #values = 0;
  #children = [];
}

/** One step of FNV-1a. */
function mix(hash, value) {
  return Math.imul(hash ^ value, 0x01000193);
}

function mixBytes(hash, bytes) {
  let mixed = hash;
  for (let at = 0; at < bytes.length; at++) {
    mixed = mix(mixed, bytes[at] + 1);
  }
  return mixed;
}

function mixBits(hash, bytes, offset, length) {
  let mixed = hash;
  for (let at = offset; at < offset + length; at++) {
    mixed = mix(mixed, ((bytes[at >> 3] >> (at & 7)) & 1) + 1);
  }
  return mixed;
}

function mixNulls(hash, { nullBitmap, offset, length }) {
  if (nullBitmap?.length > 0) {
    expect(nullBitmap.length * 8 >= offset + length, 'a validity bit is missing');
    return mixBits(hash, nullBitmap, offset, length);
  }
  let mixed = hash;
  for (let row = 0; row < length; row++) {
    mixed = mix(mixed, 2);
  }
  return mixed;
}

function mixLengths(hash, offsets, length) {
  let mixed = hash;
  for (let row = 0; row < length; row++) {
    mixed = mix(mixed, offsets[row + 1] - offsets[row]);
  }
  return mixed;
}

/** The bytes of all rows of a column of numbers. */
function fixed({ values, length, stride }) {
  expect(values.length >= length * stride, 'a value is missing');
  const { buffer, byteOffset, BYTES_PER_ELEMENT: size } = values;
  return new Uint8Array(buffer, byteOffset, length * stride * size);
}

/** Offsets must rise within their values, and each text must be UTF-8. */
function checkOffsets({ type, valueOffsets: offsets, values, children, length }) {
  const size = children.length > 0 ? children[0].length : values.length;
  expect(offsets.length > length, 'an offset is missing');
  for (let row = 0; row < length; row++) {
    expect(offsets[row] <= offsets[row + 1], 'offsets fall');
  }
  expect(offsets[0] >= 0 && offsets[length] <= size, 'an offset is beyond the values');
  if (DataType.isUtf8(type)) {
    checkTexts(offsets, values, length);
  }
}

/** All together are UTF-8, and none begins in the middle of a character. */
function checkTexts(offsets, values, length) {
  const texts = values.subarray(offsets[0], offsets[length]);
  expect(isUtf8(texts), 'a text is not UTF-8');
  for (let row = 0; row < length; row++) {
    const isInside = offsets[row] < offsets[length];
    expect(!isInside || (values[offsets[row]] & 0xc0) !== 0x80, 'a character is cut');
  }
}

/** @throws Error with this message unless the condition holds */
export function expect(condition, message) {
  if (!condition) {
    throw new Error(message);
  }
}
