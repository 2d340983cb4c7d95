import {
  type ErrorKind,
  type IErrorDetails,
  ProtocolError
} from '../protocol/errors.js';

/** An error as it crosses between page and worker: structured cloning keeps no classes. */
export interface IPackedError {
  readonly name: string;
  readonly message: string;
  /** Of a {@link ProtocolError} only. */
  readonly kind?: ErrorKind;
  /** Of a {@link ProtocolError} only; without the cause. */
  readonly details?: IErrorDetails;
  readonly cause?: IPackedError;
}

/** Errors below the last one that are kept. */
const MAX_CAUSES = 5;

/** An error, and the errors below it, ready to cross. */
export function packError(error: unknown, causes = MAX_CAUSES): IPackedError {
  if (!(error instanceof Error)) {
    return { name: 'Error', message: String(error) };
  }
  const { name, message, cause } = error;
  const below = cause !== undefined && causes > 0;
  const packed = {
    name,
    message,
    ...(below && { cause: packError(cause, causes - 1) })
  };
  if (!(error instanceof ProtocolError)) {
    return packed;
  }
  return {
    ...packed,
    kind: error.kind,
    details: { ...error.details, cause: undefined }
  };
}

/** The error that crossed; an abort is an `AbortError` again. */
export function unpackError(packed: IPackedError): Error {
  const { name, message, kind, details } = packed;
  const cause = packed.cause && unpackError(packed.cause);
  if (kind !== undefined) {
    return new ProtocolError(kind, message, { ...details, ...(cause && { cause }) });
  }
  if (name === 'AbortError') {
    return new DOMException(message, name);
  }
  // Callers tell a broken connection by its class.
  const error = name === 'TypeError' ? new TypeError(message) : new Error(message);
  return Object.assign(error, { name, ...(cause && { cause }) });
}

/** The error of something that was stopped. */
export function aborted(): Error {
  return new DOMException('The operation was aborted.', 'AbortError');
}

/** What a job fails with whose worker died: nearly always for lack of memory. */
export function workerDied(cause?: string): ProtocolError {
  return new ProtocolError(
    'bad-answer',
    'Reading stopped before the end, perhaps for lack of memory.',
    { hint: 'Ask for fewer rows or columns, or run the query again.', cause }
  );
}
