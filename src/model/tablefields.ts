import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import { asProtocolError, type ProtocolError } from '../protocol/errors.js';
import type { ArchiveChoice } from './archivechoice.js';
import type { ISchemas } from './schema/types.js';

/** Whether the chosen table's own fields are known. */
export class TableFields implements IDisposable {
  /**
   * @param _schemas - what services tell of their tables; null where nobody keeps that
   * @param _choice - the table
   */
  constructor(
    private readonly _schemas: ISchemas | null,
    private readonly _choice: ArchiveChoice
  ) {
    _schemas?.changed.connect(this._onSchema, this);
  }

  /** Emitted when anything below changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** The service has told the table's columns, on this page or earlier. */
  get areKnown(): boolean {
    const { archive, table } = this._choice;
    const id = archive?.definition.id ?? '';
    return (
      table !== null && Boolean(this._schemas?.table(id, table.service, table.name))
    );
  }

  /** The service can be asked for them. */
  get canBeLoaded(): boolean {
    return this._schemas !== null && !this.areKnown;
  }

  /** The service is being asked. */
  get isLoading(): boolean {
    return this._loading !== null;
  }

  /** Why the service did not tell; null where it did, or was not asked. */
  get error(): ProtocolError | null {
    return this._error;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this.cancel();
      this._schemas?.changed.disconnect(this._onSchema, this);
      Signal.clearData(this);
    }
  }

  /** Another table is chosen: take what is kept of it from earlier visits. Asks no service. */
  recall(): void {
    const { archive, table } = this._choice;
    if (archive && table && table.service !== this._recalled) {
      this.cancel();
      this._error = null;
      this._recalled = table.service;
      void this._schemas?.recall(archive.definition.id, table.service);
    }
  }

  /** Ask the service, unless that is known. Never throws: why not is in `error`. */
  async load(): Promise<void> {
    const { archive, table } = this._choice;
    if (!archive || !table || !this._schemas || this.areKnown || this._loading) {
      return;
    }
    const abort = (this._loading = new AbortController());
    this._error = null;
    this._changed.emit();
    try {
      await this._schemas.describe(archive, table, abort.signal);
    } catch (reason) {
      this._error = abort.signal.aborted ? null : asProtocolError(reason);
    }
    if (this._loading === abort) {
      this._loading = null;
    }
    this._changed.emit();
  }

  /** Stop asking. */
  cancel(): void {
    this._loading?.abort();
    this._loading = null;
  }

  private _onSchema(_: unknown, { service }: { readonly service: string }): void {
    if (service === this._choice.table?.service) {
      this._changed.emit();
    }
  }

  private _loading: AbortController | null = null;
  private _error: ProtocolError | null = null;
  /** Service of the table that was chosen last. */
  private _recalled: string | null = null;
  private _isDisposed = false;
  private readonly _changed = new Signal<this, void>(this);
}
