import { VOTableScanner } from './scanner.js';
import { documentChunks } from './source.js';
import type { Pause, VOTableEvent, VOTableSource } from './types.js';

/** Rows wait for others at most this long before they are given away, ms. */
const LONGEST_WAIT = 250;

/** Bytes between two pauses: reading them takes a few milliseconds at most. */
const PAUSE_BYTES = 64 * 1024;

/**
 * Reads a VOTable while it arrives: the head of each table, its rows in Arrow record
 * batches, and at last the status. TABLEDATA, BINARY and BINARY2, UTF-8 or another
 * declared encoding, plain or gzipped.
 *
 * A document that says ERROR is no failure of reading: its end event says so.
 *
 * @param source - the document, whole or as a stream; a stream is cancelled when the
 * caller stops early
 * @param signal - stops the reading between two pieces
 * @param pause - awaited often; the page gets its turn there
 * @throws ProtocolError `bad-answer` for anything that is not a VOTable, is cut off or
 * cannot be read safely; with `row` and `column` where they are known. All rows before
 * have been given away by then.
 */
export async function* streamVOTable(
  source: VOTableSource,
  signal?: AbortSignal,
  pause?: Pause
): AsyncGenerator<VOTableEvent, void> {
  const scanner = new VOTableScanner();
  const over = new AbortController();
  const chunks = documentChunks(source, over.signal);
  /** When rows that wait have waited long enough; null where none can wait. */
  let due: number | null = null;
  try {
    for (;;) {
      const next = chunks.next();
      if (due !== null && (await isLate(next, due - performance.now()))) {
        yield* scanner.flush();
        due = null;
      }
      const { done, value } = await next;
      if (done) {
        break;
      }
      due ??= performance.now() + LONGEST_WAIT;
      for (const piece of pieces(value)) {
        signal?.throwIfAborted();
        for (const event of scanner.push(piece)) {
          yield event;
          due = performance.now() + LONGEST_WAIT;
        }
        await pause?.();
      }
    }
  } catch (error) {
    yield* scanner.flush();
    throw error;
  } finally {
    // The next piece may be waited for, and might never come.
    over.abort();
    await chunks.return(undefined);
  }
  yield* scanner.finish();
}

function* pieces(chunk: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < chunk.length; at += PAUSE_BYTES) {
    yield chunk.subarray(at, at + PAUSE_BYTES);
  }
}

/** True if this has not happened after so many milliseconds. */
async function isLate(event: Promise<unknown>, time: number): Promise<boolean> {
  if (time <= 0) {
    return true;
  }
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>(resolve => {
    timer = setTimeout(() => resolve(true), time);
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
