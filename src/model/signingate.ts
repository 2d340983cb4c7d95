import { PromiseDelegate } from '@lumino/coreutils';

import { ProtocolError } from '../protocol/errors.js';

/** A piece of work that waits, with the error it waits for. */
interface IWaiter {
  readonly delegate: PromiseDelegate<void>;
  readonly error: ProtocolError;
}

/**
 * Does something in the user's name; where the sign-in has run out, again after the next.
 * Where nothing can wait, what was tried fails.
 */
export type AsMe = <T>(
  archive: string,
  work: () => Promise<T>,
  signal?: AbortSignal
) => Promise<T>;

/** What the gate needs to know and tells. */
export interface IGateOptions {
  /** Called once when the first piece of work begins to wait for an archive. */
  readonly ranOut: (archive: string) => void;
  /** Called when an archive begins, or ceases, to be waited for. */
  readonly changed: () => void;
  /** Whether requests can be signed, by what the server half tells when asked anew. */
  readonly isSignedIn: (archive: string) => Promise<boolean>;
}

/**
 * Holds work in the user's name back while a sign-in has run out. However much waits for
 * an archive, the user is told once, and one sign-in lets all of it go on.
 */
export class SignInGate {
  /** @param _options - what it needs to know, and whom it tells */
  constructor(private readonly _options: IGateOptions) {}

  /** Ids of the archives that are waited for. */
  get waiting(): readonly string[] {
    return [...this._queues.keys()];
  }

  /**
   * Do something; where the sign-in has run out, again after the next one.
   *
   * @throws what `work` throws for other reasons, or although a sign-in is fresh;
   * `cancelled` by `signal`
   */
  async run<T>(
    archive: string,
    work: () => Promise<T>,
    signal?: AbortSignal
  ): Promise<T> {
    const holding = this._queues.get(archive);
    if (holding) {
      await this._wait(archive, firstError(holding), signal);
    }
    for (let waited = holding !== undefined; ; waited = true) {
      const before = this._signIns(archive);
      try {
        return await work();
      } catch (error) {
        if (!mendedBySignIn(error) || signal?.aborted) {
          throw error;
        }
        if (this._signIns(archive) !== before) {
          // It was sent with the credential before this one.
          continue;
        }
        if (waited && (await this._options.isSignedIn(archive))) {
          throw error;
        }
        await this._wait(archive, error, signal);
      }
    }
  }

  /** A sign-in is there: all that waits for the archive goes on. */
  open(archive: string): void {
    this._counts.set(archive, this._signIns(archive) + 1);
    this._release(archive, ({ delegate }) => delegate.resolve());
  }

  /**
   * All that waits for the archive ends.
   *
   * @param reason - why; the error each waits for unless told
   */
  reject(archive: string, reason?: ProtocolError): void {
    this._release(archive, ({ delegate, error }) => delegate.reject(reason ?? error));
  }

  private _wait(
    archive: string,
    error: ProtocolError,
    signal?: AbortSignal
  ): Promise<void> {
    if (signal?.aborted) {
      return Promise.reject(cancelled());
    }
    const waiter = { delegate: new PromiseDelegate<void>(), error };
    this._join(archive, waiter);
    const leave = (): void => {
      this._leave(archive, waiter);
      waiter.delegate.reject(cancelled());
    };
    signal?.addEventListener('abort', leave, { once: true });
    return waiter.delegate.promise.finally(() =>
      signal?.removeEventListener('abort', leave)
    );
  }

  private _join(archive: string, waiter: IWaiter): void {
    const queue = this._queues.get(archive);
    if (queue) {
      queue.add(waiter);
      return;
    }
    this._queues.set(archive, new Set([waiter]));
    this._options.changed();
    this._options.ranOut(archive);
  }

  private _leave(archive: string, waiter: IWaiter): void {
    const queue = this._queues.get(archive);
    if (queue?.delete(waiter) && queue.size === 0) {
      this._queues.delete(archive);
      this._options.changed();
    }
  }

  private _release(archive: string, settle: (waiter: IWaiter) => void): void {
    const queue = this._queues.get(archive);
    if (queue) {
      this._queues.delete(archive);
      queue.forEach(settle);
      this._options.changed();
    }
  }

  /** How many sign-ins there were: tells whether one came while work was under way. */
  private _signIns(archive: string): number {
    return this._counts.get(archive) ?? 0;
  }

  private readonly _queues = new Map<string, Set<IWaiter>>();
  private readonly _counts = new Map<string, number>();
}

/** True where signing in, or signing in again, may mend it; not where nobody may be told. */
export function mendedBySignIn(error: unknown): error is ProtocolError {
  return (
    error instanceof ProtocolError &&
    (error.kind === 'expired' || error.kind === 'not-signed-in') &&
    error.details.as !== 'anyone'
  );
}

function firstError(waiters: ReadonlySet<IWaiter>): ProtocolError {
  const [first] = waiters;
  return first.error;
}

function cancelled(): ProtocolError {
  return new ProtocolError('cancelled', 'Cancelled.');
}
