import type { TranslationBundle } from '@jupyterlab/translation';
import { type ISignal, Signal } from '@lumino/signaling';

import type { INewArchive, INewSignIn } from '../../archives/archive.js';
import { ProtocolError } from '../../protocol/errors.js';

/** What there is at an address. */
export interface IArchiveFinding {
  /** What the service calls itself. */
  readonly title?: string;
  /** What it has, in one or two sentences. */
  readonly has: string;
  /** Ways to sign in, in words; empty where it names none. */
  readonly signIn: readonly string[];
  /** True where nothing is answered without an account. */
  readonly needsAccount: boolean;
  /** The way that Obsdeck would take; null where there is none that it knows. */
  readonly proposal: INewSignIn | null;
}

/** What a service can be. */
export type ServiceKind = NonNullable<INewArchive['kind']>;

/** Where a check looks, and for what. */
export type Address = Required<Pick<INewArchive, 'url' | 'kind'>>;

/** What the dialog asks others to do; message and hint of a rejection are shown at the address. */
export interface IArchiveCallbacks {
  /** Ask the service what it is. */
  check(address: Address): Promise<IArchiveFinding>;
  /** Store it for good. */
  store(archive: INewArchive): Promise<void>;
}

/** A field that can be wrong. */
export type ArchiveField = 'url' | 'name' | 'signIn' | 'header';

/** Which of the callbacks is being waited for. */
type Waiting = keyof IArchiveCallbacks | null;

/** Kinds of sign-in that a service of the user's own can have; `ivoa-bearer` only where found. */
export const WAYS: Readonly<Record<ServiceKind, readonly INewSignIn['kind'][]>> = {
  ivoa: ['none', 'basic', 'bearer', 'api-key'],
  pyobs: ['drf-token', 'none']
};

/** Header that most services take their keys from. */
const USUAL_HEADER = 'X-API-Key';

/** Token of RFC 9110 §5.6.2, as far as headers for keys go. */
const HEADER = /^[A-Za-z0-9-]+$/;

/** What the dialog “Add archive”, or “Edit archive”, holds while it is open. */
export class ArchiveState {
  /**
   * @param known - the archive that is changed; none where one is added
   */
  constructor(
    private readonly _callbacks: IArchiveCallbacks,
    private readonly _trans: TranslationBundle,
    readonly known: INewArchive | null = null
  ) {
    this.url = known?.url ?? '';
    this.name = known?.name ?? '';
    this.kind = known?.kind ?? 'ivoa';
    this.signIn = known?.signIn ?? { kind: WAYS[this.kind][0] };
    this.header = this.signIn.header ?? USUAL_HEADER;
  }

  /** Emitted when anything below changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  url: string;
  name: string;
  kind: ServiceKind;
  signIn: INewSignIn;
  /** Header that carries an API key. */
  header: string;
  /** What is wrong with a field, in one sentence. */
  problems: Readonly<Partial<Record<ArchiveField, string>>> = {};
  /** What the last check found; null before. */
  finding: IArchiveFinding | null = null;
  waiting: Waiting = null;

  /** Ways to sign in that are offered, the way that was found among them. */
  get ways(): readonly INewSignIn[] {
    const { tokenUrl } = this.finding?.proposal ?? this.known?.signIn ?? {};
    const usual = WAYS[this.kind].map(kind => ({ kind }));
    const found: INewSignIn[] = tokenUrl ? [{ kind: 'ivoa-bearer', tokenUrl }] : [];
    return [...usual, ...found];
  }

  /** Exact host that sees what is typed to sign in; null while the address is none. */
  get host(): string | null {
    const url = this.signIn.tokenUrl ?? this.url.trim();
    return URL.canParse(url) ? new URL(url).host : null;
  }

  /** The user typed; what was found or wrong at another address no longer counts. */
  type(fields: Partial<Pick<ArchiveState, 'url' | 'name' | 'header'>>): void {
    if (fields.url !== undefined) {
      this._forget();
    }
    this._set({ ...fields, problems: without(this.problems, Object.keys(fields)) });
  }

  /** The user chose what kind of service it is. */
  choose(kind: ServiceKind): void {
    this._forget();
    this._set({ kind, signIn: { kind: WAYS[kind][0] }, problems: {} });
  }

  /** The user chose how to sign in. */
  signInWith(kind: INewSignIn['kind']): void {
    const signIn = this.ways.find(way => way.kind === kind) ?? { kind };
    this._set({ signIn, problems: without(this.problems, ['signIn', 'header']) });
  }

  /** Ask the service what it is; propose its name where none was typed, and its sign-in. */
  async check(): Promise<void> {
    const url = this.url.trim();
    const problem = this._urlProblem(url);
    if (problem) {
      this._set({ problems: { url: problem } });
      return;
    }
    await this._ask('check', async isLatest => {
      const finding = await this._callbacks.check({ url, kind: this.kind });
      if (isLatest()) {
        const name = this.name || (finding.title ?? '');
        const signIn = finding.proposal ?? this.signIn;
        this._set({ finding, name, signIn });
      }
    });
  }

  /** Store the archive; resolves to false, with the problems shown, when that failed. */
  async store(): Promise<boolean> {
    const name = this.name.trim();
    const url = this.url.trim();
    const problems = this._problems(url, name);
    if (Object.keys(problems).length > 0) {
      this._set({ problems });
      return false;
    }
    const signIn =
      this.signIn.kind === 'api-key'
        ? { ...this.signIn, header: this.header.trim() }
        : this.signIn;
    const archive = { name, url, kind: this.kind, signIn };
    return this._ask('store', () => this._callbacks.store(archive));
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

  private _problems(url: string, name: string): ArchiveState['problems'] {
    const trans = this._trans;
    const { kind } = this.signIn;
    const found: [ArchiveField, string | undefined][] = [
      ['url', this._urlProblem(url)],
      ['name', name ? undefined : trans.__('Give the archive a name.')],
      [
        'signIn',
        kind !== 'none' && url.startsWith('http:')
          ? trans.__('An account needs an address that begins with https://.')
          : undefined
      ],
      [
        'header',
        kind === 'api-key' && !HEADER.test(this.header.trim())
          ? trans.__('A header’s name has letters, digits and hyphens only.')
          : undefined
      ]
    ];
    return Object.fromEntries(found.filter(([, problem]) => problem !== undefined));
  }

  private _urlProblem(text: string): string | undefined {
    if (text === '') {
      return this.kind === 'pyobs'
        ? this._trans.__('Type the address of a pyobs-archive.')
        : this._trans.__('Type the address of a TAP service.');
    }
    const url = URL.canParse(text) ? new URL(text) : null;
    return url && ['http:', 'https:'].includes(url.protocol)
      ? undefined
      : this._trans.__('The address must begin with http:// or https://.');
  }

  /** What was found elsewhere no longer counts, nor a way to sign in that it offered. */
  private _forget(): void {
    this._asked += 1;
    const { kind } = this.signIn;
    const signIn = kind === 'ivoa-bearer' ? { kind: WAYS[this.kind][0] } : this.signIn;
    this._set({ finding: null, waiting: null, signIn });
  }

  private _set(values: Partial<ArchiveState>): void {
    Object.assign(this, values);
    this._changed.emit();
  }

  /** Counts the questions, so that a late answer to an old one is dropped. */
  private _asked = 0;
  private readonly _changed = new Signal<this, void>(this);
}

function without(
  problems: ArchiveState['problems'],
  fields: readonly string[]
): ArchiveState['problems'] {
  return Object.fromEntries(
    Object.entries(problems).filter(([name]) => !fields.includes(name))
  );
}

/** What happened and what to do. */
function inWords(reason: unknown): string {
  if (reason instanceof ProtocolError) {
    return [reason.message, reason.details.hint].filter(Boolean).join(' ');
  }
  return reason instanceof Error ? reason.message : String(reason);
}
