import { isAbort, ProtocolError } from '../errors.js';
import { xmlEncoding } from '../xmltext.js';
import type { VOTableSource } from './types.js';

/** Bytes in which an encoding is looked for. */
const START_BYTES = 256;

/** Portions in which a whole document is read. */
const SLICE_BYTES = 1024 * 1024;

/**
 * The document as pieces of UTF-8, unzipped if it begins like gzip.
 *
 * @param over - cancels the stream, also while its next piece is waited for
 * @throws ProtocolError `unavailable` if the stream fails, `bad-answer` if it cannot
 * be unzipped
 */
export async function* documentChunks(
  source: VOTableSource,
  over: AbortSignal
): AsyncGenerator<Uint8Array> {
  const chunks = source instanceof Uint8Array ? slices(source) : streamed(source, over);
  const [start, rest] = await peek(chunks);
  if (start[0] === 0x1f && start[1] === 0x8b) {
    const [plain, plainRest] = await peek(unzipped(rest));
    yield* transcoded(plain, plainRest);
  } else {
    yield* transcoded(start, rest);
  }
}

async function* slices(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += SLICE_BYTES) {
    yield bytes.subarray(at, at + SLICE_BYTES);
  }
}

async function* streamed(
  stream: ReadableStream<Uint8Array>,
  over: AbortSignal
): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  // Its answer to that is of no interest.
  const cancel = (): Promise<void> => reader.cancel().catch(() => undefined);
  over.addEventListener('abort', cancel);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      yield value;
    }
  } catch (error) {
    throw broken(error);
  } finally {
    // Nobody reads on: the service may stop.
    await cancel();
  }
}

/** The first bytes, and all bytes with them in front. */
async function peek(
  chunks: AsyncGenerator<Uint8Array>
): Promise<[Uint8Array, AsyncGenerator<Uint8Array>]> {
  let start = new Uint8Array(0);
  while (start.length < START_BYTES) {
    const { done, value } = await chunks.next();
    if (done) {
      break;
    }
    const joined = new Uint8Array(start.length + value.length);
    joined.set(start);
    joined.set(value, start.length);
    start = joined;
  }
  return [start, joined(start, chunks)];
}

async function* joined(
  start: Uint8Array,
  rest: AsyncGenerator<Uint8Array>
): AsyncGenerator<Uint8Array> {
  try {
    yield start;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}

async function* unzipped(
  chunks: AsyncGenerator<Uint8Array>
): AsyncGenerator<Uint8Array> {
  const zipped = new ReadableStream<BufferSource>({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) {
        controller.close();
      } else {
        controller.enqueue(value as Uint8Array<ArrayBuffer>);
      }
    },
    async cancel() {
      await chunks.return(undefined);
    }
  });
  const reader = zipped.pipeThrough(new DecompressionStream('gzip')).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      yield value;
    }
  } catch (error) {
    throw error instanceof ProtocolError || isAbort(error) ? error : damaged(error);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function* transcoded(
  start: Uint8Array,
  chunks: AsyncGenerator<Uint8Array>
): AsyncGenerator<Uint8Array> {
  const encoding = xmlEncoding(start);
  if (encoding === 'utf-8') {
    yield* chunks;
    return;
  }
  const decoder = new TextDecoder(encoding);
  const encoder = new TextEncoder();
  for await (const chunk of chunks) {
    yield encoder.encode(decoder.decode(chunk, { stream: true }));
  }
  yield encoder.encode(decoder.decode());
}

function broken(error: unknown): unknown {
  return error instanceof ProtocolError || isAbort(error)
    ? error
    : new ProtocolError(
        'unavailable',
        'The connection broke while the table came in.',
        {
          hint: 'Run the query again.',
          cause: error
        }
      );
}

function damaged(cause: unknown): ProtocolError {
  return new ProtocolError(
    'bad-answer',
    'The answer is compressed and its end is missing or damaged.',
    { hint: 'Run the query again.', cause }
  );
}
