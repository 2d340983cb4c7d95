import { VOTableScanner } from './scanner.js';
import { documentChunks } from './source.js';
import type { VOTableEvent, VOTableSource } from './types.js';

/** Rows are shown if a service leaves us waiting for this long, in milliseconds. */
const IDLE = 250;

/**
 * Reads a VOTable while it arrives: the head of each table, its rows in Arrow record
 * batches, and at last the status. TABLEDATA, BINARY and BINARY2, UTF-8 or another
 * declared encoding, plain or gzipped.
 *
 * A document that says ERROR is no failure of reading: its end event says so.
 *
 * @param source - the document, whole or as a stream; a stream is cancelled when the
 * caller stops early
 * @throws ProtocolError `bad-answer` for anything that is not a VOTable, is cut off or
 * cannot be read safely; with `row` and `column` where they are known. All rows before
 * have been given away by then.
 */
export async function* streamVOTable(
  source: VOTableSource
): AsyncGenerator<VOTableEvent, void> {
  const scanner = new VOTableScanner();
  const chunks = documentChunks(source);
  try {
    for (;;) {
      const next = chunks.next();
      if (await isLate(next)) {
        yield* scanner.flush();
      }
      const { done, value } = await next;
      if (done) {
        break;
      }
      yield* scanner.push(value);
    }
  } catch (error) {
    yield* scanner.flush();
    throw error;
  } finally {
    await chunks.return(undefined);
  }
  yield* scanner.finish();
}

/** True if this has not happened after the time that a person may be left waiting. */
async function isLate(event: Promise<unknown>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>(resolve => {
    timer = setTimeout(() => resolve(true), IDLE);
  });
  const inTime = event.then(
    () => false,
    () => false
  );
  try {
    return await Promise.race([inTime, late]);
  } finally {
    clearTimeout(timer);
  }
}
