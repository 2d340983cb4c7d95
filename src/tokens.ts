import { Token } from '@lumino/coreutils';
import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';

import type {
  IAccount,
  IAccountList,
  ICredentialPlace,
  ISignInRequest
} from './archives/account.js';
import type {
  ArchiveFactory,
  IArchive,
  INewArchive,
  INewSignIn
} from './archives/archive.js';
import type { Handshake } from './model/handshake.js';
import type { IDownloadQueue as IDownloadQueueInterface } from './model/downloads/types.js';
import type { IQueryJobs as IQueryJobsInterface } from './model/jobs/types.js';
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
   * Add one of the user's own by its address.
   *
   * @throws ProtocolError `rejected` when the server half refuses it, with its reason
   */
  add(archive: INewArchive): Promise<IArchive>;
  /** Change how one signs in to one of the user's own; what was stored for it is forgotten. */
  change(id: string, signIn: INewSignIn): Promise<IArchive>;
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

/**
 * The accounts of the person at this page. Never holds a secret: what was typed goes to the
 * server half, which tells who one is, with what rights, for how long.
 */
export interface IAccounts {
  /** One per archive, in the order of the archives. */
  readonly accounts: readonly IAccount[];
  /** What holds for all accounts; null before they were read once. */
  readonly list: IAccountList | null;
  /** Why they could not be read the last time; null when they could. */
  readonly error: ProtocolError | null;
  /** Emitted when any of the above changed, and when an account runs out. */
  readonly changed: ISignal<unknown, void>;
  /** Emitted once when a sign-in ran out while something needed it, with the archive's id. */
  readonly ranOut: ISignal<unknown, string>;
  /** Resolves once the accounts were read for the first time. */
  readonly ready: Promise<void>;
  /** The server's time, Unix time in seconds. */
  now(): number;
  /** The account in use that ends first, of those that end within these minutes. */
  endsNext(withinMinutes?: number): IAccount | null;
  /** Call back whenever a time left, told to the minute (below 2 min, the second), changes. */
  watch(tick: () => void): IDisposable;
  get(archive: string): IAccount | undefined;
  /** Read the accounts again, found ones included; asks no archive. Never throws. */
  refresh(): Promise<void>;
  /** Sign in with what was typed. @throws ProtocolError, `not-signed-in` when it was not accepted */
  signIn(archive: string, request: ISignInRequest, signal?: AbortSignal): Promise<void>;
  /** Take the credential that was found (`IAccount.found`). */
  use(archive: string, place: ICredentialPlace): Promise<void>;
  /** Ask the archive whether it accepts the credential. */
  check(archive: string): Promise<void>;
  /** Renew without asking the user; `false` where only a new sign-in helps. */
  renew(archive: string): Promise<boolean>;
  signOut(archive: string): Promise<void>;
  /**
   * Do something in the user's name. When the sign-in runs out, all that waits on the
   * archive is told by one `ranOut`, and is done again after the next sign-in.
   *
   * @throws what `work` throws for other reasons; `cancelled` by `signal`
   */
  asMe<T>(archive: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Ids of the archives whose sign-in ran out while something waits for it. */
  readonly waiting: readonly string[];
  /** What waits for a sign-in ends with the error it waits for. */
  giveUp(archive: string): void;
}

/** The accounts of the person at this page. */
export const IAccounts = new Token<IAccounts>(
  'obsdeck:IAccounts',
  'Who one is at each archive, with what rights and for how long; signs in and out.'
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
  /**
   * Open a request in the ADQL editor without running it.
   *
   * @param here - in the tab used last, also where a search would not go to it
   */
  edit(request: IQueryRequest, here?: boolean): Promise<void>;
  /** Add a button to the toolbar of every Results tab. */
  addAction(action: IResultAction): IDisposable;
}

/** What the user looks at. */
export const IObsSelection = new Token<IObsSelection>(
  'obsdeck:IObsSelection',
  'The Results tab used last with its query and chosen rows; takes further actions on rows.'
);

/** Queries that run at the archives by themselves, for as long as they take. */
export type IQueryJobs = IQueryJobsInterface;

/** Queries that run at the archives by themselves. */
export const IQueryJobs = new Token<IQueryJobs>(
  'obsdeck:IQueryJobs',
  'The queries that run as jobs at the archives: starts, follows, stops and removes them.'
);

/** The download queue on the Jupyter server. */
export type IDownloadQueue = IDownloadQueueInterface;

/** The download queue on the Jupyter server. */
export const IDownloadQueue = new Token<IDownloadQueue>(
  'obsdeck:IDownloadQueue',
  'The files that the Jupyter server fetches: adds, stops, reorders and removes them.'
);
