/** Turns the seed of a run and the number of a case into a damaged document. */
import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';

import { XMLValidator } from 'fast-xml-parser';

import { mutate } from './mutations.mjs';
import { Random } from './random.mjs';
import { randomTable, SERIALIZATIONS } from './tables.mjs';

const FIXTURES = new URL('../fixtures/vo/', import.meta.url);

/** Documents below this size are no test of a reader that works in pieces. */
const SMALLEST = 1024;

/** The fixtures by serialization. */
const CORPUS = readCorpus();

function readCorpus() {
  const documents = readdirSync(FIXTURES)
    .filter(name => /\.xml(?:\.gz)?$/.test(name))
    .map(name => {
      const bytes = readFileSync(new URL(name, FIXTURES));
      return name.endsWith('.gz') ? gunzipSync(bytes) : bytes;
    })
    .filter(bytes => bytes.length >= SMALLEST);
  const among = name => documents.filter(one => serializationOf(one) === name);
  return Object.fromEntries(SERIALIZATIONS.map(name => [name, among(name)]));
}

function serializationOf(bytes) {
  return /<(?:\w+:)?(TABLEDATA|BINARY2|BINARY)[\s>]/.exec(bytes.toString())?.[1];
}

/**
 * The case of this number: a document, and the sizes in which it arrives. All
 * serializations have their turn equally often.
 *
 * @returns `{ bytes, plain, chunks }`; `plain` is the document before it was zipped
 */
export function makeCase(seed, number) {
  const random = new Random(seed, number);
  const serialization = SERIALIZATIONS[number % SERIALIZATIONS.length];
  const fixtures = CORPUS[serialization];
  const original =
    fixtures.length > 0 && random.chance(0.25)
      ? random.pick(fixtures)
      : Buffer.from(randomTable(random, serialization));
  const plain = mutate(new Uint8Array(original), random);
  const isZipped = random.chance(0.02);
  const bytes = isZipped ? new Uint8Array(gzipSync(plain)) : plain;
  return { bytes, plain, chunks: randomChunks(bytes, random) };
}

/** The document in pieces of mixed sizes; now and then in single bytes throughout. */
function randomChunks(bytes, random) {
  const longest = random.chance(0.02) ? [1] : [1, 7, 64, 1024];
  const chunks = [];
  for (let at = 0; at < bytes.length;) {
    const size = random.between(1, random.pick(longest));
    chunks.push(bytes.slice(at, at + size));
    at += size;
  }
  return chunks;
}

/**
 * True if this is well-formed XML in UTF-8. Judged by a parser of its own and, as that
 * one lets them pass, by the characters and references of XML 1.0 (§2.2, §4.1).
 */
export function isWellFormed(bytes) {
  let text;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return false;
  }
  const content = text.replace(/<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>|<\?[^]*?\?>/g, '');
  return (
    !/[^\t\n\r\P{Cc}\x7f-\x9f]|[\ufffe\uffff]/u.test(text) &&
    !/&(?!(?:amp|lt|gt|quot|apos|#[1-9]\d*|#x[1-9A-Fa-f][\dA-Fa-f]*);)/.test(content) &&
    !/="[^"]*<[^"]*"|<!(?!--|\[CDATA\[)|\]\]>/.test(content) &&
    XMLValidator.validate(text.replace(/^\s+/, '')) === true
  );
}
