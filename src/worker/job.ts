import { type IJob, INPUT_BYTES } from './jobs.js';
import { Inlet, Outlet } from './pipe.js';
import type { ILoan } from './pool.js';

/** One job of a worker, as the page sees it. */
export class Job<I, O> {
  /**
   * Begins it.
   *
   * @param signal - stops it
   */
  constructor(
    private readonly _loan: ILoan,
    private readonly _kind: IJob['kind'],
    private readonly _signal?: AbortSignal
  ) {
    const input = new MessageChannel();
    const output = new MessageChannel();
    this.input = new Outlet(input.port1, INPUT_BYTES[_kind]);
    this.output = new Inlet(output.port1);
    const job: IJob = { kind: _kind, input: input.port2, output: output.port2 };
    _loan.post(job, [job.input, job.output]);
    _loan.onGone(reason => {
      this.input.close();
      this.output.fail(reason);
    });
    _signal?.addEventListener('abort', this._abort);
    if (_signal?.aborted) {
      this._abort();
    }
  }

  /** Takes what the worker works on. */
  readonly input: Outlet<I>;

  /** Gives what it makes of that. */
  readonly output: Inlet<O>;

  /** Nothing more is wanted of it, or it has ended. */
  dispose(): void {
    this._signal?.removeEventListener('abort', this._abort);
    this.output.stop();
    this._loan.giveBack(this.output.closed);
  }

  /**
   * Rows that the worker has ready still come; a task on a table has nothing before its
   * end, and is given up at once. A worker that does not answer is ended.
   */
  private readonly _abort = (): void => {
    this.input.abort();
    if (this._kind === 'table') {
      this.output.stop();
    }
    this._loan.giveBack(this.output.closed);
  };
}
