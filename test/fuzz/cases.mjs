/** Turns the seed of a run and the number of a case into a damaged document. */
import { gzipSync } from 'node:zlib';

import { pickOriginal } from './corpus.mjs';
import { applyEdits, randomEdits } from './edits.mjs';
import { Random } from './random.mjs';
import { SMALLEST } from './tables.mjs';

/** Keeps the random numbers of a case apart from those of a block's tables. */
const CASES = 0x63617365;

/**
 * The case of this number: a document of at least 1 kB, and the pieces in which it
 * arrives. All serializations have their turn equally often.
 *
 * @returns `{ bytes, plain, chunks, isDamaged, wellFormed }`; `plain` is the document
 * before it was zipped, `isDamaged` is true for a zip that cannot be read to its end, and
 * `wellFormed` where that follows from how the document was made
 */
export function makeCase(seed, number) {
  const random = new Random(seed, CASES, number);
  const start = pickOriginal(seed, number, random);
  const { isGentle, edits } = randomEdits(start, random);
  const edited = applyEdits(start.bytes, edits);
  const plain = disguised(filled(edited.bytes), random);
  const { bytes, isDamaged } = maybeZipped(plain, random);
  const chunks = cut(bytes, randomBorders(random, bytes.length, edited.places));
  return { bytes, plain, chunks, isDamaged, wellFormed: start.wellFormed && isGentle };
}

/** What cuts took away comes back as blanks. */
function filled(bytes) {
  const missing = SMALLEST - bytes.length;
  return missing > 0 ? Buffer.concat([bytes, Buffer.alloc(missing, ' ')]) : bytes;
}

const MARK = Buffer.from('\ufeff');

/** Now and then with a byte order mark, other ends of lines or in another encoding. */
function disguised(bytes, random) {
  const isUtf8 = /^<\?xml[^>]*encoding="UTF-8"/.test(
    bytes.subarray(0, 60).toString('latin1')
  );
  switch (isUtf8 ? random.below(64) : -1) {
    case 0:
      return Buffer.concat([MARK, bytes]);
    case 1:
      return Buffer.from(bytes.toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1');
    case 2:
      return Buffer.from(
        `\ufeff${bytes.toString().replace('UTF-8', 'UTF-16')}`,
        'utf16le'
      );
    case 3:
      // Bytes of UTF-8 are letters of Latin-1, too.
      return Buffer.from(
        bytes.toString('latin1').replace('UTF-8', 'ISO-8859-1'),
        'latin1'
      );
    default:
      return bytes;
  }
}

/** One document in fifty is zipped, one in five of those with a wrong or missing byte. */
function maybeZipped(plain, random) {
  if (!random.chance(0.02)) {
    return { bytes: plain, isDamaged: false };
  }
  const zip = gzipSync(plain, { level: 1 });
  const isDamaged = random.chance(0.2);
  if (isDamaged && random.chance(0.5)) {
    zip[random.below(zip.length)] ^= 1 << random.below(8);
  }
  const bytes = isDamaged ? zip.subarray(0, random.between(2, zip.length)) : zip;
  return { bytes, isDamaged };
}

/** Single bytes throughout cost a hundred times a document in a few pieces. */
const LONGEST_IN_BYTES = 3000;

/**
 * Where a document is cut: at a few random places, and often into single bytes around
 * one, near an edit if there is one. Now and then into single bytes throughout.
 */
function randomBorders(random, length, places) {
  if (random.chance(0.003) && length < LONGEST_IN_BYTES) {
    return Array.from({ length }, (_, at) => at);
  }
  const count = random.pick([1, 2, 4, 8, 12]);
  const borders = Array.from({ length: count }, () => random.below(length));
  if (random.chance(0.5)) {
    const near = places.length > 0 && random.chance(0.7);
    const middle = near ? random.pick(places) : random.below(length);
    const width = random.between(1, 20);
    const from = middle - random.below(width + 4);
    borders.push(...Array.from({ length: width }, (_, at) => from + at));
  }
  return borders.filter(at => at > 0 && at < length).sort((a, b) => a - b);
}

/** The pieces between these borders; none is empty. */
function cut(bytes, borders) {
  const chunks = [];
  let from = 0;
  for (const at of [...borders, bytes.length]) {
    if (at > from) {
      chunks.push(new Uint8Array(bytes.subarray(from, at)));
      from = at;
    }
  }
  return chunks;
}
