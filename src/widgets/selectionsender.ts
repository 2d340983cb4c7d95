import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import type { RowStore } from '../model/columns.js';
import { joinBytes } from '../model/export/bytes.js';
import { packRows } from '../model/export/ipc.js';
import { originOf } from '../model/export/origin.js';
import type { ResultModel } from '../model/result.js';
import type { Pause } from '../protocol/votable/types.js';
import type { IRowsPanel } from './means.js';

/** What goes to the kernel at most. */
export interface ISendLimits {
  readonly rows: number;
  /** Of all their cells: the page has them twice while they are sent. */
  readonly bytes: number;
  /**
   * Of one message; more go in several. Jupyter's server closes a connection on which one of
   * more than 10 MiB comes, and with it the kernel's.
   */
  readonly part: number;
}

const LIMITS: ISendLimits = { rows: 200_000, bytes: 256_000_000, part: 4 << 20 };

/** Milliseconds without a further choice before the chosen rows are sent. */
const PAUSE_MS = 200;

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

/** Reaches the kernel of a cell. */
export interface IKernelLine {
  readonly send: SendSelection;
  /** Whether there is a kernel that could be told. */
  isLive(): boolean;
}

/** Selected rows that were too many to be sent, and how many would not have been. */
export interface ITooMany {
  readonly count: number;
  readonly most: number;
}

/** Keeps the kernel informed of the rows that are selected in a panel. */
export class SelectionSender implements IDisposable {
  constructor(
    private readonly _panel: IRowsPanel,
    private readonly _result: ResultModel,
    private readonly _pausing: (signal: AbortSignal) => Pause,
    private readonly _line: IKernelLine,
    private readonly _limits = LIMITS
  ) {
    _panel.selectionChanged.connect(this._later, this);
    _result.tableChanged.connect(this._later, this);
  }

  /** What was too much to be sent; null where nothing was. */
  get tooMany(): ITooMany | null {
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

  /** There may be a kernel again: what it does not know is sent. */
  refresh(): void {
    this._later();
  }

  private _later(): void {
    clearTimeout(this._timer);
    this._timer = setTimeout(() => void this._tell(), PAUSE_MS);
  }

  private async _tell(): Promise<void> {
    const { rows: store } = this._result;
    const count = this._panel.selectedCount;
    if (!store || !this._line.isLive()) {
      return;
    }
    this._abort?.abort();
    if (count > this._limits.rows) {
      this._refuse({ count, most: this._limits.rows });
      return;
    }
    this._setTooMany(null);
    const rows = Uint32Array.from(this._panel.selectedRows);
    if (!this._isSent(store, rows)) {
      await this._sendRows(store, rows);
    }
  }

  private async _sendRows(store: RowStore, rows: Uint32Array): Promise<void> {
    const abort = (this._abort = new AbortController());
    try {
      const stream = await this._packed(store, rows, this._pausing(abort.signal));
      if (!abort.signal.aborted && this._line.isLive()) {
        this._sent = { store, rows };
        this._sendParts(stream, rows);
      }
    } catch (error) {
      if (error instanceof TooMany) {
        this._refuse({ count: rows.length, most: error.most });
      } else if (!abort.signal.aborted) {
        throw error;
      }
      // Otherwise another choice was made meanwhile, or nobody looks any more.
    }
  }

  /** Send no rows, but that there are too many. */
  private _refuse({ count, most }: ITooMany): void {
    this._sent = null;
    this._setTooMany({ count, most });
    this._line.send({ type: 'selection', count, most }, []);
  }

  private _sendParts(stream: readonly Uint8Array[], rows: Uint32Array): void {
    const whole = joinBytes([...stream, littleEndian(rows)]);
    const count = rows.length;
    const size = this._limits.part;
    const parts = Math.max(1, Math.ceil(whole.length / size));
    const streamBytes = whole.length - 4 * count;
    for (let part = 0; part < parts; part++) {
      this._line.send({ type: 'selection', count, part, parts, streamBytes }, [
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
    const limit = this._limits.bytes;
    return packRows(table, pause, (packed, bytes) => {
      if (bytes > limit) {
        throw new TooMany(Math.floor((packed * limit) / bytes));
      }
    });
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

  private _setTooMany(tooMany: ITooMany | null): void {
    if (tooMany !== this._tooMany) {
      this._tooMany = tooMany;
      this._changed.emit();
    }
  }

  private _tooMany: ITooMany | null = null;
  private _sent: { readonly store: RowStore; readonly rows: Uint32Array } | null = null;
  private _abort: AbortController | null = null;
  private _timer: ReturnType<typeof setTimeout> | undefined;
  private _isDisposed = false;
  private readonly _changed = new Signal<this, void>(this);
}

/** The cells of rows are more than can be sent. */
class TooMany extends Error {
  /** @param most - rows that would not have been */
  constructor(readonly most: number) {
    super(`At most ${most} rows can be sent.`);
  }
}

function littleEndian(numbers: Uint32Array): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(4 * numbers.length));
  numbers.forEach((number, index) => bytes.setUint32(4 * index, number, true));
  return new Uint8Array(bytes.buffer);
}
