/** What a worker is asked to do, with the ports of the two pipes of the job. */
export interface IJob {
  readonly kind: 'read' | 'table';
  /** What the page sends: pieces of a document, or a table task. */
  readonly input: MessagePort;
  /** What the worker answers: events of a document, or the result of the task. */
  readonly output: MessagePort;
}

/** The only message of a worker outside of pipes: its script runs. */
export const READY = 'ready';

/** Outside of a job: the arrays of earlier tasks are not needed any more. */
export interface IForget {
  readonly kind: 'forget';
}

/**
 * Bytes on their way to a worker: enough that it does not wait for the page, nor the page
 * for it. A table task is in its memory before it begins, so waiting would spare nothing.
 */
export const INPUT_BYTES: Readonly<Record<IJob['kind'], number>> = {
  read: 2 * 1024 * 1024,
  table: 16 * 1024 * 1024
};

/** Events on their way to the page: what it has not taken yet is memory. */
export const OUTPUT_EVENTS = 4;
