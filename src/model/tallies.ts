import type { IDisposable } from '@lumino/disposable';
import { type ISignal, Signal } from '@lumino/signaling';

import { asProtocolError, ProtocolError } from '../protocol/errors.js';
import type { RowStore } from './columns.js';
import { answerTo, type IQuestion } from './question.js';

/** Questions that are asked at the same time. */
const LANES = 2;

/** Seconds after which an answer is not waited for any more. */
const LONGEST = 20;

/** Answers that are kept; the oldest makes way. */
const KEPT = 300;

/** Where a question is; `isCut` where the service had more rows than were asked for. */
export type Tally =
  | { readonly state: 'waiting' }
  | { readonly state: 'done'; readonly rows: RowStore; readonly isCut: boolean }
  | { readonly state: 'failed'; readonly error: ProtocolError };

const WAITING: Tally = { state: 'waiting' };

/**
 * Asks small questions, few at a time, each for a limited time and but once: an answer is
 * kept for the page, by what was asked of whom in whose name. What is no longer wanted is
 * stopped, also at the service.
 */
export class Tallies implements IDisposable {
  /** Emitted when the state of any question changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this.want([]);
      this._isDisposed = true;
      Signal.clearData(this);
    }
  }

  /** Where a question is; null where it is not asked. */
  get(question: IQuestion): Tally | null {
    const key = keyOf(question);
    const isUnderWay = this._waiting.has(key) || this._running.has(key);
    return isUnderWay ? WAITING : (this._kept.get(key) ?? null);
  }

  /** True while anything is asked. */
  get isBusy(): boolean {
    return this._waiting.size + this._running.size > 0;
  }

  /**
   * Ask these, in this order, and nothing else any more.
   *
   * @param again - ask those that failed, too
   */
  want(questions: readonly IQuestion[], again = false): void {
    const wanted = this._stopOthers(questions);
    this._waiting = new Map(
      [...wanted].filter(([key]) => !this._running.has(key) && this._isOpen(key, again))
    );
    this._changed.emit();
    this._next();
  }

  /** Stop all but these; what is not asked yet is not asked by this. */
  keep(questions: readonly IQuestion[]): void {
    const kept = this._stopOthers(questions);
    this._waiting = new Map([...this._waiting].filter(([key]) => kept.has(key)));
    this._next();
  }

  /** Forget what an archive answered in the user's name: it may be another user now. */
  forget(archive: string): void {
    const mine = JSON.stringify([archive, 'me']).slice(0, -1);
    for (const key of this._kept.keys()) {
      if (key.startsWith(mine)) {
        this._kept.delete(key);
      }
    }
    this._changed.emit();
  }

  private _stopOthers(questions: readonly IQuestion[]): Map<string, IQuestion> {
    const wanted = new Map(questions.map(question => [keyOf(question), question]));
    for (const [key, abort] of this._running) {
      if (!wanted.has(key)) {
        this._running.delete(key);
        abort.abort();
      }
    }
    return wanted;
  }

  private _isOpen(key: string, again: boolean): boolean {
    const kept = this._kept.get(key);
    return kept === undefined || (again && kept.state === 'failed');
  }

  private _next(): void {
    for (const [key, question] of this._waiting) {
      if (this._running.size >= LANES) {
        return;
      }
      this._waiting.delete(key);
      void this._ask(key, question);
    }
  }

  private async _ask(key: string, question: IQuestion): Promise<void> {
    const abort = new AbortController();
    this._running.set(key, abort);
    const answer = await answerInTime(question, abort);
    if (this._running.get(key) === abort) {
      this._running.delete(key);
      this._keep(key, answer);
      this._changed.emit();
      this._next();
    }
  }

  private _keep(key: string, answer: Tally): void {
    this._kept.delete(key);
    this._kept.set(key, answer);
    for (const oldest of this._kept.keys()) {
      if (this._kept.size <= KEPT) {
        return;
      }
      this._kept.delete(oldest);
    }
  }

  private _waiting = new Map<string, IQuestion>();
  private readonly _running = new Map<string, AbortController>();
  private readonly _kept = new Map<string, Tally>();
  private _isDisposed = false;
  private readonly _changed = new Signal<this, void>(this);
}

/** The answer, or why there is none; never throws. */
async function answerInTime(
  question: IQuestion,
  abort: AbortController
): Promise<Tally> {
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    abort.abort();
  }, LONGEST * 1000);
  try {
    return { state: 'done', ...(await answerTo(question, abort.signal)) };
  } catch (reason) {
    return {
      state: 'failed',
      error: isLate ? tooSlow(question) : asProtocolError(reason)
    };
  } finally {
    clearTimeout(timer);
  }
}

function tooSlow({ archive }: IQuestion): ProtocolError {
  const { name } = archive.definition;
  const message = `No answer within ${LONGEST} s.`;
  return new ProtocolError('timeout', message, { archive: name });
}

/** The query of a count leaves the column's own criterion out, and so does the key. */
function keyOf({ archive, table, query, as }: IQuestion): string {
  const { adql, maxrec, uploads = [] } = query;
  return JSON.stringify([
    archive.definition.id,
    as,
    table.service,
    maxrec,
    adql,
    ...uploads.map(upload => upload.votable)
  ]);
}
