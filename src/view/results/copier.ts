import { Dialog, showDialog } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';

import { pausing } from '../../model/table/pause.js';
import { formatCount, formatSize } from '../shared/format.js';
import {
  COPY_AT_ONCE,
  estimatedSize,
  type ICopied,
  longTableText,
  tableText
} from './copying.js';
import type { ResultGrid } from './grid.js';

/** Rows from which on the user is asked first. */
const ASK_FROM = 50_000;

/** Copies the selected rows of a grid, and says so where they are many. */
export class RowCopier {
  /** @param _said - called when `message` changed */
  constructor(
    private readonly _grid: ResultGrid,
    private readonly _trans: TranslationBundle,
    private readonly _said: () => void
  ) {}

  /** What to say about the last copy; empty where there is nothing. */
  get message(): string {
    return this._message;
  }

  /** True while a long text is being made. */
  get isBusy(): boolean {
    return this._abort !== null;
  }

  /** Answer the browser's wish for a text; what is long comes later. */
  async copy(event: ClipboardEvent): Promise<void> {
    this.stop();
    const { selectedCount: count } = this._grid;
    const copied = this._chosen();
    if (!copied) {
      return;
    }
    if (count <= COPY_AT_ONCE) {
      event.clipboardData?.setData('text/plain', tableText(copied));
      this._say('');
      return;
    }
    await this._copyLater(copied, count);
  }

  /** Put one row on the clipboard, without its header line. */
  copyRow(row: number): void {
    const { columns, store } = this._grid;
    if (store) {
      const [, text] = tableText({ columns, store, rows: [row] }).split('\n');
      void this._write(text, this._trans._n('%2 row', '%2 rows', 1, '1'));
    }
  }

  /** Stop making a long text. */
  stop(): void {
    if (this._abort) {
      this._abort.abort();
      this._abort = null;
      this._say('');
    }
  }

  private async _copyLater(copied: ICopied, count: number): Promise<void> {
    if (count > ASK_FROM && !(await this._mayCopy(count))) {
      return;
    }
    const abort = (this._abort = new AbortController());
    const rows = this._trans._n('%2 row', '%2 rows', count, formatCount(count));
    this._say(this._trans.__('Copying %1 …', rows));
    let message: string;
    try {
      const text = await longTableText(copied, pausing(abort.signal));
      message = await this._put(text, rows);
    } catch (reason) {
      message = this._failed(reason);
    }
    if (this._abort === abort) {
      this._abort = null;
      this._say(message);
    }
  }

  /** Ask before very many rows are copied, which takes time and memory. */
  private async _mayCopy(count: number): Promise<boolean> {
    const copied = this._chosen();
    const size = formatSize(copied ? estimatedSize(copied, count) : 0);
    const { button } = await showDialog({
      title: this._trans.__('Copy %1 rows', formatCount(count)),
      body: this._trans.__(
        'They are about %1 of text. To keep them, export them to a file.',
        size
      ),
      buttons: [
        Dialog.cancelButton({ label: this._trans.__('Cancel') }),
        Dialog.okButton({ label: this._trans.__('Copy') })
      ]
    });
    return button.accept;
  }

  private async _put(text: string | null, rows: string): Promise<string> {
    if (text === null) {
      return this._trans.__(
        '%1 are too much text for the clipboard. Select fewer rows.',
        rows
      );
    }
    await navigator.clipboard.writeText(text);
    return this._trans.__('%1, %2 copied.', rows, formatSize(text.length));
  }

  private async _write(text: string, rows: string): Promise<void> {
    try {
      this._say(await this._put(text, rows));
    } catch (reason) {
      this._say(this._failed(reason));
    }
  }

  private _failed(reason: unknown): string {
    const words = reason instanceof Error ? reason.message : String(reason);
    return this._trans.__('The rows could not be copied: %1', words);
  }

  /** The selected rows in the order shown, else the focused one; null without any. */
  private _chosen(): ICopied | null {
    const { selection, columns, focusedRow, store } = this._grid;
    if (!selection || !store || focusedRow < 0) {
      return null;
    }
    // As they are now: they may be sorted, or others selected, while a long text is made.
    const rows = selection.count > 0 ? [...selection.inOrder()] : [focusedRow];
    return { columns, store, rows };
  }

  private _say(message: string): void {
    if (message !== this._message) {
      this._message = message;
      this._said();
    }
  }

  private _message = '';
  private _abort: AbortController | null = null;
}
