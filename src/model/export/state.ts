import { type ISignal, Signal } from '@lumino/signaling';

import { asProtocolError, isAbort } from '../../protocol/errors.js';
import {
  EXPORT_FORMATS,
  type ExportColumns,
  type ExportFormat,
  type ExportRows,
  type IExported,
  type IExportSource,
  type TableSaver
} from './types.js';

/** What the user chooses. */
export interface IExportChoice {
  /** Name of the file; its ending is added where it is not there. */
  readonly name: string;
  /** Below Jupyter's root folder; empty for that folder. */
  readonly folder: string;
  readonly format: ExportFormat;
  readonly rows: ExportRows;
  readonly columns: ExportColumns;
}

/** How far an export is: rows that are packed, or null once they are on their way. */
export interface IExportProgress {
  readonly rows: number | null;
}

/** HTTP status of a file that is there already. */
const CONFLICT = 409;

/** An export while it is chosen and done. Nothing of it is lost when it fails. */
export class ExportState {
  /** @param start - what is chosen at the beginning */
  constructor(
    readonly source: IExportSource,
    private readonly _save: TableSaver,
    start: Pick<IExportChoice, 'folder' | 'format'>
  ) {
    const { rows, columns } = source;
    this._choice = {
      ...start,
      name: source.name,
      rows: rows.shown === null ? 'all' : 'shown',
      columns: columns.shown === null ? 'all' : 'shown'
    };
  }

  /** Emitted when anything below changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get choice(): IExportChoice {
    return this._choice;
  }

  /** Path of the file, below Jupyter's root folder. */
  get path(): string {
    const { folder, name, format } = this._choice;
    const ending = EXPORT_FORMATS[format];
    const plain = name.trim();
    const file = plain.toLowerCase().endsWith(ending) ? plain : plain + ending;
    return [...folder.split('/').filter(Boolean), file].join('/');
  }

  /** How far it is; null while nothing is done. */
  get progress(): IExportProgress | null {
    return this._progress;
  }

  /** Why it did not work, one sentence with what to do; null where nothing went wrong. */
  get problem(): string | null {
    return this._problem;
  }

  /** True where the file is there already and would be replaced by saving once more. */
  get isThere(): boolean {
    return this._taken !== null && this._taken === this.path;
  }

  /** The file that was written; null before. */
  get exported(): IExported | null {
    return this._exported;
  }

  /** Choose something else; what went wrong with the earlier choice is past. */
  choose(choice: Partial<IExportChoice>): void {
    this._choice = { ...this._choice, ...choice };
    this._problem = null;
    this._changed.emit();
  }

  /** Stop what is done. */
  cancel(): void {
    this._abort?.abort();
  }

  /**
   * Pack and save. A file that is there is replaced only when that was said before, and
   * asked for by calling this again.
   *
   * @returns whether the file was written
   */
  async run(): Promise<boolean> {
    const overwrite = this.isThere;
    const { signal } = (this._abort = new AbortController());
    const { rows, columns, format, name } = this._choice;
    if (name.trim() === '') {
      this._fail('The file needs a name.');
      return false;
    }
    this._problem = null;
    this._tell({ rows: 0 });
    try {
      const tell = (packed: number): void => this._tell({ rows: packed });
      const blob = await this.source.pack(rows, columns, tell, signal);
      this._tell({ rows: null });
      const table = { path: this.path, format, rows: blob, overwrite };
      this._exported = await this._save(table, signal);
      return true;
    } catch (reason) {
      this._take(reason, signal);
      return false;
    } finally {
      this._tell(null);
    }
  }

  private _take(reason: unknown, signal: AbortSignal): void {
    const { message, details } = asProtocolError(reason);
    if (signal.aborted || isAbort(reason)) {
      return;
    }
    const isThere = details.status === CONFLICT && !this.isThere;
    this._taken = isThere ? this.path : this._taken;
    this._fail([message, details.hint].filter(Boolean).join(' '));
  }

  private _fail(problem: string): void {
    this._problem = problem;
    this._changed.emit();
  }

  private _tell(progress: IExportProgress | null): void {
    this._progress = progress;
    this._changed.emit();
  }

  private _choice: IExportChoice;
  private _progress: IExportProgress | null = null;
  private _problem: string | null = null;
  /** Path of a file of which the user was told that it is there. */
  private _taken: string | null = null;
  private _exported: IExported | null = null;
  private _abort: AbortController | null = null;
  private readonly _changed = new Signal<this, void>(this);
}
