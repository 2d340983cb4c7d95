import type { Pause } from './tasks.js';

/** Digits of a key, the least significant first. */
export const DIGITS = 4;

/** Values of a digit: 16 bits. */
const VALUES = 0x10000;

/** Rows to work on between two pauses: less than a millisecond. */
export const SLICE = 0x8000;

/** Fewer rows are sorted faster by merging than by counting 65,536 values of a digit. */
export const FEW = 4096;

/** Runs that insertion sorts as they are. */
const TINY = 12;

/**
 * Sorts many rows by keys of 64 bits, stably and in place: from the least significant
 * digit to the most, each time keeping the order so far.
 *
 * @param digits - four digits for each row of the table, see {@link DIGITS}
 * @param spare - as long as `rows`; what it holds is lost
 */
export async function radixSort(
  rows: Uint32Array,
  digits: Uint16Array,
  spare: Uint32Array,
  pause: Pause
): Promise<void> {
  if (rows.length === 0) {
    return;
  }
  const counts = await countDigits(rows, digits, pause);
  let [source, target] = [rows, spare];
  for (let digit = 0; digit < DIGITS; digit++) {
    const places = counts.subarray(digit * VALUES, (digit + 1) * VALUES);
    if (places[digits[rows[0] * DIGITS + digit]] === rows.length) {
      continue;
    }
    toPlaces(places);
    for (let at = 0; at < source.length; at += SLICE) {
      const end = Math.min(at + SLICE, source.length);
      distribute(source, at, end, digits, digit, places, target);
      await pause();
    }
    [source, target] = [target, source];
  }
  if (source !== rows) {
    rows.set(source);
  }
}

/** How often each value of each digit occurs. */
async function countDigits(
  rows: Uint32Array,
  digits: Uint16Array,
  pause: Pause
): Promise<Uint32Array> {
  const counts = new Uint32Array(DIGITS * VALUES);
  for (let at = 0; at < rows.length; at += SLICE) {
    countSlice(rows, at, Math.min(at + SLICE, rows.length), digits, counts);
    await pause();
  }
  return counts;
}

function countSlice(
  rows: Uint32Array,
  from: number,
  to: number,
  digits: Uint16Array,
  counts: Uint32Array
): void {
  for (let at = from; at < to; at++) {
    const key = rows[at] * DIGITS;
    counts[digits[key]]++;
    counts[VALUES + digits[key + 1]]++;
    counts[2 * VALUES + digits[key + 2]]++;
    counts[3 * VALUES + digits[key + 3]]++;
  }
}

/** Makes of the counts of values the places of their first items. */
function toPlaces(counts: Uint32Array): void {
  let place = 0;
  for (let value = 0; value < VALUES; value++) {
    const count = counts[value];
    counts[value] = place;
    place += count;
  }
}

function distribute(
  source: Uint32Array,
  from: number,
  to: number,
  digits: Uint16Array,
  digit: number,
  places: Uint32Array,
  target: Uint32Array
): void {
  for (let at = from; at < to; at++) {
    const row = source[at];
    target[places[digits[row * DIGITS + digit]]++] = row;
  }
}

/**
 * Sorts few rows by keys of 64 bits, stably and in place.
 *
 * @param from - first item of `rows` to sort
 * @param to - item after the last one to sort
 * @param words - two words for each row of the table, the less significant first
 * @param spare - as long as `rows`; what it holds is lost
 */
export function mergeSort(
  rows: Uint32Array,
  from: number,
  to: number,
  words: Uint32Array,
  spare: Uint32Array
): void {
  if (to - from <= TINY) {
    insertionSort(rows, from, to, words);
    return;
  }
  const middle = (from + to) >> 1;
  mergeSort(rows, from, middle, words, spare);
  mergeSort(rows, middle, to, words, spare);
  spare.set(rows.subarray(from, middle), from);
  let left = from;
  let right = middle;
  for (let at = from; left < middle; at++) {
    if (right < to && isLess(words, rows[right], spare[left])) {
      rows[at] = rows[right++];
    } else {
      rows[at] = spare[left++];
    }
  }
}

function insertionSort(
  rows: Uint32Array,
  from: number,
  to: number,
  words: Uint32Array
): void {
  for (let next = from + 1; next < to; next++) {
    const row = rows[next];
    let at = next;
    while (at > from && isLess(words, row, rows[at - 1])) {
      rows[at] = rows[at - 1];
      at -= 1;
    }
    rows[at] = row;
  }
}

function isLess(words: Uint32Array, row: number, other: number): boolean {
  const high = words[row * 2 + 1];
  const otherHigh = words[other * 2 + 1];
  return high < otherHigh || (high === otherHigh && words[row * 2] < words[other * 2]);
}
