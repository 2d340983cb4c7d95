import { readBytes, refusal } from '../../protocol/answer.js';
import { ProtocolError } from '../../protocol/errors.js';
import type { IAskOptions, ITransport } from '../../protocol/transport.js';

/** So many bytes of a text are shown; night logs have some thousand. */
export const MOST_TEXT = 2_000_000;

/** A text that came. */
export interface ITextFile {
  readonly text: string;
  /** True where it goes on. */
  readonly isCut: boolean;
}

/** What is asked for. */
export interface ITextAddress extends Pick<IAskOptions, 'as'> {
  /** Id of the archive on whose behalf. */
  readonly archive: string;
  readonly url: string;
}

/**
 * Get a text in whatever encoding it has: as its byte order mark or its content type says,
 * else UTF-8, else that of Windows, which reads anything.
 *
 * @throws ProtocolError where none came, or something else; no address is in it
 */
export async function fetchText(
  transport: ITransport,
  { archive, url, as }: ITextAddress,
  signal: AbortSignal
): Promise<ITextFile> {
  const answer = await transport.request(archive, { url, signal, ...(as && { as }) });
  if (answer.status < 200 || answer.status > 299) {
    throw withoutHint(await refusal(answer, { as }));
  }
  const bytes = await readBytes(answer.body, MOST_TEXT + 1);
  const isCut = bytes.length > MOST_TEXT;
  const type = answer.header('content-type') ?? '';
  const text = decoded(bytes.subarray(0, MOST_TEXT), charsetOf(type), isCut);
  if (/^\s*<(!doctype\s+html|html)\b/i.test(text)) {
    throw new ProtocolError('bad-answer', 'A web page came instead of the text.');
  }
  if (text.includes('\0')) {
    throw new ProtocolError('bad-answer', 'The file is no text.');
  }
  return { text, isCut };
}

/** What to do about an address would name it, and it may be signed. */
function withoutHint({ kind, message, details }: ProtocolError): ProtocolError {
  return new ProtocolError(kind, message, {
    ...details,
    hint: undefined,
    cause: undefined
  });
}

function charsetOf(contentType: string): string | null {
  return /;\s*charset\s*=\s*"?([\w.:-]+)/i.exec(contentType)?.[1] ?? null;
}

/** Byte order marks and what they stand for. */
const MARKS: readonly (readonly [string, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]]
];

/** @param isCut - a character may be cut in two at the end */
function decoded(bytes: Uint8Array, charset: string | null, isCut: boolean): string {
  const [marked] =
    MARKS.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte)) ?? [];
  for (const label of [marked, charset, 'utf-8']) {
    const text = label == null ? null : strictly(bytes, label, isCut);
    if (text !== null) {
      return text;
    }
  }
  return new TextDecoder('windows-1252').decode(bytes);
}

/** Null where the bytes are not in that encoding, or nobody knows it. */
function strictly(bytes: Uint8Array, label: string, isCut: boolean): string | null {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes, { stream: isCut });
  } catch (reason) {
    if (reason instanceof TypeError || reason instanceof RangeError) {
      return null;
    }
    throw reason;
  }
}
