/** Values of all datatypes made at random, as text for TABLEDATA and as bytes for BINARY. */

/**
 * For each datatype how one value is made. `bit` has no bytes of its own: eight share
 * one. What is text may take more than one unit: `room` is how many are left.
 */
export const TYPES = {
  boolean: random => either(random, ['T', 'F', '?', '1', 'true', 'f']),
  bit: random => ({ text: random.pick(['0', '1']), bytes: [], units: 1 }),
  unsignedByte: random => integer(random.below(256), 1),
  short: random => integer(random.below(65536) - 32768, 2),
  int: random => integer(random.next() | 0, 4),
  long: random => integer((random.next() | 0) * 2 ** random.below(21), 8),
  float: random => real(random, 4),
  double: random => real(random, 8),
  floatComplex: random => pair(real(random, 4), real(random, 4)),
  doubleComplex: random => pair(real(random, 8), real(random, 8)),
  char: (random, room) => character(random, room, utf8),
  unicodeChar: (random, room) => character(random, room, utf16)
};

/** One to four bytes of UTF-8, one and two units of UTF-16, and what XML escapes. */
const CHARACTERS = ['a', 'Z', '7', ' ', '+', '.', '&', '<', 'é', 'Ω', '星', '😀'];

function character(random, room, encode) {
  const text = random.pick(CHARACTERS);
  const [bytes, units] = encode(text);
  return units <= room ? { text, bytes, units } : character(random, room, encode);
}

function utf8(text) {
  const bytes = [...Buffer.from(text)];
  return [bytes, bytes.length];
}

function utf16(text) {
  const bytes = [...Buffer.from(text, 'utf16le').swap16()];
  return [bytes, bytes.length / 2];
}

function either(random, texts) {
  const text = random.pick(texts);
  return { text, bytes: [text.charCodeAt(0)], units: 1 };
}

function integer(value, size) {
  return { text: BigInt(value).toString(), bytes: bigEndian(value, size), units: 1 };
}

function real(random, size) {
  const value = random.chance(0.1)
    ? random.pick([NaN, Infinity, -Infinity, 0, -0, 5e-324])
    : ((random.next() | 0) / 997) * 10 ** random.between(-20, 20);
  const bytes = Buffer.alloc(size);
  if (size === 4) {
    bytes.writeFloatBE(value);
  } else {
    bytes.writeDoubleBE(value);
  }
  const text = Number.isFinite(value) ? String(value) : infinite(value);
  return { text, bytes: [...bytes], units: 1 };
}

/** As VOTable spells them (§6). */
function infinite(value) {
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
}

function pair(a, b) {
  return { text: `${a.text} ${b.text}`, bytes: [...a.bytes, ...b.bytes], units: 1 };
}

/** A two's complement integer of up to eight bytes. */
export function bigEndian(value, size) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return [...bytes.subarray(8 - size)];
}

/** Bits from the most significant on. */
export function packed(bits) {
  const bytes = new Array(Math.ceil(bits.length / 8)).fill(0);
  bits.forEach((bit, at) => {
    bytes[at >> 3] |= Number(bit) << (7 - (at & 7));
  });
  return bytes;
}
