import { ProtocolError } from '../errors.js';
import type { BatchBuilder } from './batches.js';
import type { ByteQueue } from './bytequeue.js';

/**
 * Where a row reader stopped: at a full batch, for want of bytes, at the end tag of
 * its element, or at markup that does not belong there.
 */
export type RowsState = 'full' | 'starved' | 'ended' | 'foreign';

/** Reads the rows of one DATA element. */
export interface IRowReader {
  /** Bytes that must wait in the queue before it is worth reading on. */
  readonly needed: number;

  /**
   * Reads rows from the queue.
   *
   * @param last - true if nothing will follow
   * @throws ProtocolError with row and column
   */
  read(queue: ByteQueue, last: boolean): RowsState;
}

/** The error of a cell or row that cannot be read. Counts from 1 in its words. */
export function rowError(
  builder: BatchBuilder,
  column: number | null,
  reason: string
): ProtocolError {
  const { rows, fields } = builder;
  if (column === null) {
    return new ProtocolError('bad-answer', `Row ${rows + 1} of the table ${reason}.`, {
      row: rows
    });
  }
  const place = `Row ${rows + 1}, column “${fields[column].name}” of the table`;
  return new ProtocolError('bad-answer', `${place} ${reason}.`, { row: rows, column });
}
