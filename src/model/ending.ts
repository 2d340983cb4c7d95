import type { IArchive } from '../archives/archive.js';
import { isAbort, ProtocolError } from '../protocol/errors.js';

/**
 * Where a query is:
 *
 * - `idle`: nothing was asked yet
 * - `loading`: asked; rows may already be there
 * - `done`: all rows of the answer are there
 * - `partial`: it broke or was cancelled after some rows
 * - `failed`: it ended without rows; an earlier result may still be shown
 * - `cancelled`: the user stopped it before the first row
 */
export type ResultState =
  'idle' | 'loading' | 'done' | 'partial' | 'failed' | 'cancelled';

/** What a running query waits for: a sign-in, or as long as the service asks to. */
export type ResultWait =
  | { readonly for: 'sign-in' }
  /** Milliseconds since 1970, UTC. */
  | { readonly for: 'service'; readonly until: number };

/** Where a query is that ended. @param shown - rows of it are there */
export function endState(error: ProtocolError | null, shown: boolean): ResultState {
  if (!error) {
    return 'done';
  }
  if (shown) {
    return 'partial';
  }
  return error.kind === 'cancelled' ? 'cancelled' : 'failed';
}

/** Why a query ended, as an error that names the archive. */
export function asProtocolError(
  reason: unknown,
  archive: IArchive,
  signal: AbortSignal
): ProtocolError {
  const { name } = archive.definition;
  if (signal.aborted || isAbort(reason)) {
    return new ProtocolError('cancelled', 'Cancelled.', { archive: name });
  }
  if (reason instanceof ProtocolError) {
    return reason.with({ archive: name });
  }
  const message = reason instanceof Error ? reason.message : String(reason);
  return new ProtocolError('bad-answer', message, { archive: name, cause: reason });
}
