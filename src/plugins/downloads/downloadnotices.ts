import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';

import { DownloadRounds, type IRoundEnd } from '../../model/downloads/round.js';
import type { IDownload } from '../../model/downloads/types.js';
import type { IDownloadQueue } from '../../tokens.js';
import { folderWords } from '../../view/downloads/words.js';
import { formatClock, formatCount } from '../../view/shared/format.js';
import { attempt } from '../attempt.js';

/** What telling needs. */
export interface IDownloadNoticeParts {
  readonly queue: Pick<IDownloadQueue, 'items' | 'totals' | 'changed'>;
  readonly trans: TranslationBundle;
  nameOf(archive: string): string;
  /** When the sign-in at an archive ran out, milliseconds since 1970; null: it did not. */
  ranOut(archive: string): number | null;
  /** True where the user sees the queue. */
  isSeen(): boolean;
  insertPaths: ((files: readonly IDownload[]) => Promise<void>) | null;
  signIn(archive: string): Promise<void>;
  openFolder(): Promise<void>;
  /** Show the queue. */
  show(): void;
}

/** Tells when the queue is done or needs the user: one notification, which is kept true. */
export class DownloadNotices {
  constructor(private readonly _parts: IDownloadNoticeParts) {
    this._rounds = new DownloadRounds(_parts.queue);
    this._rounds.began.connect(() => this._takeBack());
    this._rounds.ended.connect((_, end) => this._tellEnd(end));
    _parts.queue.changed.connect(() => this._onChanged());
  }

  /** Whether anything is told. */
  isOn = true;

  private _onChanged(): void {
    const { items } = this._parts.queue;
    const waiting = new Set(
      items.filter(({ state }) => state === 'sign-in').map(({ archive }) => archive)
    );
    const [fresh] = [...waiting].filter(archive => !this._waiting.has(archive));
    this._waiting = waiting;
    if (fresh !== undefined) {
      this._tellSignIn(fresh);
    }
  }

  private _tellSignIn(archive: string): void {
    const { trans, nameOf, ranOut, signIn } = this._parts;
    const [name, end] = [nameOf(archive), ranOut(archive)];
    const words =
      end === null
        ? trans.__('%1 needs an account for this. Finished files are safe.', name)
        : trans.__(
            'The %1 sign-in ran out at %2. Finished files are safe.',
            name,
            formatClock(end)
          );
    this._tell('warning', words, [
      {
        label: trans.__('Sign in and go on'),
        callback: () => attempt(signIn(archive))
      }
    ]);
  }

  private _tellEnd({ done, failed, signIn }: IRoundEnd): void {
    const { trans, show } = this._parts;
    if (signIn.length > 0) {
      // That one has been told, and is what helps.
      return;
    }
    if (failed.length > 0) {
      const actions = [
        { label: trans.__('Show downloads'), callback: show },
        ...this._fileActions(done)
      ];
      this._tell('warning', this._failedWords(done, failed), actions);
    } else if (done.length > 0) {
      this._tell('success', this._doneWords(done), this._fileActions(done));
    }
  }

  private _doneWords(done: readonly IDownload[]): string {
    const { trans, queue } = this._parts;
    return trans._n(
      '%2 file is in %3.',
      '%2 files are in %3.',
      done.length,
      formatCount(done.length),
      folderWords(queue.totals.folder, trans)
    );
  }

  private _failedWords(
    done: readonly IDownload[],
    failed: readonly IDownload[]
  ): string {
    const { trans } = this._parts;
    const need = trans._n(
      '%2 file needs you: %3',
      '%2 files need you. The first: %3',
      failed.length,
      formatCount(failed.length),
      failed[0].message || failed[0].name
    );
    return done.length > 0 ? `${need} ${this._doneWords(done)}` : need;
  }

  private _fileActions(done: readonly IDownload[]): Notification.IAction[] {
    const { trans, openFolder, insertPaths } = this._parts;
    if (done.length === 0) {
      return [];
    }
    const open = {
      label: trans.__('Open folder'),
      callback: () => attempt(openFolder())
    };
    return insertPaths === null
      ? [open]
      : [
          open,
          {
            label: trans.__('Insert paths as cell'),
            callback: () => attempt(insertPaths(done))
          }
        ];
  }

  private _tell(
    type: 'success' | 'warning',
    message: string,
    actions: Notification.IAction[]
  ): void {
    if (!this.isOn || this._parts.isSeen()) {
      return;
    }
    const options = { autoClose: false as const, actions };
    const id = this._id;
    if (id === null || !Notification.update({ id, type, message, ...options })) {
      this._id = Notification.emit(message, type, options);
    }
  }

  private _takeBack(): void {
    if (this._id !== null) {
      Notification.dismiss(this._id);
      this._id = null;
    }
  }

  private readonly _rounds: DownloadRounds;
  /** Archives whose sign-in files wait for. */
  private _waiting: ReadonlySet<string> = new Set();
  private _id: string | null = null;
}
