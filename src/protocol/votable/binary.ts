import { ProtocolError } from '../errors.js';
import { parseArraysize } from './arraysize.js';
import { Base64Decoder } from './base64.js';
import type { BatchBuilder } from './batches.js';
import { ByteQueue } from './bytequeue.js';
import {
  type IBinaryInput,
  type ICounts,
  IMPOSSIBLE,
  STANDARD
} from './columns/column.js';
import { MAX_TAG_BYTES } from './limits.js';
import { skipMiscellany } from './markup.js';
import { Rival } from './rival.js';
import { type IRowReader, rowError, type RowsState } from './rowreader.js';
import { RowSizes } from './rowsize.js';
import type { IVOTableField } from './types.js';

const LESS = 0x3c;
const SLASH = 0x2f;

/** Bytes that tell all kinds of markup apart: those of `<![CDATA[`. */
const CLEAR_BYTES = 9;

/** The third byte of a CDATA section. */
const BRACKET = 0x5b;

/** Text decoded at a time; bounds what waits between text and columns. */
const TEXT_BYTES = 64 * 1024;

/** Rows with unclear counts wait up to this size for the end that settles them. */
const MAX_UNDECIDED_BYTES = 64 * 1024 * 1024;

/** The two row formats (VOTable 1.4 §5.3, §5.4). */
export type BinaryFormat = 'BINARY' | 'BINARY2';

/** Reads the base64 text of a STREAM as rows of BINARY or BINARY2. */
export class BinaryReader implements IRowReader {
  readonly needed = 1;

  constructor(
    private readonly _builder: BatchBuilder,
    format: BinaryFormat
  ) {
    const { columns } = _builder;
    const texts = [...columns.keys()].filter(
      index => _builder.fields[index].datatype === 'unicodeChar'
    );
    this._flagBytes = format === 'BINARY2' ? Math.ceil(columns.length / 8) : 0;
    this._sizes = new RowSizes(columns, this._flagBytes, texts);
    this._mayDoubt = texts.length > 0;
    this._rival = _builder.fields.some(hasUnclearCount)
      ? new Rival({ ...STANDARD, ofArrays: 'blocks' }, null)
      : null;
  }

  read(queue: ByteQueue, last: boolean): RowsState {
    while (!this._readRows()) {
      const state = this._decode(queue);
      if (state === 'starved' && last) {
        this._cut = true;
        if (this._rival !== null) {
          continue;
        }
        this._readLeftovers();
      }
      if (state !== 'full') {
        return this._builder.isFull ? 'full' : state;
      }
    }
    return 'full';
  }

  /**
   * Decodes the next piece of text.
   *
   * @returns `full` if there was some, `ended` at the end tag
   */
  private _decode(queue: ByteQueue): RowsState {
    if (this._broken !== null) {
      return this._break(this._broken);
    }
    if (queue.length === 0) {
      return 'starved';
    }
    const { bytes, start } = queue;
    if (bytes[start] === LESS) {
      return this._readMarkup(queue);
    }
    const end = Math.min(queue.end, start + TEXT_BYTES);
    const data = this._data;
    data.reserve(end - start + 3);
    data.end = this._decoder.decode(queue, start, end, data, data.end);
    const { at } = this._decoder;
    // What is decoded may hold complete rows, which come before the error.
    if (at < end && bytes[at] !== LESS) {
      this._broken = 'holds text that is not base64';
    }
    queue.start = at;
    return 'full';
  }

  /** Skips a comment or an instruction; anything else is the end of the text. */
  private _readMarkup(queue: ByteQueue): RowsState {
    const { bytes, start, end } = queue;
    const next = this._ended ? start : skipMiscellany(bytes, start, end, true);
    if (next === start) {
      // Too little of it may be there to tell what it begins.
      const isTag = end - start > 1 && bytes[start + 1] === SLASH;
      const isClear = this._ended || isTag || end - start >= CLEAR_BYTES;
      return isClear ? this._end() : 'starved';
    }
    if (next < 0 && end - start <= MAX_TAG_BYTES) {
      return 'starved';
    }
    if (next < 0 || bytes[start + 2] === BRACKET) {
      this._broken = 'holds text that is not base64';
    } else {
      queue.start = next;
    }
    return 'full';
  }

  /** At the end tag every row must be complete. */
  private _end(): RowsState {
    if (this._ended) {
      return 'ended';
    }
    this._data.reserve(3);
    const to = this._decoder.finish(this._data.bytes, this._data.end);
    if (to < 0) {
      this._broken = 'holds base64 that ends too early';
      return 'full';
    }
    this._data.end = to;
    this._ended = true;
    return 'full';
  }

  /** Ends at text that cannot be decoded, when the rows before it are settled. */
  private _break(reason: string): RowsState {
    if (this._rival === null) {
      throw rowError(this._builder, null, reason);
    }
    this._cut = true;
    return 'full';
  }

  /** Reads the complete rows there are; true if the batch is full. */
  private _readRows(): boolean {
    while (!this._builder.isFull) {
      if (this._rival !== null && !this._settle(this._rival)) {
        return false;
      }
      const { start, end } = this._data;
      if (end - start < this._needed || end === start) {
        return this._checkEnd();
      }
      const input = this._input(this._counts);
      const size = this._sizes.measure(input, start, end);
      if (
        this._mayDoubt &&
        this._trusted <= this._builder.rows &&
        this._sizes.hasSurrogate(input, end) &&
        this._findRival(input)
      ) {
        continue;
      }
      if (size > end - start) {
        this._needed = size;
        return this._checkEnd();
      }
      this._refuseSize(size);
      this._needed = 1;
      this._appendRow(input, start);
      this._builder.endRow(size);
      this._data.start = start + size;
    }
    return true;
  }

  private _checkEnd(): boolean {
    if (this._ended && this._data.length > 0) {
      this._readLeftovers();
    }
    return false;
  }

  /** The stream is at its end: what is left is no complete row. */
  private _readLeftovers(): void {
    if (this._data.length === 0) {
      return;
    }
    const { start, end } = this._data;
    this._refuseSize(this._sizes.measure(this._input(this._counts), start, end));
    throw new ProtocolError(
      'bad-answer',
      `The VOTable breaks off in row ${this._builder.rows + 1}: ` +
        `${this._builder.rows} rows are complete.`,
      { row: this._builder.rows, column: this._sizes.stoppedAt, hint: RETRY }
    );
  }

  private _refuseSize(size: number): void {
    if (size === IMPOSSIBLE) {
      const reason = 'declares a length that cannot be';
      throw rowError(this._builder, this._sizes.stoppedAt, reason);
    }
    if (size === 0) {
      throw rowError(this._builder, null, 'has data but no columns');
    }
  }

  private _appendRow(input: IBinaryInput, start: number): void {
    const { columns } = this._builder;
    const { starts } = this._sizes;
    for (let index = 0; index < columns.length; index++) {
      const flag = this._flagBytes > 0 ? input.bytes[start + (index >> 3)] : 0;
      if ((flag >> (7 - (index & 7))) & 1) {
        columns[index].appendNull();
      } else {
        columns[index].appendBinary(input, starts[index]);
      }
    }
  }

  /**
   * A text with characters beyond U+FFFF has another size to DaCHS than by the standard.
   *
   * @returns true if the next row has one, so that it must wait
   */
  private _findRival(input: IBinaryInput): boolean {
    const counts = { ...this._counts, ofText: 'characters' } as const;
    const { start, end } = this._data;
    const other = { ...input, counts };
    const column = this._sizes.findDoubtful(input, other, start, end);
    this._rival = column < 0 ? null : new Rival(counts, column);
    return column >= 0;
  }

  /**
   * Takes the way to count that uses up the stream exactly, the standard's first.
   *
   * @returns false while neither is settled
   * @throws ProtocolError if rows could be shifted
   */
  private _settle(rival: Rival): boolean {
    const { start, end, length } = this._data;
    const isOver = this._ended || this._cut || length > MAX_UNDECIDED_BYTES;
    if (!rival.advance(this._sizes, this._input(rival.counts), start, end, isOver)) {
      this._rival = null;
      this._trusted = this._builder.rows + (rival.doubt === null ? 0 : 1);
      return true;
    }
    if (isOver) {
      this._rival = null;
      this._choose(rival);
    }
    return isOver;
  }

  private _choose(rival: Rival): void {
    const { start, end, length } = this._data;
    const standard = this._sizes.measureAll(this._input(this._counts), start, end);
    const isAtEnd = this._ended || this._cut;
    if (this._ended && standard.end === end) {
      this._mayDoubt = false;
    } else if (this._ended && rival.fits(length)) {
      this._adopt(rival);
    } else if (rival.doubt !== null) {
      if (standard.needed === 0) {
        this._adopt(rival);
      } else if (!isAtEnd || standard.end > start || !rival.fits(0)) {
        throw rowError(this._builder, rival.doubt, 'has a text of unclear length');
      }
      // Otherwise the row in doubt is not complete in either way, and refused for that.
      this._mayDoubt = false;
    }
  }

  private _adopt({ counts, doubt }: Rival): void {
    this._counts = counts;
    if (doubt !== null) {
      this._mayDoubt = false;
      this._builder.warnings.addRow(COUNTS_CHARACTERS, this._builder.rows);
    }
  }

  private _input(counts: ICounts): IBinaryInput {
    const { bytes, view } = this._data;
    return { bytes, view, counts };
  }

  private readonly _flagBytes: number;
  private readonly _decoder = new Base64Decoder();
  private readonly _data = new ByteQueue();
  /** What is wrong with the text that was met; null while nothing is. */
  private _broken: string | null = null;
  /** Bytes of the row that waits, as far as they are known. */
  private _needed = 1;
  private readonly _sizes: RowSizes;
  private _counts = STANDARD;
  /** Present while it is not settled what the counts count: rows wait that long. */
  private _rival: Rival | null;
  /** True while a text could show that the writer counts characters. */
  private _mayDoubt: boolean;
  /** Rows whose size is beyond doubt. */
  private _trusted = 0;
  /** True behind the end tag. */
  private _ended = false;
  /** True if nothing that can be decoded follows, and no end tag was met. */
  private _cut = false;
}

/** The count of `ax*` is read in two ways where a block has more than one value. */
function hasUnclearCount({ arraysize }: IVOTableField): boolean {
  const { axes, length, block } = parseArraysize(arraysize);
  return axes > 1 && length === null && block > 1;
}

const COUNTS_CHARACTERS =
  'The document counts characters where the standard counts UTF-16 units; ' +
  'it was read that way from a text beyond U+FFFF on';

const RETRY = 'Run the query again, with fewer rows if it happens again.';
