import { ProtocolError, type ErrorKind, type IErrorDetails } from '../errors.js';
import type { ITransportResponse } from '../transport.js';
import { readVOTable } from '../votable/index.js';
import { htmlTitle } from '../xmltext.js';

/** As much of an error's text as is read; stack traces beyond it help nobody. */
const ERROR_BYTES = 256 * 1024;

/**
 * The error that an answer with an HTTP status outside 2xx stands for. Its message is the
 * service's own text, be it a VOTable (DALI 1.1 §4.4.2) or plain text.
 */
export async function refusal(response: ITransportResponse): Promise<ProtocolError> {
  const { status } = response;
  const bytes = await readBytes(response.body, ERROR_BYTES);
  const own = (await votableMessage(bytes)) ?? plainMessage(bytes);
  const details: IErrorDetails = {
    status,
    hint: hintFor(response),
    ...(own !== null && { serviceMessage: own })
  };
  return new ProtocolError(kindOf(status), own ?? describePage(bytes, status), details);
}

/**
 * Read a body whole, up to a limit; the rest is not fetched.
 *
 * @param limit - bytes
 */
export async function readBytes(
  body: ReadableStream<Uint8Array>,
  limit: number
): Promise<Uint8Array> {
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    while (size < limit) {
      const { value, done } = await reader.read();
      if (done) {
        break;
      }
      chunks.push(value);
      size += value.length;
    }
  } finally {
    await reader.cancel();
  }
  return join(chunks, Math.min(size, limit));
}

function join(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const all = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    const part = chunk.subarray(0, size - offset);
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

function kindOf(status: number): ErrorKind {
  if (status >= 500) {
    return status === 504 ? 'timeout' : 'unavailable';
  }
  return KINDS.get(status) ?? (status < 400 ? 'bad-answer' : 'rejected');
}

const KINDS: ReadonlyMap<number, ErrorKind> = new Map([
  [401, 'not-signed-in'],
  [403, 'forbidden'],
  [404, 'not-found'],
  [408, 'timeout'],
  [410, 'not-found'],
  [429, 'rate-limited']
]);

function hintFor(response: ITransportResponse): string | undefined {
  const wait = response.header('Retry-After');
  switch (kindOf(response.status)) {
    case 'rate-limited':
      return /^\d+$/.test(wait ?? '') ? `Try again in ${wait} s.` : 'Try again later.';
    case 'not-found':
      return `If the service has moved from ${response.url}, add the archive with its new address.`;
    case 'unavailable':
    case 'timeout':
      return 'Try again later.';
    default:
      return undefined;
  }
}

/** The words of an error VOTable; null for anything else. */
async function votableMessage(bytes: Uint8Array): Promise<string | null> {
  try {
    const { status, message } = await readVOTable(bytes);
    return status === 'ERROR' && message !== '' ? message : null;
  } catch (error) {
    if (error instanceof ProtocolError) {
      // Not a VOTable: its text is tried next.
      return null;
    }
    throw error;
  }
}

/** A plain-text message; null for markup and for nothing. */
function plainMessage(bytes: Uint8Array): string | null {
  const text = new TextDecoder().decode(bytes).trim();
  return text === '' || text.startsWith('<') ? null : text;
}

function describePage(bytes: Uint8Array, status: number): string {
  const title = htmlTitle(new TextDecoder().decode(bytes));
  return title
    ? `The service answered HTTP status ${status} with a web page titled \u201c${title}\u201d.`
    : `The service answered HTTP status ${status} without saying why.`;
}
