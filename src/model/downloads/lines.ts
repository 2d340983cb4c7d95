import { ProtocolError } from '../../protocol/errors.js';
import type { DownloadMessage } from './server.js';

/** Milliseconds without a byte after which a stream is taken for dead: it says something every 15 s. */
export const SILENCE = 40_000;

/**
 * The lines of a stream of JSON objects, one each; empty ones are signs of life and told as
 * null. Ends where the connection breaks, since whoever listens opens it anew.
 *
 * @throws ProtocolError `bad-answer` for what is no JSON object
 */
export async function* readLines(
  stream: ReadableStream<Uint8Array>,
  signal: AbortSignal
): AsyncGenerator<DownloadMessage | null> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  const pieces: string[] = [];
  const stop = (): void => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', stop, { once: true });
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => END);
      if (done || signal.aborted) {
        return;
      }
      const [first, ...rest] = decoder.decode(value, { stream: true }).split('\n');
      // A line may come in very many pieces: it is put together once.
      pieces.push(first);
      for (const next of rest) {
        yield message(pieces.splice(0).join(''));
        pieces.push(next);
      }
    }
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}

const END = { done: true, value: undefined } as const;

function message(line: string): DownloadMessage | null {
  if (line.trim() === '') {
    return null;
  }
  const value = parsed(line);
  if (typeof value !== 'object' || value === null || !('totals' in value)) {
    throw new ProtocolError(
      'bad-answer',
      'The Jupyter server told of the downloads in a way this page does not know. Reload the page.',
      { archive: '' }
    );
  }
  return value as DownloadMessage;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return null;
  }
}
