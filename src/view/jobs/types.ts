import type { IDisposable } from '@lumino/disposable';
import type { ISignal } from '@lumino/signaling';

import type { IJob } from '../../model/jobs/types.js';
import type { ProtocolError } from '../../protocol/errors.js';

/** What the Jobs section reads. */
export interface IJobsSource {
  /** Newest first. */
  readonly jobs: readonly IJob[];
  readonly error: ProtocolError | null;
  /** What the user should know of the kept list, one sentence each. */
  readonly problems: readonly string[];
  /** Emitted when any of the above changed. */
  readonly changed: ISignal<unknown, void>;
  /** Milliseconds since 1970 by a clock that never goes back. */
  now(): number;
  /** Somebody looks. */
  watch(): IDisposable;
  /** The user did something. */
  wake(): void;
}

/** What can be done with a job. */
export type JobAction =
  'start' | 'stop' | 'open' | 'save' | 'again' | 'fetch' | 'remove';

/** What the section asks others to do. */
export interface IJobCallbacks {
  /** Do something with the job of this id. */
  act(action: JobAction, id: string): void;
  /** Read the state of all, and look for jobs started elsewhere. */
  refresh(): void;
  /**
   * Open the menu of the section.
   *
   * @param at - where, in CSS pixels of the window
   * @param opener - gets the focus back
   */
  menu(at: { readonly x: number; readonly y: number }, opener: HTMLElement): void;
}

/** What the section shows beside the jobs themselves. */
export interface IJobsContext {
  /** Name of an archive as the user knows it. */
  nameOf(archive: string): string;
  /** Whether rows can be saved in the workspace. */
  readonly canSave: boolean;
  /** Why nothing can be done now (no server half, no connection); undefined where it can. */
  readonly blocked?: string;
}
