import type { Pause } from './tasks.js';

/** Rows to work on between two pauses: less than a millisecond. */
export const SLICE = 0x8000;

/** Fewer rows are sorted by merging: their keys fit into the nearest cache. */
export const FEW = 4096;

/** Runs that insertion sorts as they are. */
const TINY = 12;

/** Most buckets that rows are spread over, as a power of two. */
const MOST_BITS = 16;

/** What of a key decides: its upper or its lower word. */
const UPPER = 1;
const LOWER = 0;

/** Rows and their keys, which are moved together. */
export interface IKeyedRows {
  readonly rows: Uint32Array;
  /** Two words for each item of `rows`, the less significant first. */
  readonly words: Uint32Array;
}

/** As many rows, of which nothing is known. */
export function keyedRows(length: number): IKeyedRows {
  return { rows: new Uint32Array(length), words: new Uint32Array(length * 2) };
}

/** Some of the rows, in the same memory. */
export function partOf(
  { rows, words }: IKeyedRows,
  from: number,
  to: number
): IKeyedRows {
  return { rows: rows.subarray(from, to), words: words.subarray(from * 2, to * 2) };
}

/**
 * Sorts many rows by keys of 64 bits, stably and in place: spreads them over buckets by
 * the leading bits in which their keys differ, and sorts each bucket by itself. So a row
 * moves across the memory once, not once for each digit, and takes its key along: going
 * to and fro in the memory is most of what sorting costs.
 *
 * @param spare - as long; what it holds is lost
 */
export async function sortMany(
  items: IKeyedRows,
  spare: IKeyedRows,
  pause: Pause
): Promise<void> {
  if (items.rows.length < FEW) {
    sortFew(items, spare);
    return;
  }
  const digit =
    (await digitOf(items, UPPER, pause)) ?? (await digitOf(items, LOWER, pause));
  if (digit === null) {
    return;
  }
  const ends = await spread(items, digit, spare, pause);
  items.rows.set(spare.rows);
  items.words.set(spare.words);
  let done = 0;
  for (let bucket = 0, from = 0; bucket < ends.length; from = ends[bucket++]) {
    const to = ends[bucket];
    if (to - from >= FEW) {
      await sortMany(partOf(items, from, to), partOf(spare, from, to), pause);
    } else if (to - from > 1) {
      sortRange(items, from, to, spare);
    }
    if (to - done >= SLICE) {
      done = to;
      await pause();
    }
  }
}

/** A part of a key: (word − base) >>> shift. */
interface IDigit {
  readonly word: typeof UPPER | typeof LOWER;
  readonly base: number;
  readonly shift: number;
  /** Different values that it may have. */
  readonly values: number;
}

/** The leading bits of a word in which keys differ; null where they do not. */
async function digitOf(
  { rows, words }: IKeyedRows,
  word: IDigit['word'],
  pause: Pause
): Promise<IDigit | null> {
  let base = 0xffffffff;
  let most = 0;
  for (let at = word; at < words.length; at += 2) {
    const value = words[at];
    base = value < base ? value : base;
    most = value > most ? value : most;
  }
  await pause();
  const bits = Math.min(MOST_BITS, 32 - Math.clz32(rows.length));
  const shift = Math.max(0, 32 - Math.clz32(most - base) - bits);
  return most > base
    ? { word, base, shift, values: ((most - base) >>> shift) + 1 }
    : null;
}

/**
 * Writes the rows to `target` in the order of a digit, stably.
 *
 * @returns for each value of the digit the item behind the last row that has it
 */
async function spread(
  items: IKeyedRows,
  digit: IDigit,
  target: IKeyedRows,
  pause: Pause
): Promise<Uint32Array> {
  const places = placesOf(items, digit);
  await pause();
  for (let at = 0; at < items.rows.length; at += SLICE) {
    distribute(
      items,
      at,
      Math.min(at + SLICE, items.rows.length),
      digit,
      places,
      target
    );
    await pause();
  }
  return places;
}

/** For each value of the digit the place of the first item that has it. */
function placesOf(
  { words }: IKeyedRows,
  { word, base, shift, values }: IDigit
): Uint32Array {
  const places = new Uint32Array(values);
  for (let at = word; at < words.length; at += 2) {
    places[(words[at] - base) >>> shift]++;
  }
  let place = 0;
  for (let value = 0; value < values; value++) {
    const size = places[value];
    places[value] = place;
    place += size;
  }
  return places;
}

/** Afterwards each place is that behind the last item of its value. */
function distribute(
  { rows, words }: IKeyedRows,
  from: number,
  to: number,
  { word, base, shift }: IDigit,
  places: Uint32Array,
  target: IKeyedRows
): void {
  for (let at = from; at < to; at++) {
    const place = places[(words[at * 2 + word] - base) >>> shift]++;
    target.rows[place] = rows[at];
    target.words[place * 2] = words[at * 2];
    target.words[place * 2 + 1] = words[at * 2 + 1];
  }
}

/** The order of the few rows that are sorted at a time, and their keys. */
const order = new Uint16Array(FEW);
const spareOrder = new Uint16Array(FEW);
let keys = new Uint32Array(0);

/** Sorts fewer than {@link FEW} rows by keys of 64 bits, stably and in place. */
export function sortFew(items: IKeyedRows, spare: IKeyedRows): void {
  sortRange(items, 0, items.rows.length, spare);
}

function sortRange(
  { rows, words }: IKeyedRows,
  from: number,
  to: number,
  spare: IKeyedRows
): void {
  const size = to - from;
  keys = spare.words as Uint32Array<ArrayBuffer>;
  for (let index = 0; index < size; index++) {
    order[index] = index;
    spare.rows[index] = rows[from + index];
    keys[index * 2] = words[(from + index) * 2];
    keys[index * 2 + 1] = words[(from + index) * 2 + 1];
  }
  mergeSort(0, size);
  for (let index = 0; index < size; index++) {
    const item = order[index];
    rows[from + index] = spare.rows[item];
    words[(from + index) * 2] = keys[item * 2];
    words[(from + index) * 2 + 1] = keys[item * 2 + 1];
  }
}

function mergeSort(from: number, to: number): void {
  if (to - from <= TINY) {
    insertionSort(from, to);
    return;
  }
  const middle = (from + to) >> 1;
  mergeSort(from, middle);
  mergeSort(middle, to);
  if (!isLess(order[middle], order[middle - 1])) {
    return;
  }
  for (let at = from; at < middle; at++) {
    spareOrder[at] = order[at];
  }
  let left = from;
  let right = middle;
  for (let at = from; left < middle; at++) {
    if (right < to && isLess(order[right], spareOrder[left])) {
      order[at] = order[right++];
    } else {
      order[at] = spareOrder[left++];
    }
  }
}

function insertionSort(from: number, to: number): void {
  for (let next = from + 1; next < to; next++) {
    const item = order[next];
    let at = next;
    while (at > from && isLess(item, order[at - 1])) {
      order[at] = order[at - 1];
      at -= 1;
    }
    order[at] = item;
  }
}

function isLess(item: number, other: number): boolean {
  const high = keys[item * 2 + UPPER];
  const otherHigh = keys[other * 2 + UPPER];
  return high < otherHigh || (high === otherHigh && keys[item * 2] < keys[other * 2]);
}
