import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import type { ProtocolError } from '../../protocol/errors.js';
import type { IColumn, IHdu, IQuickLookClient, IRows, ITableFacts } from './client.js';
import { Latest } from './latest.js';

/** An HDU with a table. */
export type TableHdu = IHdu & { readonly table: ITableFacts };

/** Rows that are asked for at once. */
const PAGE = 200;
/** Pages that are kept: the ones looked at last. */
const KEPT = 12;
/** Time without scrolling before rows are asked for, ms. */
const REST = 80;

/** Rows of a table of a file, asked for as they come into sight; few are held. */
export class TableRows implements IDisposable {
  constructor(
    private readonly _client: IQuickLookClient,
    private readonly _path: string,
    readonly hdu: TableHdu
  ) {
    this._latest.changed.connect(() => this._changed.emit());
  }

  /** Emitted when rows came or could not be had. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get columns(): readonly IColumn[] {
    return this.hdu.table.columns;
  }

  get count(): number {
    return this._latest.value?.total ?? this.hdu.table.rows;
  }

  get since(): number | null {
    return this._latest.since;
  }

  get error(): ProtocolError | null {
    return this._latest.error;
  }

  get isDisposed(): boolean {
    return this._latest.isDisposed;
  }

  dispose(): void {
    clearTimeout(this._resting);
    this._latest.dispose();
    this._pages.clear();
    Signal.clearData(this);
  }

  /** Cells of a row as text; null while it is not here. */
  row(index: number): readonly (string | null)[] | null {
    const page = this._pages.get(Math.floor(index / PAGE));
    return page?.[index % PAGE] ?? null;
  }

  /** Tell which rows are in sight; those that are missing are asked for. */
  show(first: number, count: number): void {
    const last = Math.floor(Math.max(0, first + count - 1) / PAGE);
    let missing = -1;
    for (let page = last; page >= Math.floor(first / PAGE); page--) {
      const held = this._pages.get(page);
      if (held) {
        // The last of the map is the one looked at last.
        this._pages.delete(page);
        this._pages.set(page, held);
      } else {
        missing = page;
      }
    }
    clearTimeout(this._resting);
    if (missing >= 0 && missing !== this._asked && this.count > 0) {
      this._resting = setTimeout(() => void this._read(missing), REST);
    }
  }

  /** Ask again for what could not be had. */
  retry(): void {
    void this._read(Math.max(0, this._asked));
  }

  cancel(): void {
    this._latest.stop();
  }

  private async _read(page: number): Promise<void> {
    this._asked = page;
    const request = { hdu: this.hdu.index, first: page * PAGE, count: PAGE };
    const rows = await this._latest.ask(signal =>
      this._client.rows(this._path, request, signal)
    );
    if (rows) {
      this._asked = -1;
      this._keep(page, rows.rows);
      this._changed.emit();
    }
  }

  private _keep(page: number, rows: IRows['rows']): void {
    this._pages.set(page, rows);
    for (const oldest of this._pages.keys()) {
      if (this._pages.size <= KEPT) {
        break;
      }
      this._pages.delete(oldest);
    }
  }

  /** Page that was asked for last and has not come; -1 for none. */
  private _asked = -1;
  private _resting: ReturnType<typeof setTimeout> | undefined;
  private readonly _pages = new Map<number, IRows['rows']>();
  private readonly _latest = new Latest<IRows>();
  private readonly _changed = new Signal<this, void>(this);
}
