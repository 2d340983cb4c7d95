import { PromiseDelegate } from '@lumino/coreutils';
import { DisposableDelegate, type IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import type {
  ArchiveFactory,
  IArchive,
  IArchiveDefinition,
  IArchiveList,
  INewArchive,
  INewSignIn
} from '../archives/archive.js';
import { withResolvers } from '../archives/resolvers.js';
import { asProtocolError, ProtocolError } from '../protocol/errors.js';
import { type Handshake, type IServerHalf, shakeHands } from './handshake.js';

/** Where the archive definitions are kept: the server half. */
export interface IArchiveStore {
  hello(): Promise<IServerHalf>;
  archives(): Promise<IArchiveList>;
  addArchive(archive: INewArchive): Promise<IArchiveDefinition>;
  changeArchive(id: string, signIn: INewSignIn): Promise<IArchiveDefinition>;
  removeArchive(id: string): Promise<void>;
}

/** Makes capabilities from definitions; grows when other extensions add kinds. */
export interface IArchiveMaker {
  create(definition: IArchiveDefinition): IArchive;
  /** Teach it a kind; the function that comes back takes that back. */
  register(kind: string, factory: ArchiveFactory): () => void;
}

/** The archives that are known, with their capabilities. */
export class ArchivesModel implements IDisposable {
  /**
   * @param store - where the definitions come from
   * @param maker - makes an archive's capabilities
   */
  constructor(
    private readonly _store: IArchiveStore,
    private readonly _maker: IArchiveMaker
  ) {}

  /** Emitted when the list, or the error, changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** In the order of their rank, then by name. */
  get archives(): readonly IArchive[] {
    return this._archives;
  }

  /** How page and server half fit together; null before the first `refresh`. */
  get handshake(): Handshake | null {
    return this._handshake;
  }

  /** Why the list could not be read the last time; the list read before stays. */
  get error(): ProtocolError | null {
    return this._error;
  }

  /** What was wrong with definitions that were left out, one sentence each. */
  get problems(): readonly string[] {
    return this._problems;
  }

  /** Resolves once the list was read for the first time. */
  get ready(): Promise<void> {
    return this._ready.promise;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    this._isDisposed = true;
    Signal.clearData(this);
  }

  /** The archive of this id. */
  get(id: string): IArchive | undefined {
    return this._archives.find(({ definition }) => definition.id === id);
  }

  /**
   * Shake hands and read the list again. Never throws: what went wrong is in `handshake`
   * and `error`.
   */
  async refresh(): Promise<void> {
    this._handshake = await shakeHands(() => this._store.hello());
    if (this._handshake.state === 'ok') {
      await this._read();
    }
    this._emit();
  }

  /** Add one of the user's own; throws what the store throws. */
  async add(archive: INewArchive): Promise<IArchive> {
    return this._put(await this._store.addArchive(archive));
  }

  /** Change how one signs in to one of the user's own; throws what the store throws. */
  async change(id: string, signIn: INewSignIn): Promise<IArchive> {
    return this._put(await this._store.changeArchive(id, signIn));
  }

  /** Remove one of the user's own; throws what the store throws. */
  async remove(id: string): Promise<void> {
    await this._store.removeArchive(id);
    this._take(this._definitions.filter(definition => definition.id !== id));
    this._emit();
  }

  /** Teach a kind of archive; disposing brings the one before it back. */
  addKind(kind: string, factory: ArchiveFactory): IDisposable {
    const undo = this._maker.register(kind, factory);
    this._remake();
    return new DisposableDelegate(() => {
      undo();
      this._remake();
    });
  }

  private _put(definition: IArchiveDefinition): IArchive {
    const others = this._definitions.filter(({ id }) => id !== definition.id);
    this._take([...others, definition]);
    this._emit();
    const put = this.get(definition.id);
    if (!put) {
      throw new ProtocolError('bad-answer', `${definition.name} was not stored.`);
    }
    return put;
  }

  private _remake(): void {
    this._take(this._definitions);
    this._emit();
  }

  private async _read(): Promise<void> {
    try {
      const { archives, problems } = await this._store.archives();
      this._take(archives);
      this._problems = problems;
      this._error = null;
      this._ready.resolve();
    } catch (reason) {
      this._error = asProtocolError(reason);
    }
  }

  private _take(definitions: readonly IArchiveDefinition[]): void {
    this._definitions = [...definitions].sort(
      (a, b) => a.rank - b.rank || a.name.localeCompare(b.name)
    );
    const made = this._definitions.map(definition => this._maker.create(definition));
    this._archives = withResolvers(made);
  }

  private _emit(): void {
    if (!this._isDisposed) {
      this._changed.emit();
    }
  }

  private _definitions: IArchiveDefinition[] = [];
  private _archives: readonly IArchive[] = [];
  private _error: ProtocolError | null = null;
  private _problems: readonly string[] = [];
  private _handshake: Handshake | null = null;
  private readonly _ready = new PromiseDelegate<void>();
  private _isDisposed = false;
  private readonly _changed = new Signal<this, void>(this);
}
