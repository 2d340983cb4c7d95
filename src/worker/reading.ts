import type { VOTableEvent, VOTableSource } from '../protocol/votable/types.js';
import { Job } from './job.js';
import type { Outlet } from './pipe.js';
import type { ILoan } from './pool.js';
import { EventUnpacker, type PackedEvent } from './wire.js';

/** Portions in which a whole document is copied, in bytes. */
const SLICE_BYTES = 256 * 1024;

/**
 * Reads a document in a worker. The page only passes on what arrives; see
 * {@link VOTableReader}.
 *
 * @throws what `streamVOTable` throws; ProtocolError `bad-answer` if the worker dies,
 * behind the rows that it has read
 */
export async function* readInWorker(
  loan: ILoan,
  source: VOTableSource,
  signal?: AbortSignal
): AsyncGenerator<VOTableEvent, void> {
  const job = new Job<Uint8Array, PackedEvent>(loan, 'read', signal);
  const unpacker = new EventUnpacker();
  void feed(source, job.input);
  try {
    for (;;) {
      const packed = await job.output.next();
      if (packed === null) {
        return;
      }
      yield unpacker.unpack(packed);
    }
  } finally {
    job.dispose();
  }
}

/** Sends a document, or says why it cannot be read. Never rejects. */
async function feed(source: VOTableSource, input: Outlet<Uint8Array>): Promise<void> {
  try {
    await send(source, input);
    input.end();
  } catch (error) {
    input.fail(error);
  }
}

/** Sends a document; its stream is cancelled when no more of it is wanted. */
async function send(source: VOTableSource, input: Outlet<Uint8Array>): Promise<void> {
  const stream = source instanceof Uint8Array ? inSlices(source) : source;
  const reader = stream.getReader();
  const cancel = (): void => void reader.cancel().catch(() => undefined);
  input.stopped.addEventListener('abort', cancel, { once: true });
  try {
    while (await input.room()) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      const chunk = owned(value);
      input.send(chunk, chunk.byteLength, [chunk.buffer]);
    }
  } finally {
    cancel();
  }
}

/** The bytes in a buffer of their own, which can be moved. */
function owned(chunk: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = chunk;
  return buffer instanceof ArrayBuffer && buffer.byteLength === chunk.byteLength
    ? (chunk as Uint8Array<ArrayBuffer>)
    : Uint8Array.from(chunk);
}

/** A document that the caller keeps: it crosses in copies. */
function inSlices(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) {
        controller.close();
        return;
      }
      controller.enqueue(bytes.slice(at, at + SLICE_BYTES));
      at += SLICE_BYTES;
    }
  });
}
