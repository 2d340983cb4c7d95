import { Token } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';

import type { ArchiveFactory, IArchive } from './archives/archive.js';
import type { Handshake } from './model/handshake.js';
import type { IQueryRequest, QueryModel } from './model/query.js';
import type { ProtocolError } from './protocol/errors.js';
import type { ITransport as ITransportInterface } from './protocol/transport.js';
import type { IResultAction } from './view/results/types.js';

/**
 * The public contract of Obsdeck: what other JupyterLab extensions can ask for and provide.
 */

/** The way to the archives' services. */
export type ITransport = ITransportInterface;

/** Everything that crosses the network goes through this one. */
export const ITransport = new Token<ITransport>(
  'obsdeck:ITransport',
  'Sends requests to the services of archives, through the Jupyter server or directly.'
);

/** The archives that are known, and a place to teach Obsdeck another kind. */
export interface IArchiveRegistry {
  /** In the order of their rank, then by name. */
  readonly archives: readonly IArchive[];
  /** How page and server half fit together; null before the first `refresh`. */
  readonly handshake: Handshake | null;
  /** Why the list could not be read the last time; null when it could. */
  readonly error: ProtocolError | null;
  /** Emitted when any of the above changed. */
  readonly changed: ISignal<unknown, void>;
  /** Resolves once the list was read for the first time. */
  readonly ready: Promise<void>;
  /** The archive of this id. */
  get(id: string): IArchive | undefined;
  /** Read the list again; never throws. */
  refresh(): Promise<void>;
  /**
   * Add one of the user's own by its TAP base URL.
   *
   * @throws ProtocolError `rejected` when the server half refuses it, with its reason
   */
  add(archive: { name: string; url: string }): Promise<IArchive>;
  /** Remove one of the user's own. */
  remove(id: string): Promise<void>;
  /**
   * Teach a kind of archive: `factory` makes its capabilities. The last one registered for
   * a kind wins; disposing brings the one before it back.
   */
  addKind(kind: string, factory: ArchiveFactory): IDisposable;
}

/** The archives that are known. */
export const IArchiveRegistry = new Token<IArchiveRegistry>(
  'obsdeck:IArchiveRegistry',
  'The archives that are known, with their capabilities; takes further kinds of archives.'
);

/** What the user looks at: the Results tab used last, and the rows chosen in it. */
export interface IObsSelection {
  /** Query and rows of the tab; null before the first search. */
  readonly query: QueryModel | null;
  /**
   * Rows selected in the grid, ascending, counted from 0 in the order of arrival however
   * they are sorted. Selected rows that a filter hides are not among them.
   */
  readonly selectedRows: readonly number[];
  /** Row with the focus; null when none has it. */
  readonly focusedRow: number | null;
  /** Emitted when any of the above changed. */
  readonly changed: ISignal<unknown, void>;
  /** Run a request in the Results tab used last, or a new one; resolves when it has ended. */
  open(request: IQueryRequest): Promise<void>;
  /** Open a request there in the ADQL editor without running it. */
  edit(request: IQueryRequest): Promise<void>;
  /** Add a button to the toolbar of every Results tab. */
  addAction(action: IResultAction): IDisposable;
}

/** What the user looks at. */
export const IObsSelection = new Token<IObsSelection>(
  'obsdeck:IObsSelection',
  'The Results tab used last with its query and chosen rows; takes further actions on rows.'
);
