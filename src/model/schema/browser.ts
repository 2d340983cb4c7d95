import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import type { IArchive } from '../../archives/archive.js';
import { asProtocolError, type ProtocolError } from '../../protocol/errors.js';
import type { ITableDescription } from '../../protocol/vosi.js';
import { type ISchemaRow, schemaRows } from './tree.js';
import type { ISchemas, IServiceSchema } from './types.js';

/** The tables of one service, unfolded as far as somebody wanted to see. */
export class SchemaBrowser implements IDisposable {
  /**
   * @param _schemas - what services tell of themselves
   * @param archive - with at least one service
   * @param service - base URL of the service
   */
  constructor(
    private readonly _schemas: ISchemas,
    readonly archive: IArchive,
    readonly service: string
  ) {
    _schemas.changed.connect(this._onSchema, this);
  }

  /** Emitted when anything below changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** What is known; null before anything is. */
  get schema(): IServiceSchema | null {
    return this._schemas.get(this.archive.definition.id, this.service);
  }

  /** The rows of the tree; empty before anything is known. */
  get rows(): readonly ISchemaRow[] {
    this._rows ??= this.schema
      ? schemaRows(this.schema, { expanded: this._expanded, search: this._search })
      : [];
    return this._rows;
  }

  /** The service is being asked for its tables. */
  get isReading(): boolean {
    return this._reading !== null;
  }

  /** Why the tables could not be read the last time. */
  get error(): ProtocolError | null {
    return this._error;
  }

  /** What is looked for in names and descriptions; empty for nothing. */
  get search(): string {
    return this._search;
  }

  /** Show only what has this in name or description. */
  find(text: string): void {
    if (text !== this._search) {
      this._search = text;
      this._emit();
    }
  }

  /** Id of the row that has the focus; null before any has. */
  get focused(): string | null {
    return this._focused;
  }

  /** Give a row the focus. */
  focus(id: string): void {
    if (id !== this._focused) {
      this._focused = id;
      this._changed.emit();
    }
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this.cancel();
      this._describing.forEach(({ stop }) => stop.abort());
      Signal.disconnectReceiver(this);
      Signal.clearData(this);
    }
  }

  /** Take what is kept; asks nobody. */
  async recall(): Promise<void> {
    await this._schemas.recall(this.archive.definition.id, this.service);
    this._emit();
  }

  /** Number of tables whose columns are not known, and thus not found. */
  get unknown(): number {
    const tables = this.schema?.tables.schemas.flatMap(schema => schema.tables) ?? [];
    return tables.filter(({ columns }) => columns.length === 0).length;
  }

  /** Ask the service for its tables. Never throws. */
  async load(): Promise<void> {
    await this._ask(signal => this._schemas.load(this.archive, this.service, signal));
    this._openOnly();
  }

  /** Ask the service for the columns of all its tables. Never throws. */
  async loadColumns(): Promise<void> {
    await this._ask(signal =>
      this._schemas.loadColumns(this.archive, this.service, signal)
    );
  }

  /** Ask no further; what is known stays. */
  cancel(): void {
    this._reading?.abort();
    this._reading = null;
    this._emit();
  }

  /** Fold or unfold; unfolding a table asks for its columns where they are not known. */
  toggle(row: ISchemaRow, open = row.expanded !== true): void {
    if (row.expanded === null) {
      return;
    }
    if (open) {
      this._expanded.add(row.id);
    } else {
      this._expanded.delete(row.id);
    }
    if (open && row.thing.kind === 'table') {
      void this.describe(row.thing.table);
    }
    this._emit();
  }

  /** How the question for a table's columns stands; null where none was asked. */
  described({ name }: ITableDescription): ProtocolError | 'reading' | null {
    return this._describing.get(name)?.state ?? null;
  }

  /** Ask for a table's columns, unless they are known. Never throws. */
  async describe(table: ITableDescription): Promise<void> {
    const { name, columns } = table;
    if (columns.length > 0 || this.described(table) === 'reading') {
      return;
    }
    const stop = new AbortController();
    this._describing.set(name, { state: 'reading', stop });
    this._emit();
    try {
      const searched = { name, title: name, service: this.service };
      await this._schemas.describe(this.archive, searched, stop.signal);
      this._describing.delete(name);
    } catch (reason) {
      this._describing.set(name, { state: asProtocolError(reason), stop });
    }
    this._emit();
  }

  private async _ask(
    question: (signal: AbortSignal) => Promise<unknown>
  ): Promise<void> {
    this.cancel();
    const reading = new AbortController();
    this._reading = reading;
    this._error = null;
    this._emit();
    try {
      await question(reading.signal);
    } catch (reason) {
      this._error = reading.signal.aborted ? null : asProtocolError(reason);
    } finally {
      if (this._reading === reading) {
        this._reading = null;
      }
      this._emit();
    }
  }

  /** One schema alone is not worth a click. */
  private _openOnly(): void {
    const schemas = this.rows.filter(({ thing }) => thing.kind === 'schema');
    if (schemas.length === 1 && this._expanded.size === 0) {
      this.toggle(schemas[0], true);
    }
  }

  private _onSchema(
    _: unknown,
    { archive, service }: { readonly archive: string; readonly service: string }
  ): void {
    if (archive === this.archive.definition.id && service === this.service) {
      this._emit();
    }
  }

  private _emit(): void {
    this._rows = null;
    if (!this._isDisposed) {
      this._changed.emit();
    }
  }

  private readonly _expanded = new Set<string>();
  private readonly _describing = new Map<
    string,
    { readonly state: ProtocolError | 'reading'; readonly stop: AbortController }
  >();
  private _rows: readonly ISchemaRow[] | null = null;
  private _search = '';
  private _focused: string | null = null;
  private _reading: AbortController | null = null;
  private _error: ProtocolError | null = null;
  private _isDisposed = false;
  private readonly _changed = new Signal<this, void>(this);
}
