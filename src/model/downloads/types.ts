import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';

import type { ProtocolError } from '../../protocol/errors.js';

/** How files are laid out below the folder. */
export type DownloadLayout = 'flat' | 'observation' | 'category';

/** Where a fresh address comes from when this one is signed and old, or to be named in a manifest. */
export interface IDownloadSource {
  /** Address of the {links} document, without a signature. */
  readonly links: string;
  /** `ID` that was asked for. */
  readonly id: string;
  /** Which of its rows: all that is given must fit. */
  readonly semantics: string;
  readonly description?: string;
}

/** A file to fetch. */
export interface IDownloadRequest {
  /** Id of the archive on whose behalf. */
  readonly archive: string;
  /** Absolute http or https address; sent byte for byte. */
  readonly url: string;
  /** In the user's name, where the address may see the credential; anonymous unless told. */
  readonly as?: 'me';
  /** A name proposed for it; that of `Content-Disposition` wins. */
  readonly name?: string;
  /** Bytes, as the archive said. */
  readonly size?: number;
  readonly contentType?: string;
  /** `obs_publisher_did`, `dp_id` …: the folder of layout “by observation”. */
  readonly observation?: string;
  /** `eso_category`, semantics …: the folder of layout “by category”. */
  readonly category?: string;
  readonly source?: IDownloadSource;
  /** What the manifest tells of where it was found. */
  readonly found?: { readonly service: string; readonly query: string };
  /** Checksum that the archive published: algorithm as in `Repr-Digest`, hexadecimal. */
  readonly digest?: {
    readonly algorithm: 'md5' | 'sha-256' | 'sha-512';
    readonly value: string;
  };
}

/** Where and when. */
export interface IDownloadPlan {
  /** Folder in the Jupyter root, with slashes; made where it is missing. */
  readonly folder: string;
  readonly layout: DownloadLayout;
  /** False: they wait for “Start downloads”. */
  readonly start: boolean;
}

/** What a plan would do. */
export interface IDownloadCheck {
  /** Folder as it will be used. */
  readonly folder: string;
  readonly files: number;
  /** Bytes wanted, of files whose size is known. */
  readonly bytes: number;
  /** Files whose size nobody gave. */
  readonly unsized: number;
  /** Bytes free in the folder. */
  readonly free: number;
  /** Urls of requests whose file is there already. */
  readonly here: readonly string[];
}

/**
 * State of a file. `held`: waits for “Start downloads”; `sign-in`: waits for one; `retrying`:
 * waits until `retryAt`.
 */
export type DownloadState =
  | 'held'
  | 'waiting'
  | 'running'
  | 'retrying'
  | 'paused'
  | 'sign-in'
  | 'failed'
  | 'done';

/** A file of the queue. Addresses shown here have no signature. */
export interface IDownload {
  readonly id: string;
  /** Id of the archive. */
  readonly archive: string;
  readonly name: string;
  readonly state: DownloadState;
  /** Path in the Jupyter root: where it is once done, where it will be before. */
  readonly path: string;
  /** Bytes on disk. */
  readonly received: number;
  /** Bytes in all; null when unknown. */
  readonly total: number | null;
  /** Bytes per second over the last seconds; null while unknown. */
  readonly rate: number | null;
  /** Milliseconds since 1970. */
  readonly retryAt: number | null;
  /** `kind` of the error of a failed one. */
  readonly kind: string | null;
  /** What happened and what to do, one sentence; empty where nothing is to be said. */
  readonly message: string;
  /** checked: fits the published checksum; saved: none was published; here: was there already. */
  readonly end: 'checked' | 'saved' | 'here' | null;
  readonly category: string | null;
  readonly observation: string | null;
  /** `dp_id`, `obs_publisher_did` … it was asked by; null for a plain address. */
  readonly sourceId: string | null;
  /** Address without anything secret. */
  readonly address: string;
  /** One sentence once: “Went on after a restart, 21:04 UTC.” */
  readonly note: string;
}

/** A file that may be on disk already. */
export interface IWantedFile {
  /** Id of the archive. */
  readonly archive: string;
  /** What the archive calls it: `obs_publisher_did`, `dp_id` … */
  readonly id?: string;
  readonly url: string;
  readonly name?: string;
}

/** A file of those asked about that is on disk. */
export interface IFileHere {
  /** Place among the files that were asked about. */
  readonly index: number;
  /** In the Jupyter root. */
  readonly path: string;
}

/** The queue as a whole. */
export interface IDownloadTotals {
  readonly files: number;
  readonly done: number;
  readonly failed: number;
  /** Bytes of all that are not cancelled, as far as known. */
  readonly bytes: number;
  readonly received: number;
  readonly rate: number | null;
  /** Seconds left; null while unknown. */
  readonly left: number | null;
  readonly isPaused: boolean;
  readonly folder: string;
  readonly free: number;
}

/** The download queue on the Jupyter server (token `obsdeck:IDownloadQueue`). */
export interface IDownloadQueue {
  /** In the order of the queue. */
  readonly items: readonly IDownload[];
  readonly totals: IDownloadTotals;
  /** Why the queue cannot be read now; null where it can. */
  readonly error: ProtocolError | null;
  /** Emitted when any of the above changed, at most some times a second. */
  readonly changed: ISignal<unknown, void>;
  /** Resolves once the queue was read for the first time. */
  readonly ready: Promise<void>;
  /** Folder and layout proposed: the last ones, or those of the settings. */
  readonly defaults: Pick<IDownloadPlan, 'folder' | 'layout'>;
  /** What a plan would do; changes nothing. */
  check(
    requests: readonly IDownloadRequest[],
    plan: IDownloadPlan
  ): Promise<IDownloadCheck>;
  /** Adds files; answers their ids in order. The same file twice in one folder is one. */
  add(
    requests: readonly IDownloadRequest[],
    plan: IDownloadPlan
  ): Promise<readonly string[]>;
  /** Resolves with the file once it is done; rejects with its error once it failed or was cancelled. */
  finished(id: string, signal?: AbortSignal): Promise<IDownload>;
  /** Of these files, or of all. */
  start(ids?: readonly string[]): Promise<void>;
  pause(ids?: readonly string[]): Promise<void>;
  resume(ids?: readonly string[]): Promise<void>;
  /** Removes them, and what came of them; finished files stay on disk. */
  cancel(ids: readonly string[]): Promise<void>;
  /** Also those that wait for a sign-in. */
  retry(ids?: readonly string[]): Promise<void>;
  /** Before another one; at the end where none is named. */
  move(id: string, before: string | null): Promise<void>;
  /** Forgets the finished ones. */
  clear(): Promise<void>;
  /** A script that fetches files with curl, or all; no secret, no signed address in it. */
  script(ids?: readonly string[]): Promise<string>;
  /** Adds what a manifest names and its folder lacks; answers ids. */
  fetchManifest(path: string): Promise<readonly string[]>;
  /** Which of these files are on disk; asks the Jupyter server, and no archive. */
  here(files: readonly IWantedFile[]): Promise<readonly IFileHere[]>;
  /** Somebody looks at the queue, until this is disposed. */
  watch(): IDisposable;
}
