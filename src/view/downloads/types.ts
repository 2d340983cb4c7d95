import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';

import type { IDownload, IDownloadTotals } from '../../model/downloads/types.js';
import type { ProtocolError } from '../../protocol/errors.js';

/** What the views of the queue read. */
export interface IDownloadsSource {
  /** In the order of the queue. */
  readonly items: readonly IDownload[];
  readonly totals: IDownloadTotals;
  readonly error: ProtocolError | null;
  /** Emitted when any of the above changed. */
  readonly changed: ISignal<unknown, void>;
  /** Somebody looks. */
  watch(): IDisposable;
}

/** What can be done with a file that is not there yet. */
export type QueueAction = 'pause' | 'resume' | 'retry' | 'cancel' | 'up' | 'down';

/** What can be done with a file, once it is there or with where it came from. */
export type FileAction = 'open' | 'quick-look' | 'insert' | 'show' | 'copy';

/** Something that can be done with a file. */
export type DownloadAction = QueueAction | FileAction;

/** What the views ask others to do. */
export interface IDownloadCallbacks {
  /** Do something with files of these ids, in the order of the queue. */
  act(action: DownloadAction, ids: readonly string[]): void;
  /** Let the files that were added without starting begin. */
  start(): void;
  pauseAll(): void;
  resumeAll(): void;
  /** Try all again that failed. */
  retryAll(): void;
  /** Ask for the sign-in that files of an archive wait for, and go on after it. */
  signIn(archive: string): void;
  /** Show the queue as a tab. */
  openTab(): void;
  /** Show the folder where files go. */
  openFolder(folder: string): void;
  saveScript(): void;
  fetchManifest(): void;
  /** Ask for a list of addresses to fetch. */
  addAddresses(): void;
  /** Put a text on the clipboard. */
  copy(text: string): void;
  /**
   * Open the menu of the section.
   *
   * @param at - where, in CSS pixels of the window
   * @param opener - gets the focus back
   */
  menu(at: { readonly x: number; readonly y: number }, opener: HTMLElement): void;
}

/** What the views show beside the queue itself. */
export interface IDownloadsContext {
  /** Name of an archive as the user knows it. */
  nameOf(archive: string): string;
  /** When the sign-in at an archive ran out, milliseconds since 1970; null: it did not. */
  ranOut(archive: string): number | null;
  /** Whether there is something to do this with. */
  offers(action: FileAction): boolean;
  /** Why nothing can be done now (no server half, no connection); undefined where it can. */
  readonly blocked?: string;
}
