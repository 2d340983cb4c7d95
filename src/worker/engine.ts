import { pausing, runOnPage } from '../model/table/pause.js';
import type { TableResult, TableRunner, TableTask } from '../model/table/tasks.js';
import { streamVOTable } from '../protocol/votable/stream.js';
import type {
  VOTableEvent,
  VOTableReader,
  VOTableSource
} from '../protocol/votable/types.js';
import { Job } from './job.js';
import type { IJob } from './jobs.js';
import { REHEARSAL } from './rehearsal.js';
import { type ILoan, WorkerPool, WorkerUnavailable } from './pool.js';
import { readInWorker } from './reading.js';
import { startWorker } from './start.js';
import { type PackedTask, sendTask } from './taskwire.js';

/** Workers at once: two queries always, and more where there are processors for them. */
const MOST = Math.max(2, Math.min(4, globalThis.navigator?.hardwareConcurrency ?? 2));

/**
 * Does long work on tables off the page: in workers, or on the page in slices of a few
 * milliseconds where no worker can be had. The results are the same.
 */
export class Engine {
  /** @param _pool - lends the workers */
  constructor(
    private _pool: WorkerPool | null = new WorkerPool(startWorker, { most: MOST })
  ) {}

  /** Starts a worker, if there is none, for what will soon be read. */
  async prepare(): Promise<void> {
    const loan = await this._lend('read');
    loan?.giveBack(Promise.resolve());
  }

  /**
   * Reads a small table, once: what has run before is compiled when the first rows come,
   * which would wait for that otherwise.
   */
  rehearse(): Promise<void> {
    this._rehearsed ??= drain(this.readVOTable(REHEARSAL));
    return this._rehearsed;
  }

  /** Reads a VOTable while it arrives. */
  readonly readVOTable: VOTableReader = (source, signal) => this._read(source, signal);

  /** Sorts, filters and counts. */
  readonly runTableTask: TableRunner = async (task, signal) => {
    const loan = await this._lend('table', signal);
    return loan ? runInWorker(loan, task, signal) : runOnPage(task, signal);
  };

  private async *_read(
    ...[source, signal]: Parameters<VOTableReader>
  ): ReturnType<VOTableReader> {
    const loan = await this._lend('read', signal);
    yield* loan ? readInWorker(loan, source, signal) : readOnPage(source, signal);
  }

  /** A worker, or null where none can be had. */
  private async _lend(kind: IJob['kind'], signal?: AbortSignal): Promise<ILoan | null> {
    try {
      return (await this._pool?.lend(kind, signal)) ?? null;
    } catch (error) {
      if (!(error instanceof WorkerUnavailable)) {
        throw error;
      }
      if (this._pool !== null) {
        console.warn('Obsdeck reads tables on the page, which is slower:', error);
      }
      this._pool = null;
      return null;
    }
  }

  private _rehearsed: Promise<void> | null = null;
}

async function drain(events: AsyncIterable<unknown>): Promise<void> {
  for await (const event of events) {
    void event;
  }
}

function readOnPage(
  source: VOTableSource,
  signal = new AbortController().signal
): AsyncGenerator<VOTableEvent, void> {
  const stoppable =
    source instanceof Uint8Array
      ? source
      : source.pipeThrough(new TransformStream<Uint8Array, Uint8Array>(), { signal });
  return streamVOTable(stoppable, signal, pausing(signal));
}

async function runInWorker<T extends TableTask>(
  loan: ILoan,
  task: T,
  signal: AbortSignal
): Promise<TableResult<T>> {
  const job = new Job<PackedTask, TableResult<T>>(loan, 'table', signal);
  try {
    // The worker answers nothing before it has the whole task.
    await sendTask(task, job.input, loan.held, pausing(signal));
    return (await job.output.next()) as TableResult<T>;
  } catch (error) {
    if (!signal.aborted) {
      // What the worker has of it is not certain.
      loan.forget();
    }
    throw error;
  } finally {
    job.dispose();
  }
}
