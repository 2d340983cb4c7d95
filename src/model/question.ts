import type { Asker } from '../archives/account.js';
import type { IArchive, IQuery, ISearchTable } from '../archives/archive.js';
import { isAbort, ProtocolError } from '../protocol/errors.js';
import type { RowStore } from './columns.js';
import { Reading } from './reading.js';

/** A small query whose answer is wanted whole: a count, the cost of a search. */
export interface IQuestion {
  readonly archive: IArchive;
  readonly table: ISearchTable;
  readonly query: IQuery;
  readonly as: Asker;
}

/** A whole answer. */
export interface IAnswer {
  readonly rows: RowStore;
  /** The service had more rows than were asked for. */
  readonly isCut: boolean;
}

/**
 * Ask, and read the answer to its end.
 *
 * @param signal - stops it, also at the service
 * @throws ProtocolError, `cancelled` where it was stopped
 */
export async function answerTo(
  { archive, table, query, as }: IQuestion,
  signal: AbortSignal
): Promise<IAnswer> {
  const { discover, definition } = archive;
  const reading = new Reading({ archive, table, query, as, startedAt: Date.now() });
  try {
    for await (const event of discover?.run(table, query, signal, askOptions(as)) ??
      []) {
      reading.take(event);
    }
  } catch (reason) {
    throw asError(reason, definition.name);
  }
  const error = reading.trailingError();
  if (error || !reading.store) {
    throw error ?? new ProtocolError('bad-answer', 'The answer has no table.');
  }
  return { rows: reading.store, isCut: reading.end?.status === 'OVERFLOW' };
}

function askOptions(as: Asker): { as?: 'me' } {
  return as === 'me' ? { as } : {};
}

function asError(reason: unknown, archive: string): ProtocolError {
  if (isAbort(reason)) {
    return new ProtocolError('cancelled', 'Cancelled.', { archive });
  }
  if (reason instanceof ProtocolError) {
    return reason.with({ archive });
  }
  const message = reason instanceof Error ? reason.message : String(reason);
  return new ProtocolError('bad-answer', message, { archive, cause: reason });
}
