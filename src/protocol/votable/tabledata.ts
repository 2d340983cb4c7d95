import { quote } from '../xmltext.js';
import { decodeBase64 } from './base64.js';
import type { BatchBuilder } from './batches.js';
import type { ByteQueue } from './bytequeue.js';
import {
  type IBinaryInput,
  type IColumn,
  type IDirectColumn,
  isDirect,
  STANDARD
} from './columns/column.js';
import { MAX_ROW_BYTES } from './limits.js';
import { findTagEnd, isClosedTag, localNameIs, skipMiscellany } from './markup.js';
import { isBlank, latin1 } from './numbers.js';
import { type IRowReader, rowError, type RowsState } from './rowreader.js';
import { cookText } from './utf8.js';

const LESS = 0x3c;
const SLASH = 0x2f;
const GREATER = 0x3e;
const AMPERSAND = 0x26;

/** `<TD>`, `<TD/` and `</TD`, as the words they are. */
const START_TAG = 0x3c54443e;
const EMPTY_TAG = 0x3c54442f;
const END_TAG = 0x3c2f5444;

const END_TAG_BYTES = 5;

const TR = 'TR';
const TD = 'TD';

/** A cell in need of more than copying. */
const RAW = 0;
const MARKED_UP = 1;
const BASE64 = 2;
/** A cell that its column has already. */
const READ = 3;

/** What `_readCells` found. */
type CellsState = 'row' | 'starved' | 'foreign';

/**
 * Reads TABLEDATA. Columns that can read a cell while they look for its end do so, and
 * take it back where the row is not complete yet. All other cells are first only
 * measured and go to their columns when the end of the row is known, because a repair
 * would be counted twice.
 */
export class TableDataReader implements IRowReader {
  needed = 1;

  constructor(private readonly _builder: BatchBuilder) {
    const size = Math.max(_builder.columns.length, 1);
    this._starts = new Int32Array(size);
    this._ends = new Int32Array(size);
    this._kinds = new Uint8Array(size);
    this._direct = _builder.columns.map(column => (isDirect(column) ? column : null));
  }

  read(queue: ByteQueue): RowsState {
    const { bytes, end } = queue;
    while (!this._builder.isFull) {
      const at = skipMiscellany(bytes, queue.start, end);
      if (at < 0 || at >= end - 1) {
        return this._starve(queue);
      }
      if (bytes[at] !== LESS) {
        return 'foreign';
      }
      queue.start = at;
      if (bytes[at + 1] === SLASH) {
        return 'ended';
      }
      const state = this._readRow(queue, at);
      if (state === 'starved') {
        return this._starve(queue);
      }
      if (state === 'foreign') {
        return state;
      }
    }
    return 'full';
  }

  /** Waits for twice as many bytes, so that a huge row is not looked at again and again. */
  private _starve(queue: ByteQueue): RowsState {
    if (queue.length > MAX_ROW_BYTES) {
      const size = Math.round(MAX_ROW_BYTES / 1024 / 1024);
      throw rowError(this._builder, null, `is longer than ${size} MB`);
    }
    this.needed = queue.length * 2 + 1;
    return 'starved';
  }

  private _readRow(queue: ByteQueue, start: number): CellsState {
    const { bytes, end } = queue;
    const tagEnd = findTagEnd(bytes, start, end);
    if (tagEnd < 0) {
      return 'starved';
    }
    if (!localNameIs(bytes, start + 1, TR)) {
      return 'foreign';
    }
    this._count = 0;
    this._position = tagEnd + 1;
    const state = isClosedTag(bytes, tagEnd) ? 'row' : this._readCells(queue);
    if (state === 'row') {
      this._appendRow(bytes);
      this._builder.endRow(this._position - start);
    } else {
      this._dropRow();
    }
    if (state !== 'starved') {
      queue.start = this._position;
    }
    return state;
  }

  /** Finds the cells up to the end tag of the row. */
  private _readCells(queue: ByteQueue): CellsState {
    const { bytes, end } = queue;
    for (;;) {
      this._readPlainCells(queue);
      const at = skipMiscellany(bytes, this._position, end);
      if (at < 0 || at >= end - 1) {
        return 'starved';
      }
      this._position = at;
      const tagEnd = findTagEnd(bytes, at, end);
      if (tagEnd < 0) {
        return 'starved';
      }
      if (bytes[at] !== LESS) {
        return 'foreign';
      }
      if (bytes[at + 1] === SLASH) {
        if (!localNameIs(bytes, at + 2, TR)) {
          return 'foreign';
        }
        this._position = tagEnd + 1;
        return 'row';
      }
      if (!localNameIs(bytes, at + 1, TD)) {
        return 'foreign';
      }
      const state = this._readCell(bytes, at, tagEnd, end);
      if (state !== 'row') {
        return state;
      }
    }
  }

  /**
   * Finds cells as long as they are plain: `<TD>…</TD>` and `<TD/>`, with nothing but
   * blanks between. Nearly all are; the general way is several times slower.
   */
  private _readPlainCells(queue: ByteQueue): void {
    const { bytes, view } = queue;
    const last = queue.end - END_TAG_BYTES;
    let at = this._position;
    for (;;) {
      while (at < last && isBlank(bytes[at])) {
        at += 1;
      }
      this._position = at;
      if (at >= last) {
        return;
      }
      const tag = view.getInt32(at);
      if (tag === START_TAG) {
        const to = this._readPlainCell(queue, at + 4, last);
        if (to < 0) {
          return;
        }
        at = to + END_TAG_BYTES;
      } else if (tag === EMPTY_TAG && bytes[at + 4] === GREATER) {
        this._note(at, at, RAW);
        at += 5;
      } else {
        return;
      }
    }
  }

  /**
   * Reads the content of a `<TD>` that contains no tags, and is followed by `</TD>`.
   *
   * @returns where the end tag begins; −1, with nothing read, if it is another kind
   */
  private _readPlainCell(queue: ByteQueue, start: number, last: number): number {
    const { bytes, view } = queue;
    const index = this._count;
    const column = index < this._direct.length ? this._direct[index] : null;
    if (column !== null && bytes[start] !== LESS) {
      const stop = column.readText(queue, start, last);
      if (stop >= 0 && isPlainEnd(view, stop)) {
        this._kinds[index] = READ;
        this._count += 1;
        return stop;
      }
      if (stop >= 0) {
        column.dropLast();
      }
    }
    let to = start;
    while (to < last && bytes[to] !== LESS) {
      to += 1;
    }
    if (to >= last || !isPlainEnd(view, to)) {
      return -1;
    }
    this._note(start, to, RAW);
    return to;
  }

  /** Finds the end of the TD whose start tag ends at `tagEnd`. */
  private _readCell(
    bytes: Uint8Array,
    tagStart: number,
    tagEnd: number,
    end: number
  ): CellsState {
    if (isClosedTag(bytes, tagEnd)) {
      this._note(tagEnd, tagEnd, RAW);
      this._position = tagEnd + 1;
      return 'row';
    }
    let kind = hasBase64(bytes, tagStart, tagEnd) ? BASE64 : RAW;
    let at = bytes.indexOf(LESS, tagEnd + 1);
    while (at >= 0 && at < end - 1 && bytes[at + 1] !== SLASH) {
      const next = skipMarkup(bytes, at, end);
      if (next === at) {
        this._position = at;
        return 'foreign';
      }
      if (next < 0) {
        return 'starved';
      }
      kind = kind === RAW ? MARKED_UP : kind;
      at = bytes.indexOf(LESS, next);
    }
    if (at < 0 || at >= end - 1) {
      return 'starved';
    }
    const close = bytes.indexOf(GREATER, at);
    if (close < 0 || close >= end) {
      return 'starved';
    }
    this._position = at;
    if (!localNameIs(bytes, at + 2, TD)) {
      return 'foreign';
    }
    this._note(tagEnd + 1, at, kind);
    this._position = close + 1;
    return 'row';
  }

  /** Remembers a cell; one too many is only counted. */
  private _note(start: number, end: number, kind: number): void {
    const index = this._count++;
    if (index < this._starts.length) {
      this._starts[index] = start;
      this._ends[index] = end;
      this._kinds[index] = kind;
    }
  }

  /** Takes the cells of a row back that is not complete. */
  private _dropRow(): void {
    const known = Math.min(this._count, this._direct.length);
    for (let index = 0; index < known; index++) {
      if (this._kinds[index] === READ) {
        this._direct[index]?.dropLast();
      }
    }
  }

  private _appendRow(bytes: Uint8Array): void {
    const { columns, warnings, rows } = this._builder;
    const known = Math.min(this._count, columns.length);
    for (let index = 0; index < known; index++) {
      if (this._kinds[index] !== READ) {
        this._appendCell(bytes, index, columns[index]);
      }
    }
    for (let index = known; index < columns.length; index++) {
      columns[index].appendNull();
    }
    if (this._count > 0 && this._count !== columns.length) {
      const isMore = this._count > columns.length;
      warnings.addRow(
        isMore
          ? 'Cells beyond the last column were dropped'
          : 'Missing cells were taken for empty',
        rows
      );
    }
  }

  private _appendCell(bytes: Uint8Array, index: number, column: IColumn): void {
    let start = this._starts[index];
    let end = this._ends[index];
    const kind = this._kinds[index];
    if (kind !== RAW) {
      this._appendSpecial(bytes.subarray(start, end), index, column);
      return;
    }
    if (!column.keepsBlanks) {
      while (start < end && isBlank(bytes[start])) {
        start += 1;
      }
      while (start < end && isBlank(bytes[end - 1])) {
        end -= 1;
      }
    }
    if (start === end) {
      column.appendNull();
    } else if (!column.appendText(bytes, start, end, false)) {
      this._appendSpecial(bytes.subarray(start, end), index, column);
    }
  }

  /** Resolves the cell's markup and references, or tells why it cannot be read. */
  private _appendSpecial(cell: Uint8Array, index: number, column: IColumn): void {
    if (this._kinds[index] === BASE64) {
      this._appendBase64(cell, index, column);
      return;
    }
    const { bytes, repaired } = cookText(cell, 0, cell.length);
    const { fields, warnings, rows } = this._builder;
    const text = new TextDecoder().decode(bytes);
    const meaning = column.keepsBlanks ? bytes : new TextEncoder().encode(text.trim());
    if (meaning.length === 0 || text.trim() === fields[index].nullValue) {
      column.appendNull();
    } else if (
      (cell.includes(AMPERSAND) || cell.includes(LESS) || column.keepsBlanks) &&
      column.appendText(meaning, 0, meaning.length, true)
    ) {
      if (repaired) {
        const name = fields[index].name;
        warnings.addRow(`Column “${name}” has characters that XML forbids`, rows);
      }
    } else {
      const { datatype } = fields[index];
      throw rowError(
        this._builder,
        index,
        `holds “${quote(text)}”, which is no ${datatype}`
      );
    }
  }

  /** `<TD encoding="base64">` holds the bytes that BINARY would (VOTable 1.1 §5.2). */
  private _appendBase64(cell: Uint8Array, index: number, column: IColumn): void {
    const bytes = decodeBase64(cell);
    const size = bytes && column.measure(viewOf(bytes), 0, bytes.length);
    if (!bytes || size === null || size < 0 || size > bytes.length) {
      throw rowError(this._builder, index, 'holds base64 that cannot be decoded');
    }
    column.appendBinary(viewOf(bytes), 0);
  }

  private readonly _starts: Int32Array;
  private readonly _ends: Int32Array;
  private readonly _kinds: Uint8Array;
  /** Each column that can read text directly, null for the others. */
  private readonly _direct: readonly (IDirectColumn | null)[];
  private _count = 0;
  private _position = 0;
}

/** True for `</TD>`. */
function isPlainEnd(view: DataView, at: number): boolean {
  return view.getInt32(at) === END_TAG && view.getUint8(at + 4) === GREATER;
}

function viewOf(bytes: Uint8Array): IBinaryInput {
  return {
    bytes,
    view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    counts: STANDARD
  };
}

function hasBase64(bytes: Uint8Array, start: number, end: number): boolean {
  // Nearly every tag is a bare `<TD>`.
  return end - start > 8 && /encoding\s*=\s*["']base64/.test(latin1(bytes, start, end));
}

/**
 * Skips the CDATA section, comment or processing instruction that begins here.
 *
 * @returns behind it; negative if it is not complete; `at` if there is none
 */
function skipMarkup(bytes: Uint8Array, at: number, end: number): number {
  return skipMiscellany(bytes, at, end, true);
}
