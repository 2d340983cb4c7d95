import { type ErrorKind, ProtocolError } from '../errors.js';

/** Words with which SODA services begin their errors (SODA 1.0 §4.2, DALI 1.1 §4.2). */
const KINDS: readonly (readonly [word: string, kind: ErrorKind | null])[] = [
  ['AuthenticationError', 'not-signed-in'],
  ['AuthorizationError', 'forbidden'],
  ['MultiValuedParamNotSupported', 'rejected'],
  ['ServiceUnavailable', 'unavailable'],
  ['UsageError', 'rejected'],
  ['UsageFault', 'rejected'],
  ['NotFoundFault', 'not-found'],
  // It says nothing that the HTTP status does not say.
  ['Error', null]
];

/** What a plain text error says. */
export interface ISodaError {
  /** The word of the standard; null where it begins with none. */
  readonly word: string | null;
  /** The rest. */
  readonly message: string;
}

/** Take a plain text error apart: the word first, then a colon or a line end, then the rest. */
export function parseSodaError(text: string): ISodaError {
  const plain = text.trim();
  const found = KINDS.find(([word]) => new RegExp(`^${word}\\b`, 'i').test(plain));
  if (found === undefined) {
    return { word: null, message: plain };
  }
  const [word] = found;
  return { word, message: plain.slice(word.length).replace(/^[\s:]+/, '') };
}

/** The same error by what its word means, the word itself left out of its sentence. */
export function sodaRefusal(error: ProtocolError): ProtocolError {
  const { serviceMessage } = error.details;
  if (serviceMessage === undefined || RIGHTS.has(error.kind)) {
    return error;
  }
  const { word, message } = parseSodaError(serviceMessage);
  if (word === null) {
    return error;
  }
  const kind = KINDS.find(([known]) => known === word)?.[1] ?? error.kind;
  return new ProtocolError(kind, message || serviceMessage, {
    ...error.details,
    cause: error
  });
}

/** True where a service takes one value of a parameter only, so that each is asked for by itself. */
export function refusesSeveral(error: unknown): boolean {
  return (
    error instanceof ProtocolError &&
    parseSodaError(error.details.serviceMessage ?? '').word ===
      'MultiValuedParamNotSupported'
  );
}

/** What was understood already, with what it takes to mend it. */
const RIGHTS: ReadonlySet<ErrorKind> = new Set([
  'not-signed-in',
  'expired',
  'forbidden',
  'embargoed',
  'rate-limited'
]);
