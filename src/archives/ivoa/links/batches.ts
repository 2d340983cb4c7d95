import type { ILink, ILinks } from '../../../protocol/datalink/index.js';
import type { ProtocolError } from '../../../protocol/errors.js';

/** A document that is wanted. */
export interface IWanted {
  /** Place among the sources. */
  readonly index: number;
  readonly id: string;
  /** Address that asks for it alone. */
  readonly url: string;
}

/** Ids of the first request to a service, and the most of any. */
const FIRST = 20;
const MOST = 500;

/** Milliseconds: an answer that took longer is not asked to be larger. */
const QUICK = 3000;

/** Failures in a row after which a service is asked no more. */
const PATIENCE = 3;

/** Requests to one service at a time: by POST, and one by one. */
const LANES = { post: 2, get: 4 };

/** How many ids a service takes at once, as learned from its answers. */
export class ServiceHabit {
  /** Ids of the next request; 1: one by one, by GET. */
  get size(): number {
    return this._takesPost ? this._size : 1;
  }

  /** Requests that may be under way at once. */
  get lanes(): number {
    return this.size > 1 ? LANES.post : LANES.get;
  }

  /** Whether several at once have ever worked. */
  get isProven(): boolean {
    return this._isProven;
  }

  /** An answer that was whole. */
  worked(count: number, milliseconds: number): void {
    this._isProven ||= count > 1;
    if (count >= this._size && milliseconds < QUICK) {
      this._size = Math.min(this._size * 2, this._most);
    } else if (milliseconds >= QUICK) {
      this._size = Math.max(FIRST, Math.floor(count / 2));
    }
  }

  /** So many were too many. */
  tooMany(fitting: number): void {
    this._most = Math.max(1, fitting);
    this._size = Math.min(this._size, this._most);
  }

  /** It does not take several at once. */
  refusedPost(): void {
    this._takesPost = false;
  }

  private _size = FIRST;
  private _most = MOST;
  private _takesPost = true;
  private _isProven = false;
}

/** What is still to be asked of one service, in order. */
export class Batches {
  constructor(
    wanted: readonly IWanted[],
    readonly base: string,
    readonly habit: ServiceHabit
  ) {
    this._waiting = [...wanted];
  }

  /** Requests under way. */
  running = 0;

  /** Whether a request could be sent now. */
  get isReady(): boolean {
    return this._waiting.length + this._alone.length > 0 && this.running < this._lanes;
  }

  /** What the next request asks for; one that is asked for alone is never asked again. */
  next(): readonly IWanted[] {
    const [alone] = this._alone.splice(0, 1);
    return alone === undefined ? this._waiting.splice(0, this.habit.size) : [alone];
  }

  /** Those that did not come are asked for again: one by one where a batch left them out. */
  again(wanted: readonly IWanted[], how: 'together' | 'alone'): void {
    (how === 'alone' ? this._alone : this._waiting).unshift(...wanted);
  }

  /** Everything that waits, which is then no longer asked for. */
  giveUp(): readonly IWanted[] {
    return [...this._alone.splice(0), ...this._waiting.splice(0)];
  }

  /** True once the service failed so often that asking on is in vain. */
  failed(error: ProtocolError): boolean {
    this._failures += 1;
    return FOR_ALL.has(error.kind) || this._failures >= PATIENCE;
  }

  /** It answers. */
  answered(): void {
    this._failures = 0;
  }

  private get _lanes(): number {
    return this._alone.length > 0 ? LANES.get : this.habit.lanes;
  }

  private _failures = 0;
  private readonly _waiting: IWanted[];
  private readonly _alone: IWanted[] = [];
}

/** What holds for every request to a service, so that the others need not be sent. */
const FOR_ALL: ReadonlySet<string> = new Set([
  'not-signed-in',
  'expired',
  'rate-limited',
  'refused-address'
]);

/**
 * The part of an answer that belongs to each of what was asked for; null for those of which
 * it says nothing. What was asked for alone gets all of it, however its ids are written.
 */
export function shareOut(
  asked: readonly IWanted[],
  answer: ILinks
): readonly (ILinks | null)[] {
  if (asked.length === 1) {
    return [answer];
  }
  const rows = new Map<string, ILink[]>();
  for (const link of answer.links) {
    const key = plainId(link.id);
    const own = rows.get(key);
    if (own === undefined) {
      rows.set(key, [link]);
    } else {
      own.push(link);
    }
  }
  return asked.map(({ id }) => {
    const links = rows.get(plainId(id));
    return links === undefined ? null : { ...answer, links, isPartial: false };
  });
}

/** Some services answer with the id encoded as it was in an address. */
function plainId(id: string): string {
  try {
    return decodeURIComponent(id.trim());
  } catch {
    return id.trim();
  }
}
