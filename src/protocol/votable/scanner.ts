import { quote } from '../xmltext.js';
import { BatchBuilder } from './batches.js';
import { BinaryReader } from './binary.js';
import { ByteQueue } from './bytequeue.js';
import { readInfo, readResources } from './document.js';
import { readTableHead, type TableHead } from './head.js';
import { MAX_INFOS, MAX_TABLES } from './limits.js';
import {
  malformed,
  notVOTable,
  otherFormat,
  refuseStream,
  truncated,
  twoDocuments
} from './refusals.js';
import type { IRowReader } from './rowreader.js';
import { Skeleton } from './skeleton.js';
import { queryStatus } from './status.js';
import { TableDataReader } from './tabledata.js';
import { readToken, type Token } from './tokens.js';
import type { IVOTableInfo, VOTableEvent } from './types.js';
import { Warnings } from './warnings.js';

/** How much of an answer that is no VOTable is kept to tell what it is. */
const FOREIGN_BYTES = 256 * 1024;

/**
 * Reads a VOTable that comes in pieces. It follows the tags itself, keeps all but the
 * rows as a skeleton for the XML parser, and leaves the rows to a row reader.
 *
 * The document must be UTF-8. Whatever goes wrong, the rows before are given away
 * before the error is thrown.
 */
export class VOTableScanner {
  /** Takes in the next piece. */
  *push(chunk: Uint8Array): Generator<VOTableEvent> {
    this._bytes += chunk.length;
    this._queue.append(chunk);
    if (this._queue.length >= this._needed) {
      yield* this._guarded();
    }
  }

  /** Gives the rows away that wait for their batch to be full. */
  *flush(): Generator<VOTableEvent> {
    const batch = this._builder?.take() ?? null;
    if (this._builder !== null && batch !== null) {
      const { rows } = this._builder;
      yield { type: 'batch', table: this._table, batch, rows, bytes: this._bytes };
    }
  }

  /** Ends the document. */
  *finish(): Generator<VOTableEvent> {
    this._last = true;
    yield* this._guarded();
    yield* this.flush();
    this._refuseIncomplete();
    yield {
      type: 'end',
      ...queryStatus(this._infos),
      infos: this._infos,
      resources: readResources(this._skeleton.parse(0)),
      warnings: this._warnings.list(),
      bytes: this._bytes
    };
  }

  private *_guarded(): Generator<VOTableEvent> {
    try {
      yield* this._run();
    } catch (error) {
      yield* this.flush();
      throw error;
    }
  }

  private *_run(): Generator<VOTableEvent> {
    let goesOn = true;
    while (goesOn) {
      goesOn = yield* this._step();
    }
  }

  /** @returns false if more bytes are needed */
  private *_step(): Generator<VOTableEvent, boolean> {
    if (this._isForeign) {
      return this._readForeign();
    }
    return this._rows === null ? yield* this._readMarkup() : yield* this._readRows();
  }

  /** @returns false if more bytes are needed */
  private *_readRows(): Generator<VOTableEvent, boolean> {
    const state = this._rows?.read(this._queue, this._last);
    if (state === 'starved') {
      return this._wait(this._rows?.needed ?? 1);
    }
    yield* this.flush();
    if (state === 'foreign') {
      return this._readForeign();
    }
    if (state === 'ended') {
      this._rows = null;
    }
    return true;
  }

  /** @returns false if more bytes are needed */
  private *_readMarkup(): Generator<VOTableEvent, boolean> {
    const token = readToken(this._queue, this._skeleton);
    switch (token.kind) {
      case 'starved':
        return this._wait(this._queue.length * 2);
      case 'foreign':
        return this._readForeign();
      case 'open':
        yield* this._open(token.name, token.start);
        return true;
      case 'empty':
        yield* this._open(token.name, token.start);
        this._rows = null;
        yield* this._close(token);
        return true;
      case 'close':
        yield* this._close(token);
        return true;
      default:
        return true;
    }
  }

  private *_open(name: string, start: number): Generator<VOTableEvent> {
    if (name === 'TABLE') {
      this._openTable(start);
    } else if (name === 'DATA' && this._tableStart >= 0 && this._builder === null) {
      yield* this._head();
    } else if (name === 'TABLEDATA' && this._builder !== null) {
      this._rows = new TableDataReader(this._builder);
    } else if (name === 'STREAM') {
      this._openStream(start);
    }
  }

  private *_close(
    token: Token & { start: number; name: string }
  ): Generator<VOTableEvent> {
    if (token.name === 'INFO') {
      this._closeInfo(token.start);
    } else if (token.name === 'TABLE') {
      if (this._builder === null) {
        yield* this._head();
      }
      this._builder = null;
      this._tableStart = -1;
    }
  }

  private _closeInfo(start: number): void {
    if (this._infos.length >= MAX_INFOS) {
      throw malformed(`it has more than ${MAX_INFOS} INFO elements`);
    }
    this._infos.push(readInfo(this._skeleton.parse(start)));
  }

  private _openTable(start: number): void {
    if (this._tableStart >= 0) {
      throw malformed('it has a table inside a table');
    }
    this._table += 1;
    this._tableStart = start;
    if (this._table >= MAX_TABLES) {
      throw malformed(`it has more than ${MAX_TABLES} tables`);
    }
  }

  /** Rows may only be inline: what a service names here is never fetched. */
  private _openStream(start: number): void {
    const around = this._skeleton.open.filter(({ name }) => name !== 'STREAM');
    const format = around.at(-1)?.name ?? '';
    if (format !== 'BINARY' && format !== 'BINARY2') {
      throw otherFormat(format);
    }
    refuseStream(this._skeleton.parse(start));
    if (this._builder !== null) {
      this._rows = new BinaryReader(this._builder, format);
    }
  }

  /** Everything about the table but its rows is known. */
  private *_head(): Generator<VOTableEvent> {
    const table = this._skeleton.parse(this._tableStart);
    const head = readTableHead(table, this._heads, this._warnings);
    this._builder = new BatchBuilder(head.fields, this._warnings);
    yield {
      type: 'head',
      table: this._table,
      head: { ...head, schema: this._builder.schema },
      infos: [...this._infos]
    };
  }

  /**
   * Something that is no part of a VOTable: waits until enough of it is there to tell
   * what it is.
   */
  private _readForeign(): boolean {
    this._isForeign = true;
    if (!this._last && this._queue.length < FOREIGN_BYTES) {
      return this._wait(FOREIGN_BYTES);
    }
    // Blanks before it may have gone already, if the document came in pieces.
    const text = new TextDecoder()
      .decode(this._queue.waiting().subarray(0, FOREIGN_BYTES))
      .trimStart();
    if (this._skeleton.length === 0) {
      throw notVOTable(text);
    }
    if (/^<\?xml\s|^<(?:[\w.-]+:)?VOTABLE[\s/>]/.test(text)) {
      throw twoDocuments(text, this._builder?.rows ?? 0);
    }
    const rows = this._builder?.rows ?? 0;
    const place = this._rows === null ? '' : ` in row ${rows + 1}`;
    throw malformed(`“${quote(text.slice(0, 60))}” has no place${place}`);
  }

  private _refuseIncomplete(): void {
    if (this._skeleton.length === 0) {
      throw notVOTable('');
    }
    if (
      this._rows !== null ||
      this._skeleton.open.length > 0 ||
      this._queue.length > 0
    ) {
      throw truncated(this._builder?.rows ?? 0, this._rows !== null);
    }
  }

  private _wait(needed: number): false {
    this._needed = Math.max(needed, 1);
    return false;
  }

  private readonly _queue = new ByteQueue();
  private readonly _warnings = new Warnings();
  private readonly _skeleton = new Skeleton(this._warnings);
  private readonly _infos: IVOTableInfo[] = [];
  /** Tables with an ID, which others may refer to. */
  private readonly _heads = new Map<string, TableHead>();
  /** Bytes of the document so far. */
  private _bytes = 0;
  /** Bytes that must wait before it is worth going on. */
  private _needed = 1;
  private _last = false;
  /** True from the first thing that is no part of a VOTable on: nothing is read behind. */
  private _isForeign = false;
  /** Number of the table that is open or was open last. */
  private _table = -1;
  /** Where the open TABLE begins in the skeleton; −1 outside of tables. */
  private _tableStart = -1;
  /** Present from the head of a table to its end. */
  private _builder: BatchBuilder | null = null;
  /** At work between the tags of TABLEDATA or STREAM. */
  private _rows: IRowReader | null = null;
}
