import { pausing } from '../model/table/pause.js';
import { runTableTask } from '../model/table/run.js';
import type { TableResult, TableTask } from '../model/table/tasks.js';
import { streamVOTable } from '../protocol/votable/stream.js';
import { type IForget, type IJob, OUTPUT_EVENTS, READY } from './jobs.js';
import { Inlet, Outlet } from './pipe.js';
import { packResult, type PackedTask, TaskUnpacker } from './taskwire.js';
import { packEvent, type PackedEvent } from './wire.js';

/** Milliseconds of work on a table between two looks at whether it is still wanted. */
const ATTENTION = 50;

/** As much of a worker's global scope as is used. */
export interface IWorkerScope {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent<IJob | IForget>) => void) | null;
}

/** Does the jobs that the page sends. */
export function serve(scope: IWorkerScope): void {
  const tasks = new TaskUnpacker();
  scope.onmessage = ({ data: job }) => {
    if (job.kind === 'forget') {
      tasks.forget();
    } else {
      void (job.kind === 'read' ? read(job) : runTask(job, tasks));
    }
  };
  scope.postMessage(READY);
}

async function read(job: IJob): Promise<void> {
  const chunks = new Inlet<Uint8Array>(job.input);
  const events = new Outlet<PackedEvent>(job.output, OUTPUT_EVENTS);
  events.stopped.addEventListener('abort', () => chunks.stop());
  try {
    for await (const event of streamVOTable(streamOf(chunks))) {
      if (!(await events.room())) {
        break;
      }
      const [packed, transfer] = packEvent(event);
      events.send(packed, 1, transfer);
    }
    events.end();
  } catch (error) {
    events.fail(error);
  }
}

async function runTask(job: IJob, tasks: TaskUnpacker): Promise<void> {
  const results = new Outlet<TableResult<TableTask>>(job.output, OUTPUT_EVENTS);
  try {
    // Also when it is stopped, up to the end: the page counts on what it has sent.
    const task = await tasks.unpack(new Inlet<PackedTask>(job.input));
    const result = await runTableTask(task, pausing(results.stopped, ATTENTION));
    results.send(result, 1, packResult(result));
    results.end();
  } catch (error) {
    results.fail(error);
  }
}

function streamOf(chunks: Inlet<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream(
    {
      async pull(controller) {
        const chunk = await chunks.next();
        if (chunk === null) {
          controller.close();
        } else {
          controller.enqueue(chunk);
        }
      },
      cancel: () => chunks.stop()
    },
    // The page sends ahead; a queue here would be a second one.
    { highWaterMark: 0 }
  );
}
