import { explainRefusal } from './access.js';
import { type ErrorKind, type IErrorDetails, ProtocolError } from './errors.js';
import type { ITransportRequest, ITransportResponse } from './transport.js';
import { type IServiceWords, serviceWords } from './words.js';

/** As much of an error's text as is read; stack traces beyond it help nobody. */
const ERROR_BYTES = 256 * 1024;

/**
 * The error that an answer with an HTTP status outside 2xx stands for, whatever the
 * service. Where it is about rights, the message says what is lacking; otherwise it is the
 * service's own.
 *
 * @param asked - what was asked, so that the error can tell in whose name
 */
export async function refusal(
  answer: ITransportResponse,
  asked: Pick<ITransportRequest, 'as'> = {}
): Promise<ProtocolError> {
  const words = await serviceWords(await readBytes(answer.body, ERROR_BYTES));
  const now = Date.now();
  return (
    explainRefusal({ answer, words, asked: asked.as, now }) ?? failure(answer, words)
  );
}

function failure(answer: ITransportResponse, words: IServiceWords): ProtocolError {
  const { status } = answer;
  const details: IErrorDetails = {
    status,
    hint: hintFor(answer),
    ...(words.sentence !== null && { serviceMessage: words.sentence })
  };
  const message = words.sentence ?? describePage(words, status);
  return new ProtocolError(kindOf(status), message, details);
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
  [404, 'not-found'],
  [408, 'timeout'],
  [410, 'not-found']
]);

function hintFor(response: ITransportResponse): string | undefined {
  switch (kindOf(response.status)) {
    case 'not-found':
      return `If the service has moved from ${response.url}, add the archive with its new address.`;
    case 'unavailable':
    case 'timeout':
      return 'Try again later.';
    default:
      return undefined;
  }
}

function describePage({ pageTitle }: IServiceWords, status: number): string {
  return pageTitle
    ? `The service answered HTTP status ${status} with a web page titled \u201c${pageTitle}\u201d.`
    : `The service answered HTTP status ${status} without saying why.`;
}
