import { ProtocolError } from '../errors.js';
import { parseArraysize } from './arraysize.js';
import { Base64Decoder } from './base64.js';
import type { BatchBuilder } from './batches.js';
import { ByteQueue } from './bytequeue.js';
import { type IBinaryInput, type IColumn, IMPOSSIBLE } from './columns/column.js';
import { MAX_ROW_BYTES } from './limits.js';
import { type IRowReader, rowError, type RowsState } from './rowreader.js';

const LESS = 0x3c;

/** Text decoded at a time; bounds what waits between text and columns. */
const TEXT_BYTES = 64 * 1024;

/** Rows with an ambiguous count wait up to this size for the end that settles it. */
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
    const columns = _builder.columns.length;
    this._flagBytes = format === 'BINARY2' ? Math.ceil(columns / 8) : 0;
    this._undecided = _builder.fields.some(({ arraysize }) => {
      const { axes, length, block } = parseArraysize(arraysize);
      return axes > 1 && length === null && block > 1;
    });
  }

  read(queue: ByteQueue, last: boolean): RowsState {
    while (!this._readRows()) {
      const state = this._decode(queue);
      if (state === 'starved' && last) {
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
    if (this._isForeign) {
      throw rowError(this._builder, null, 'holds text that is not base64');
    }
    if (queue.length === 0) {
      return 'starved';
    }
    const { bytes, start } = queue;
    const limit = Math.min(queue.end, start + TEXT_BYTES);
    const tag = bytes.subarray(start, limit).indexOf(LESS);
    const end = tag < 0 ? limit : start + tag;
    if (end === start) {
      return this._end();
    }
    this._data.reserve(end - start + 3);
    const to = this._decoder.decode(
      bytes,
      start,
      end,
      this._data.bytes,
      this._data.end
    );
    // What is decoded may hold complete rows, which come before the error.
    this._isForeign = to < 0;
    this._data.end = to < 0 ? ~to : to;
    queue.start = end;
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
      throw rowError(this._builder, null, 'holds base64 that ends too early');
    }
    this._data.end = to;
    this._ended = true;
    this._decide();
    return 'full';
  }

  /** Reads the complete rows there are; true if the batch is full. */
  private _readRows(): boolean {
    if (this._undecided && this._data.length <= MAX_UNDECIDED_BYTES) {
      return false;
    }
    const input = this._input();
    while (!this._builder.isFull) {
      if (this._data.length < this._needed || this._data.length === 0) {
        return this._checkEnd();
      }
      const { start, end } = this._data;
      const size = this._measureRow(this._builder.columns, input, start, end);
      if (size > end - start) {
        this._needed = size;
        return this._checkEnd();
      }
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
    this._measureRow(this._builder.columns, this._input(), start, end);
    throw new ProtocolError(
      'bad-answer',
      `The VOTable breaks off in row ${this._builder.rows + 1}: ` +
        `${this._builder.rows} rows are complete.`,
      { row: this._builder.rows, column: this._measured, hint: RETRY }
    );
  }

  /**
   * Bytes of the row that begins here, or those up to the cell that is not complete.
   * Nothing is allocated for a length that is only declared.
   */
  private _measureRow(
    columns: readonly IColumn[],
    input: IBinaryInput,
    start: number,
    end: number
  ): number {
    let at = start + this._flagBytes;
    for (let index = 0; index < columns.length && at <= end; index++) {
      this._measured = index;
      const size = columns[index].measure(input, at, end);
      if (size === IMPOSSIBLE || at + size - start > MAX_ROW_BYTES) {
        throw rowError(this._builder, index, 'declares a length that cannot be');
      }
      at += size;
    }
    if (at === start) {
      throw rowError(this._builder, null, 'has data but no columns');
    }
    return at - start;
  }

  private _appendRow(input: IBinaryInput, start: number): void {
    const { columns } = this._builder;
    let at = start + this._flagBytes;
    for (let index = 0; index < columns.length; index++) {
      const column = columns[index];
      const size = column.measure(input, at, this._data.end);
      const flag = this._flagBytes > 0 ? input.bytes[start + (index >> 3)] : 0;
      if ((flag >> (7 - (index & 7))) & 1) {
        column.appendNull();
      } else {
        column.appendBinary(input, at);
      }
      at += size;
    }
  }

  /**
   * The count of `ax*` means values by the standard, blocks of `a` to astropy and
   * others: the reading that uses up the stream exactly is taken.
   */
  private _decide(): void {
    if (!this._undecided) {
      return;
    }
    this._undecided = false;
    if (!this._fits(this._builder.columns)) {
      const columns = this._builder.createColumns('blocks');
      if (this._fits(columns)) {
        this._builder.columns = columns;
      }
    }
  }

  /** True if the data that wait are whole rows of these columns. */
  private _fits(columns: readonly IColumn[]): boolean {
    const input = this._input();
    const { end } = this._data;
    let at = this._data.start;
    try {
      while (at < end) {
        at += this._measureRow(columns, input, at, end);
      }
    } catch (error) {
      if (error instanceof ProtocolError) {
        return false;
      }
      throw error;
    }
    return at === end;
  }

  private _input(): IBinaryInput {
    const { bytes } = this._data;
    if (this._view.buffer !== bytes.buffer) {
      this._view = new DataView(bytes.buffer);
    }
    return { bytes, view: this._view };
  }

  private readonly _flagBytes: number;
  private readonly _decoder = new Base64Decoder();
  private readonly _data = new ByteQueue();
  /** True when a character was met that is not base64. */
  private _isForeign = false;
  private _view = new DataView(this._data.bytes.buffer);
  /** Bytes of the row that waits, as far as they are known. */
  private _needed = 1;
  /** The column at which measuring stopped. */
  private _measured = 0;
  private _undecided: boolean;
  private _ended = false;
}

const RETRY = 'Run the query again, with fewer rows if it happens again.';
