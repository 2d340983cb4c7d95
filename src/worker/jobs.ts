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

/** Bytes on their way to a worker: enough that it does not wait for the page. */
export const INPUT_BYTES = 2 * 1024 * 1024;

/** Events on their way to the page: what it has not taken yet is memory. */
export const OUTPUT_EVENTS = 4;
