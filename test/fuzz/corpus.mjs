/** Where cases start from: fixtures, and tables made at random for a block of cases. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

import { original } from './original.mjs';
import { Random } from './random.mjs';
import { randomTable, SERIALIZATIONS, SMALLEST } from './tables.mjs';
import { isWellFormed } from './wellformed.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const SHARED = resolve(ROOT, process.env.OBSDECK_SHARED ?? '../shared', 'fixtures');

/** Larger fixtures would take the time of many small ones. */
const LARGEST = 12 * 1024;

/** Cases that share their random tables; a multiple of the serializations. */
export const BLOCK = 480;

/** Random tables of a block, each in all serializations. */
const TABLES = 6;

/**
 * The fixtures to start from, by serialization: those of the project, and of the
 * documents that cannot be part of it where they are there.
 */
const FIXTURES = {
  own: readFixtures([join(ROOT, 'test/fixtures/vo')]),
  shared: readFixtures(['vo', 'rubin'].map(name => join(SHARED, name)))
};

/** What the cases of this run start from, for a person. */
export function describeCorpus() {
  const [own, shared] = ['own', 'shared'].map(
    kind => SERIALIZATIONS.flatMap(name => FIXTURES[kind][name]).length
  );
  return shared > 0
    ? `random tables, ${own} fixtures of the project and ${shared} others`
    : `random tables and ${own} fixtures of the project; no others in ${SHARED}`;
}

function readFixtures(folders) {
  const documents = folders
    .filter(folder => existsSync(folder))
    .flatMap(folder => readdirSync(folder).map(name => join(folder, name)))
    .filter(path => /\.(?:xml|vot)(?:\.gz)?$/.test(path))
    .sort()
    .map(path => {
      const bytes = readFileSync(path);
      return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
    })
    .filter(bytes => bytes.length >= SMALLEST && bytes.length <= LARGEST);
  return Object.fromEntries(
    SERIALIZATIONS.map(name => [name, lazily(documents, name)])
  );
}

/** Each is searched once, when it is needed. */
function lazily(documents, serialization) {
  return documents
    .filter(bytes => serializationOf(bytes) === serialization)
    .map(bytes => {
      let found;
      return () => (found ??= original(bytes, isWellFormed(bytes)));
    });
}

function serializationOf(bytes) {
  return /<(?:[\w.-]+:)?(TABLEDATA|BINARY2|BINARY)[\s>]/.exec(
    bytes.toString('latin1')
  )?.[1];
}

let block = { seed: NaN, number: NaN, tables: new Map() };

/**
 * The original of a case. Where a fixture is wanted that is not there, a random table
 * takes its place, so that all other cases are the same with and without it.
 *
 * @param random - says what is wanted
 */
export function pickOriginal(seed, number, random) {
  const serialization = SERIALIZATIONS[number % SERIALIZATIONS.length];
  const share = random.below(100);
  const choice = random.next();
  const kind = share < 3 ? 'own' : share < 9 ? 'shared' : null;
  const fixtures = kind === null ? [] : FIXTURES[kind][serialization];
  return fixtures.length > 0
    ? fixtures[choice % fixtures.length]()
    : blockTable(seed, Math.floor(number / BLOCK), choice % TABLES, serialization);
}

function blockTable(seed, number, table, serialization) {
  if (block.seed !== seed || block.number !== number) {
    block = { seed, number, tables: new Map() };
  }
  const key = `${table} ${serialization}`;
  let found = block.tables.get(key);
  if (found === undefined) {
    const random = new Random(seed, number, table);
    found = original(Buffer.from(randomTable(random, serialization)), true);
    block.tables.set(key, found);
  }
  return found;
}
