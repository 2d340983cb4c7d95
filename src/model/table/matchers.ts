import { ByteStrings } from './bytestrings.js';
import { bitAt } from './cells.js';
import type { Matcher } from './matcher.js';
import type {
  Condition,
  IColumnChunk,
  ILongChunk,
  INumberChunk,
  IRangeCondition,
  ISetCondition,
  ScalarValue
} from './tasks.js';
import { textMatcher } from './textmatch.js';

/** The matcher of a condition that does not keep every row. */
export function createMatcher(condition: Condition): Matcher {
  switch (condition.kind) {
    case 'text':
      return textMatcher(condition);
    case 'range':
      return rangeMatcher(condition);
    case 'set':
      return setMatcher(condition);
  }
}

/** True if null cells meet a condition. */
export function takesNull(condition: Condition): boolean {
  return condition.kind === 'set' && condition.values.includes(null);
}

function rangeMatcher({ min, max }: IRangeCondition): Matcher {
  return (chunk, from, to, hits) => {
    switch (chunk.kind) {
      case 'number':
        markNumbers(
          chunk,
          inPrecision(chunk, min),
          inPrecision(chunk, max),
          from,
          to,
          hits
        );
        break;
      case 'long':
        markLongs(chunk, lowest(min), highest(max), from, to, hits);
        break;
      default:
        throw new RangeError('Only columns of numbers can be filtered by a range.');
    }
  };
}

/** A column of single precision shows 0.1 for what is not quite 0.1. */
function inPrecision(
  { values }: INumberChunk,
  bound: number | bigint | null
): number | bigint | null {
  return typeof bound === 'number' && values instanceof Float32Array
    ? Math.fround(bound)
    : bound;
}

function markNumbers(
  { values }: INumberChunk,
  min: number | bigint | null,
  max: number | bigint | null,
  from: number,
  to: number,
  hits: Uint8Array
): void {
  // Numbers and bigints are compared exactly, whatever they are mixed with.
  const low = min ?? -Infinity;
  const high = max ?? Infinity;
  for (let index = from; index < to; index++) {
    const value = values[index];
    hits[index - from] = Number(value >= low && value <= high);
  }
}

function markLongs(
  { values }: ILongChunk,
  low: bigint,
  high: bigint,
  from: number,
  to: number,
  hits: Uint8Array
): void {
  for (let index = from; index < to; index++) {
    const value = values[index];
    hits[index - from] = Number(value >= low && value <= high);
  }
}

const FIRST_LONG = -(2n ** 63n);
const LAST_LONG = 2n ** 63n - 1n;

/** The lowest long that is not below a bound. */
function lowest(bound: number | bigint | null): bigint {
  if (bound === null || bound === -Infinity) {
    return FIRST_LONG;
  }
  const isBeyond = typeof bound === 'number' && !Number.isFinite(bound);
  return isBeyond
    ? LAST_LONG + 1n
    : BigInt(typeof bound === 'number' ? Math.ceil(bound) : bound);
}

/** The highest long that is not above a bound. */
function highest(bound: number | bigint | null): bigint {
  if (bound === null || bound === Infinity) {
    return LAST_LONG;
  }
  const isBeyond = typeof bound === 'number' && !Number.isFinite(bound);
  return isBeyond
    ? FIRST_LONG - 1n
    : BigInt(typeof bound === 'number' ? Math.floor(bound) : bound);
}

function setMatcher({ values }: ISetCondition): Matcher {
  const isAmong = membership(values);
  return (chunk, from, to, hits) => {
    for (let index = from; index < to; index++) {
      hits[index - from] = Number(isAmong(chunk, index));
    }
  };
}

/** Tells whether a cell is one of some values. */
function membership(
  values: readonly ScalarValue[]
): (chunk: IColumnChunk, index: number) => boolean {
  const numbers = values.flatMap(asNumber);
  const doubles = new Set(numbers);
  const singles = new Set(numbers.map(Math.fround));
  const longs = new Set(values.flatMap(asLong));
  const booleans = new Set(values);
  const texts = new ByteStrings();
  for (const value of values) {
    if (typeof value === 'string') {
      const bytes = new TextEncoder().encode(value);
      texts.add(bytes, 0, bytes.length);
    }
  }
  return (chunk, index) => {
    switch (chunk.kind) {
      case 'number':
        return (chunk.values instanceof Float32Array ? singles : doubles).has(
          chunk.values[index]
        );
      case 'long':
        return longs.has(chunk.values[index]);
      case 'boolean':
        return booleans.has(bitAt(chunk.values, chunk.bit + index));
      case 'text':
        return (
          texts.find(chunk.values, chunk.offsets[index], chunk.offsets[index + 1]) >= 0
        );
    }
  };
}

function asNumber(value: ScalarValue): number[] {
  return typeof value === 'number' ? [value] : [];
}

function asLong(value: ScalarValue): bigint[] {
  const isWhole = typeof value === 'bigint' || Number.isInteger(value);
  return isWhole ? [BigInt(value as number | bigint)] : [];
}
