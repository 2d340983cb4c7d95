import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import type { RowStore } from '../model/columns.js';
import { joinBytes } from '../model/export/bytes.js';
import { packRows } from '../model/export/ipc.js';
import { originOf } from '../model/export/origin.js';
import type { ResultModel } from '../model/result.js';
import type { Pause } from '../protocol/votable/types.js';
import type { IRowsPanel } from './means.js';

/** Most rows that go to the kernel; a table of that size is some hundred megabytes. */
export const MOST_ROWS = 200_000;

/** Milliseconds without a further choice before the chosen rows are sent. */
const PAUSE_MS = 200;

/**
 * Bytes of a message. Jupyter's server closes a connection on which one of more than 10 MiB
 * comes, and with it the kernel's.
 */
const PART_BYTES = 4 << 20;

/** What the kernel is told of the selection; see `obsdeck.widgets.selection`. */
export interface ISelectionMessage {
  readonly type: 'selection';
  /** Selected rows. */
  readonly count: number;
  /** Most rows that are sent, where that are too many; then none are. */
  readonly most?: number;
  /** Which part of the rows goes along, counted from 0, and how many there are. */
  readonly part?: number;
  readonly parts?: number;
  /**
   * All parts together are an Arrow IPC stream of so many bytes, and behind it the numbers
   * of the rows as 32-bit integers, the least significant byte first.
   */
  readonly streamBytes?: number;
}

/** Sends a message with its buffers. */
export type SendSelection = (
  message: ISelectionMessage,
  buffers: ArrayBufferView[]
) => void;

/** Keeps the kernel informed of the rows that are selected in a panel. */
export class SelectionSender implements IDisposable {
  /** @param _partBytes - bytes of a message; more go in several */
  constructor(
    private readonly _panel: IRowsPanel,
    private readonly _result: ResultModel,
    private readonly _pausing: (signal: AbortSignal) => Pause,
    private readonly _send: SendSelection,
    private readonly _partBytes = PART_BYTES
  ) {
    _panel.selectionChanged.connect(this._later, this);
    _result.tableChanged.connect(this._later, this);
  }

  /** Selected rows that were too many to be sent; null where they were not. */
  get tooMany(): number | null {
    return this._tooMany;
  }

  /** Emitted when `tooMany` changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    clearTimeout(this._timer);
    this._abort?.abort();
    this._panel.selectionChanged.disconnect(this._later, this);
    this._result.tableChanged.disconnect(this._later, this);
    Signal.clearData(this);
  }

  private _later(): void {
    clearTimeout(this._timer);
    this._timer = setTimeout(() => void this._tell(), PAUSE_MS);
  }

  private async _tell(): Promise<void> {
    const { rows: store } = this._result;
    const count = this._panel.selectedCount;
    if (!store) {
      return;
    }
    this._abort?.abort();
    this._setTooMany(count > MOST_ROWS ? count : null);
    if (count > MOST_ROWS) {
      this._sent = null;
      this._send({ type: 'selection', count, most: MOST_ROWS }, []);
      return;
    }
    const rows = Uint32Array.from(this._panel.selectedRows);
    if (!this._isSent(store, rows)) {
      await this._sendRows(store, rows);
    }
  }

  private async _sendRows(store: RowStore, rows: Uint32Array): Promise<void> {
    const abort = (this._abort = new AbortController());
    try {
      const stream = await this._packed(store, rows, this._pausing(abort.signal));
      if (!abort.signal.aborted) {
        this._sent = { store, rows };
        this._sendParts(stream, rows);
      }
    } catch (error) {
      // Another choice was made meanwhile, or nobody looks any more.
      if (!abort.signal.aborted) {
        throw error;
      }
    }
  }

  private _sendParts(stream: readonly Uint8Array[], rows: Uint32Array): void {
    const whole = joinBytes([...stream, littleEndian(rows)]);
    const count = rows.length;
    const size = this._partBytes;
    const parts = Math.max(1, Math.ceil(whole.length / size));
    const streamBytes = whole.length - 4 * count;
    for (let part = 0; part < parts; part++) {
      this._send({ type: 'selection', count, part, parts, streamBytes }, [
        whole.slice(part * size, (part + 1) * size)
      ]);
    }
  }

  private async _packed(
    store: RowStore,
    rows: Uint32Array,
    pause: Pause
  ): Promise<Uint8Array[]> {
    const { schema } = store.head;
    const { provenance } = this._result;
    const about = provenance ? originOf(provenance) : new Map<string, string>();
    const table = { schema, batches: store.batches, rows, columns: null, about };
    return packRows(table, pause);
  }

  /** The focus moves more often than the selection. */
  private _isSent(store: RowStore, rows: Uint32Array): boolean {
    const sent = this._sent;
    return (
      sent?.store === store &&
      sent.rows.length === rows.length &&
      sent.rows.every((row, index) => row === rows[index])
    );
  }

  private _setTooMany(count: number | null): void {
    if (count !== this._tooMany) {
      this._tooMany = count;
      this._changed.emit();
    }
  }

  private _tooMany: number | null = null;
  private _sent: { readonly store: RowStore; readonly rows: Uint32Array } | null = null;
  private _abort: AbortController | null = null;
  private _timer: ReturnType<typeof setTimeout> | undefined;
  private _isDisposed = false;
  private readonly _changed = new Signal<this, void>(this);
}

function littleEndian(numbers: Uint32Array): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(4 * numbers.length));
  numbers.forEach((number, index) => bytes.setUint32(4 * index, number, true));
  return new Uint8Array(bytes.buffer);
}
