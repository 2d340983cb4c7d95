import type { TranslationBundle } from '@jupyterlab/translation';
import { type ISignal, Signal } from '@lumino/signaling';

import { ProtocolError } from '../../protocol/errors.js';

/** What there is at an address. */
export interface IArchiveFinding {
  /** What the service calls itself. */
  readonly title?: string;
  /** Number of tables. */
  readonly tables: number;
  readonly obscore: boolean;
  /** Query languages, such as `ADQL-2.0`. */
  readonly languages: readonly string[];
  /** Ways to sign in, in words. */
  readonly signIn: readonly string[];
}

/** An archive to be added. */
export interface INewArchive {
  readonly name: string;
  /** TAP base URL. */
  readonly url: string;
}

/** What the dialog asks others to do; message and hint of a rejection are shown at the address. */
export interface IAddArchiveCallbacks {
  /** Ask the service what it is. */
  check(url: string): Promise<IArchiveFinding>;
  /** Add it for good. */
  add(archive: INewArchive): Promise<void>;
}

/** Which of the callbacks is being waited for. */
type Waiting = keyof IAddArchiveCallbacks | null;

/** What the dialog “Add archive” holds while it is open. */
export class AddArchiveState {
  constructor(
    private readonly _callbacks: IAddArchiveCallbacks,
    private readonly _trans: TranslationBundle
  ) {}

  /** Emitted when anything below changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  url = '';
  name = '';
  /** What is wrong with a field, in one sentence. */
  problems: Readonly<Partial<Record<keyof INewArchive, string>>> = {};
  /** What the last check found; null before. */
  finding: IArchiveFinding | null = null;
  waiting: Waiting = null;

  /** The user typed; what was found or wrong at another address no longer counts. */
  type(fields: Partial<INewArchive>): void {
    if (fields.url !== undefined) {
      this._asked += 1;
      this._set({ finding: null, waiting: null });
    }
    const rest = Object.entries(this.problems).filter(([name]) => !(name in fields));
    this._set({ ...fields, problems: Object.fromEntries(rest) });
  }

  /** Ask the service what it is, and propose its name where none was typed. */
  async check(): Promise<void> {
    const url = this.url.trim();
    const problem = this._urlProblem(url);
    if (problem) {
      this._set({ problems: { url: problem } });
      return;
    }
    await this._ask('check', async isLatest => {
      const finding = await this._callbacks.check(url);
      if (isLatest()) {
        this._set({ finding, name: this.name || (finding.title ?? '') });
      }
    });
  }

  /** Add the archive; resolves to false, with the problems shown, when that failed. */
  async add(): Promise<boolean> {
    const archive = { name: this.name.trim(), url: this.url.trim() };
    const url = this._urlProblem(archive.url);
    const name = archive.name ? undefined : this._trans.__('Give the archive a name.');
    if (url !== undefined || name !== undefined) {
      this._set({ problems: { ...(url && { url }), ...(name && { name }) } });
      return false;
    }
    return this._ask('add', () => this._callbacks.add(archive));
  }

  /** Wait for a callback; resolves to false when it was rejected. */
  private async _ask(
    waiting: Waiting,
    ask: (isLatest: () => boolean) => Promise<void>
  ): Promise<boolean> {
    const asked = (this._asked += 1);
    const isLatest = () => this._asked === asked;
    this._set({ waiting, problems: {} });
    try {
      await ask(isLatest);
      return isLatest();
    } catch (reason) {
      if (isLatest()) {
        this._set({ problems: { url: inWords(reason) } });
      }
      return false;
    } finally {
      if (isLatest()) {
        this._set({ waiting: null });
      }
    }
  }

  private _urlProblem(text: string): string | undefined {
    if (text === '') {
      return this._trans.__('Type the address of a TAP service.');
    }
    const url = URL.canParse(text) ? new URL(text) : null;
    return url && ['http:', 'https:'].includes(url.protocol)
      ? undefined
      : this._trans.__('The address must begin with http:// or https://.');
  }

  private _set(
    values: Partial<
      Pick<AddArchiveState, 'url' | 'name' | 'problems' | 'finding' | 'waiting'>
    >
  ): void {
    Object.assign(this, values);
    this._changed.emit();
  }

  /** Counts the questions, so that a late answer to an old one is dropped. */
  private _asked = 0;
  private readonly _changed = new Signal<this, void>(this);
}

/** What happened and what to do. */
function inWords(reason: unknown): string {
  if (reason instanceof ProtocolError) {
    return [reason.message, reason.details.hint].filter(Boolean).join(' ');
  }
  return reason instanceof Error ? reason.message : String(reason);
}
