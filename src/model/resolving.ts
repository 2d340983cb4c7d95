import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import type { IArchive } from '../archives/archive.js';
import { asProtocolError, isAbort, type ProtocolError } from '../protocol/errors.js';
import type { IFormProblem, IResolvedTarget } from '../protocol/form.js';

/** Where a name is. */
export type Resolution =
  | { readonly state: 'asking'; readonly name: string }
  | { readonly state: 'found'; readonly target: IResolvedTarget }
  /** Several things have that name; the user is to choose. */
  | {
      readonly state: 'several';
      readonly name: string;
      readonly matches: readonly IResolvedTarget[];
    }
  | { readonly state: 'none'; readonly name: string; readonly asked: string }
  | { readonly state: 'failed'; readonly name: string; readonly error: ProtocolError };

/** Positions that are this close are the same thing under two providers, degrees. */
const SAME = 1 / 3600;

/**
 * Positions of target names, asked for once a page.
 *
 * Who is asked depends on the archive: the sandbox knows its own targets without a network.
 */
export class TargetNames implements IDisposable {
  /** Emitted when a name was asked for, found, or chosen. */
  get changed(): ISignal<this, void> {
    return this._changed;
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

  /** What is known of a name; null where nobody was asked. Asks nobody. */
  get(archive: IArchive, name: string): Resolution | null {
    const key = keyOf(archive, name);
    if (this._asking?.key === key) {
      return { state: 'asking', name };
    }
    const chosen = this._chosen.get(key);
    return chosen ? { state: 'found', target: chosen } : (this._known.get(key) ?? null);
  }

  /** The positions known for an archive, by the name as typed. */
  resolved(
    archive: IArchive,
    name: string | null
  ): ReadonlyMap<string, IResolvedTarget> {
    const known = name === null ? null : this.get(archive, name);
    return new Map(
      known?.state === 'found' && name !== null ? [[name, known.target]] : []
    );
  }

  /** Of several things with that name, the one that is meant. */
  choose(archive: IArchive, target: IResolvedTarget): void {
    this._chosen.set(keyOf(archive, target.name), target);
    this._changed.emit();
  }

  /** True while a name is asked for. */
  get isAsking(): boolean {
    return this._asking !== null;
  }

  /** Stop asking. */
  cancel(): void {
    this._asking?.abort.abort();
  }

  /**
   * Ask for a name, unless that was answered before. Never throws; what went wrong is in
   * the state, and is asked anew the next time.
   *
   * @returns what is known of the name then; null where the archive has no resolver, or
   * asking was stopped
   */
  async ask(archive: IArchive, name: string): Promise<Resolution | null> {
    const known = this.get(archive, name);
    if (known && known.state !== 'failed' && known.state !== 'asking') {
      return known;
    }
    const key = keyOf(archive, name);
    if (this._asking?.key !== key) {
      this._asking?.abort.abort();
      const abort = new AbortController();
      const done = this._resolve(archive, name, abort);
      this._asking = { key, abort, done };
      this._changed.emit();
    }
    await this._asking?.done;
    return this.get(archive, name);
  }

  private async _resolve(
    archive: IArchive,
    name: string,
    abort: AbortController
  ): Promise<void> {
    const answer = await resolution(archive, name, abort.signal);
    if (answer) {
      this._known.set(keyOf(archive, name), answer);
    }
    if (this._asking?.abort === abort) {
      this._asking = null;
    }
    this._changed.emit();
  }

  private _asking: {
    readonly key: string;
    readonly abort: AbortController;
    readonly done: Promise<void>;
  } | null = null;
  private readonly _known = new Map<string, Resolution>();
  private readonly _chosen = new Map<string, IResolvedTarget>();
  private _isDisposed = false;
  private readonly _changed = new Signal<this, void>(this);
}

/** What stands in the way of searching at a name; null where nothing does (yet). */
export function nameProblem(resolution: Resolution | null): IFormProblem | null {
  switch (resolution?.state) {
    case 'none': {
      const name = `\u2018${resolution.name}\u2019`;
      const message = `No resolver knows ${name}. Type a position instead.`;
      return { field: 'position', message };
    }
    case 'failed':
      return { field: 'position', message: resolution.error.message };
    case 'several': {
      const message = `Several things are called \u2018${resolution.name}\u2019. Choose one.`;
      return { field: 'position', message };
    }
    default:
      return null;
  }
}

/** What a resolver says of a name; null where nobody was asked to the end. */
async function resolution(
  { resolve: resolver }: IArchive,
  name: string,
  signal: AbortSignal
): Promise<Resolution | null> {
  if (!resolver) {
    return null;
  }
  try {
    const matches = different(await resolver.resolve(name, signal));
    switch (matches.length) {
      case 0:
        return { state: 'none', name, asked: resolver.title };
      case 1:
        return { state: 'found', target: matches[0] };
      default:
        return { state: 'several', name, matches };
    }
  } catch (reason) {
    return signal.aborted || isAbort(reason)
      ? null
      : { state: 'failed', name, error: asProtocolError(reason) };
  }
}

/** Providers agree to within an arcsecond on what they both know. */
function different(matches: readonly IResolvedTarget[]): readonly IResolvedTarget[] {
  return matches.filter(
    (match, index) => !matches.slice(0, index).some(other => isSame(match, other))
  );
}

function isSame(one: IResolvedTarget, other: IResolvedTarget): boolean {
  const turn = Math.abs(one.ra - other.ra) % 360;
  const across = Math.min(turn, 360 - turn) * Math.cos((one.dec * Math.PI) / 180);
  return Math.abs(one.dec - other.dec) <= SAME && across <= SAME;
}

/** Upper and lower case are the same to resolvers; blanks at the ends are nobody's. */
function keyOf({ definition }: IArchive, name: string): string {
  return `${definition.id}\n${name.trim().toLowerCase()}`;
}
