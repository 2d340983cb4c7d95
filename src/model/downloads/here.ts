import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import type { IArchive } from '../../archives/archive.js';
import type { LinkSource } from '../../archives/links.js';
import type { RowStore } from '../columns.js';
import { cellsOf } from '../rowcells.js';
import type { Pause } from '../table/tasks.js';
import type { IDownloadQueue, IWantedFile } from './types.js';

/** Rows of one question to the Jupyter server. */
const AT_ONCE = 2000;

/** Rows after which the page may have its turn. */
const FEW = 32;

/** Rows that are asked about: a table of millions is not to be marked row by row. */
const MOST = 100_000;

/** What telling which files are here needs. */
export type HereQueue = Pick<IDownloadQueue, 'here' | 'items' | 'changed'>;

/**
 * Which rows of a result have their file on disk. Asks the Jupyter server once about each
 * row; what is fetched afterwards is seen in the queue.
 */
export class RowsHere implements IDisposable {
  constructor(
    private readonly _store: RowStore,
    private readonly _archive: IArchive,
    private readonly _queue: HereQueue
  ) {
    this._finished = new Set(doneIds(_queue));
    _queue.changed.connect(this._onQueue, this);
  }

  /** Rows that have their file on disk. */
  get count(): number {
    return this._here.size;
  }

  /** Emitted when another row has its file on disk. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._stop.signal.aborted;
  }

  dispose(): void {
    this._stop.abort();
    Signal.disconnectReceiver(this);
    Signal.clearData(this);
  }

  /** Whether the file of a row, counted in the order of arrival, is on disk. */
  has(row: number): boolean {
    return this._here.has(row);
  }

  /**
   * Ask about the rows that have arrived. Stops quietly where the server cannot be asked:
   * rows without a mark are nobody's trouble.
   *
   * @param pause - lets the page have its turn
   */
  async ask(pause: Pause): Promise<void> {
    const end = Math.min(MOST, this._store.rowCount);
    for (let first = 0; first < end && !this.isDisposed; first += AT_ONCE) {
      const rows = await this._wanted(first, Math.min(end, first + AT_ONCE), pause);
      if (rows.length > 0 && !(await this._askFor(rows))) {
        return;
      }
    }
  }

  private async _askFor(rows: readonly IWantedRow[]): Promise<boolean> {
    try {
      const found = await this._queue.here(rows.map(({ file }) => file));
      this._mark(found.map(({ index }) => rows[index].row));
      return true;
    } catch {
      return false;
    }
  }

  private async _wanted(
    first: number,
    end: number,
    pause: Pause
  ): Promise<IWantedRow[]> {
    const rows: IWantedRow[] = [];
    for (let row = first; row < end; row += 1) {
      const source = this._archive.links?.sourceOf(cellsOf(this._store, row));
      if (source) {
        rows.push({ row, file: this._fileOf(source) });
        this._rows.set(source.id, row);
      }
      if (row % FEW === 0) {
        await pause();
      }
    }
    return rows;
  }

  private _fileOf({ id, url }: LinkSource): IWantedFile {
    return { archive: this._archive.definition.id, id, url };
  }

  /** Files that were fetched since: no need to ask. */
  private _onQueue(): void {
    const fresh = this._queue.items.filter(
      ({ id, state }) => state === 'done' && !this._finished.has(id)
    );
    fresh.forEach(({ id }) => this._finished.add(id));
    const rows = fresh
      .filter(({ archive }) => archive === this._archive.definition.id)
      .flatMap(({ sourceId }) => this._rows.get(sourceId ?? '') ?? []);
    this._mark(rows);
  }

  private _mark(rows: readonly number[]): void {
    const before = this._here.size;
    rows.forEach(row => this._here.add(row));
    if (this._here.size > before && !this.isDisposed) {
      this._changed.emit();
    }
  }

  private readonly _here = new Set<number>();
  /** Rows by what their file is known by. */
  private readonly _rows = new Map<string, number>();
  /** Files of the queue that were seen to be done. */
  private readonly _finished: Set<string>;
  private readonly _stop = new AbortController();
  private readonly _changed = new Signal<this, void>(this);
}

interface IWantedRow {
  readonly row: number;
  readonly file: IWantedFile;
}

function doneIds({ items }: HereQueue): string[] {
  return items.filter(({ state }) => state === 'done').map(({ id }) => id);
}
