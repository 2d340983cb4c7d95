import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import type { IArchive } from '../archives/archive.js';
import { asProtocolError, ProtocolError } from '../protocol/errors.js';
import type { ITarget } from '../protocol/form.js';
import {
  type ITargetLine,
  type ITargetLines,
  readTargets
} from '../protocol/targets.js';

/** Names that are looked up at the same time: resolvers are shared by everybody. */
const LANES = 3;

/** Names that are looked up for one list; longer lists belong to a catalogue service. */
const MOST_NAMES = 500;

/** Names in a row that a resolver may fail at; after that it is not asked for the others. */
const MOST_FAILURES = 3;

/** Targets of one list, so that a page can hold and send them. */
const MOST_TARGETS = 100_000;

/** A list of targets, from a text to positions. */
export class TargetList implements IDisposable {
  /**
   * @param _archive - whose resolver is asked for names
   */
  constructor(private readonly _archive: IArchive) {}

  /** Emitted when anything below changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** The text, as pasted, typed or read from a file. */
  get text(): string {
    return this._text;
  }

  /** Read another text. */
  read(text: string): void {
    this._text = text;
    this._lines = readTargets(text);
    this._missing = [];
    this._error = null;
    this.cancel();
  }

  /** What was read of the text. */
  get lines(): ITargetLines {
    return this._lines;
  }

  /** Lines whose name nobody knows, as of the last {@link resolve}. */
  get unknown(): readonly ITargetLine[] {
    return this._missing.filter(({ name }) => this._known.has(name));
  }

  /** Lines whose name could not be looked up, as of the last {@link resolve}. */
  get unreached(): readonly ITargetLine[] {
    return this._missing.filter(({ name }) => !this._known.has(name));
  }

  /** How many different names without a position the list has. */
  get nameCount(): number {
    return this._names.length;
  }

  /** The targets whose positions are known by now. */
  get found(): readonly ITarget[] {
    return this._lines.targets.flatMap(target => {
      const position = this._positionOf(target);
      return position ? [{ name: target.name, ...position }] : [];
    });
  }

  /** How many names were looked up; null while none are. */
  get progress(): { readonly done: number; readonly of: number } | null {
    return this._progress;
  }

  /** Why the list cannot be used, or names of it were not looked up; null where nothing is wrong. */
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
      Signal.clearData(this);
    }
  }

  /** Look up no more names. */
  cancel(): void {
    this._abort?.abort();
    this._abort = null;
    this._progress = null;
    this._changed.emit();
  }

  /** Say why a list could not be read. */
  fail(reason: unknown): void {
    this._error = asProtocolError(reason);
    this._changed.emit();
  }

  /**
   * The targets with their positions. Names are looked up, each once for the list, but for
   * those that could not be looked up before.
   *
   * @returns null where some are missing, which the user has to see before {@link found} is
   * used: `unknown`, `unreached`, `error`
   */
  async resolve(): Promise<readonly ITarget[] | null> {
    const { targets } = this._lines;
    const names = this._names.filter(name => !this._known.has(name));
    this._error = tooMany(targets.length, names.length);
    if (targets.length === 0 || this._error) {
      this._changed.emit();
      return null;
    }
    if (names.length > 0 && !(await this._lookUp(names))) {
      return null;
    }
    this._missing = targets.filter(target => this._positionOf(target) === null);
    this._changed.emit();
    return this._missing.length === 0 ? this.found : null;
  }

  /** Names without a position, each once. */
  private get _names(): readonly string[] {
    const names = this._lines.targets.filter(target => target.position === null);
    return [...new Set(names.map(target => target.name))];
  }

  private _positionOf({ name, position }: ITargetLine): ITargetLine['position'] {
    return position ?? this._known.get(name) ?? null;
  }

  /** False where it was stopped. */
  private async _lookUp(names: readonly string[]): Promise<boolean> {
    const abort = (this._abort = new AbortController());
    const { signal } = abort;
    const waiting = [...names];
    let failures = 0;
    this._progress = { done: 0, of: names.length };
    this._changed.emit();
    const lane = async (): Promise<void> => {
      while (!signal.aborted && waiting.length > 0 && failures < MOST_FAILURES) {
        failures = (await this._ask(waiting.shift() ?? '', signal)) ? 0 : failures + 1;
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    if (this._abort === abort) {
      this._abort = null;
      this._progress = null;
      this._changed.emit();
    }
    return !signal.aborted;
  }

  /** False where the resolver failed: the other names may be known all the same. */
  private async _ask(name: string, signal: AbortSignal): Promise<boolean> {
    let isAnswered = true;
    try {
      const [best] = (await this._archive.resolve?.resolve(name, signal)) ?? [];
      if (!signal.aborted) {
        this._known.set(name, best ? { ra: best.ra, dec: best.dec } : null);
      }
    } catch (reason) {
      isAnswered = false;
      this._error ??= signal.aborted ? null : asProtocolError(reason);
    }
    if (this._progress && !signal.aborted) {
      this._progress = { ...this._progress, done: this._progress.done + 1 };
      this._changed.emit();
    }
    return isAnswered;
  }

  private _text = '';
  private _lines: ITargetLines = { targets: [], problems: [] };
  private _missing: readonly ITargetLine[] = [];
  private _progress: { readonly done: number; readonly of: number } | null = null;
  private _error: ProtocolError | null = null;
  private _abort: AbortController | null = null;
  /** Positions of names; null for those nobody knows. */
  private readonly _known = new Map<string, ITargetLine['position']>();
  private _isDisposed = false;
  private readonly _changed = new Signal<this, void>(this);
}

function tooMany(targets: number, names: number): ProtocolError | null {
  if (targets > MOST_TARGETS) {
    return new ProtocolError(
      'rejected',
      `The list has ${targets} targets; ${MOST_TARGETS} can be searched at once.`
    );
  }
  return names > MOST_NAMES
    ? new ProtocolError(
        'rejected',
        `The list has ${names} names without a position; ${MOST_NAMES} can be looked up at once.`
      )
    : null;
}
