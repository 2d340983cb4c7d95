import { beforeEach, describe, expect, it, vi } from 'vitest';

import { ProtocolError } from '../../../src/protocol/errors.js';
import type { VOTableEvent } from '../../../src/protocol/votable/index.js';
import { Engine } from '../../../src/worker/engine.js';
import type { IJob } from '../../../src/worker/jobs.js';
import { type IPoolOptions, WorkerPool } from '../../../src/worker/pool.js';
import { serve } from '../../../src/worker/serve.js';
import { field, tabledata, utf8 } from '../protocol/votable/support.js';
import { FakeWorker } from './fake.js';
import { SOON } from './soon.js';

const TABLE = tabledata(field('int'), '<TR><TD>7</TD></TR>'.repeat(3000));

/** Workers of a test, in the order in which they were started. */
let workers: FakeWorker[];

beforeEach(() => {
  workers = [];
});

/** A pool whose first workers run these scripts instead of the engine's. */
function pool(
  options: Partial<IPoolOptions> = {},
  ...scripts: ConstructorParameters<typeof FakeWorker>[0][]
): WorkerPool {
  return new WorkerPool(() => {
    const worker = new FakeWorker(scripts.shift());
    workers.push(worker);
    return worker;
  }, options);
}

/** A worker that takes a job and is never heard of again. */
function hanging(scope: Parameters<typeof serve>[0]): void {
  scope.postMessage('ready');
}

/** A stream that brings this much of a table and nothing more. */
function stalling(bytes: number): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: controller => controller.enqueue(utf8(TABLE.slice(0, bytes)))
  });
}

async function readAll(engine: Engine): Promise<number> {
  let rows = 0;
  for await (const event of engine.readVOTable(utf8(TABLE))) {
    rows += event.type === 'batch' ? event.batch.numRows : 0;
  }
  return rows;
}

/** Reads in the background. */
function reading(
  engine: Engine,
  source: ReadableStream<Uint8Array> | Uint8Array,
  signal?: AbortSignal
): { rows: () => number; done: Promise<void> } {
  const events: VOTableEvent[] = [];
  const done = (async () => {
    for await (const event of engine.readVOTable(source, signal)) {
      events.push(event);
    }
  })();
  done.catch(() => undefined);
  const rows = (): number =>
    events.reduce(
      (sum, one) => sum + (one.type === 'batch' ? one.batch.numRows : 0),
      0
    );
  return { rows, done };
}

describe('WorkerPool', { timeout: 30_000 }, () => {
  it('uses a worker again and starts another only while the first is busy', async () => {
    const engine = new Engine(pool());
    await readAll(engine);
    await readAll(engine);
    await readAll(engine);
    expect(workers).toHaveLength(1);
    await Promise.all([readAll(engine), readAll(engine)]);
    expect(workers).toHaveLength(2);
  });

  it('rehearses once, in the worker that reads the first rows', async () => {
    const posted = vi.spyOn(FakeWorker.prototype, 'postMessage');
    const engine = new Engine(pool());
    await engine.rehearse();
    const needed = posted.mock.calls.length;
    expect(needed).toBeGreaterThan(0);
    await engine.rehearse();
    expect(posted).toHaveBeenCalledTimes(needed);
    await readAll(engine);
    expect(workers).toHaveLength(1);
    posted.mockRestore();
  });

  it('lets jobs wait in line for a worker, and leave the line', async () => {
    const engine = new Engine(pool({ most: 1, polite: 60_000 }));
    const stop = new AbortController();
    const first = reading(engine, stalling(40_000), stop.signal);
    await expect.poll(first.rows, SOON).toBeGreaterThan(0);
    const leave = new AbortController();
    const second = reading(engine, utf8(TABLE), leave.signal);
    const third = reading(engine, utf8(TABLE));
    leave.abort();
    await expect(second.done).rejects.toMatchObject({ name: 'AbortError' });
    expect(third.rows()).toBe(0);
    stop.abort();
    await third.done;
    expect(third.rows()).toBe(3000);
    expect(workers).toHaveLength(1);
  });

  it('ends a worker that does not stop, and reads on with another', async () => {
    const engine = new Engine(pool({ polite: 20, most: 1 }, hanging));
    const stop = new AbortController();
    const hung = reading(engine, utf8(TABLE), stop.signal);
    const next = readAll(engine);
    await expect.poll(() => workers.length, SOON).toBe(1);
    stop.abort();
    await expect(hung.done).rejects.toMatchObject({ name: 'AbortError' });
    expect(workers[0].terminated).toBe(1);
    expect(await next).toBe(3000);
  });

  it('ends a worker that hangs when the caller has left, too', async () => {
    const stuck = (scope: Parameters<typeof serve>[0]): void => {
      serve(scope);
      const work = scope.onmessage;
      scope.onmessage = event => {
        work?.(event);
        // As if the reader never gave the thread back after its first batches.
        setTimeout(() => (event.data as IJob).output.close(), 20);
      };
    };
    const engine = new Engine(pool({ polite: 20 }, stuck));
    for await (const event of engine.readVOTable(stalling(40_000))) {
      if (event.type === 'batch') {
        await new Promise(resolve => setTimeout(resolve, 40));
        break;
      }
    }
    await expect.poll(() => workers[0].terminated, SOON).toBe(1);
    expect(await readAll(engine)).toBe(3000);
  });

  it('fails the job of a worker that dies, keeps its rows, and reads on', async () => {
    const engine = new Engine(pool());
    const first = reading(engine, stalling(40_000));
    await expect.poll(first.rows, SOON).toBeGreaterThan(1500);
    workers[0].die();
    const error: unknown = await first.done.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ProtocolError);
    expect(error).toMatchObject({
      kind: 'bad-answer',
      message: 'Reading stopped before the end, perhaps for lack of memory.',
      details: { hint: expect.stringContaining('fewer rows') }
    });
    expect(first.rows()).toBeGreaterThan(1500);
    expect(await readAll(engine)).toBe(3000);
    expect(workers).toHaveLength(2);
  });

  it('replaces a worker that died while it had nothing to do', async () => {
    const engine = new Engine(pool());
    await readAll(engine);
    workers[0].die();
    expect(await readAll(engine)).toBe(3000);
    expect(workers).toHaveLength(2);
  });

  it('keeps some idle workers, and ends the others after a while', async () => {
    const engine = new Engine(pool({ most: 4, kept: 1, linger: 30 }));
    await Promise.all([readAll(engine), readAll(engine), readAll(engine)]);
    expect(workers).toHaveLength(3);
    const ended = (): number =>
      workers.reduce((sum, { terminated }) => sum + terminated, 0);
    await expect.poll(ended, SOON).toBe(2);
    await readAll(engine);
    expect(workers).toHaveLength(3);
  });

  it.each<[string, () => FakeWorker]>([
    ['cannot be made', refuse],
    ['fails before its script runs', failing],
    ['never says a word', () => new FakeWorker(() => undefined)]
  ])('reads on the page from then on when a worker %s', async (_, make) => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const start = vi.fn(make);
    const engine = new Engine(new WorkerPool(start, { start: 30 }));
    expect(await readAll(engine)).toBe(3000);
    expect(await readAll(engine)).toBe(3000);
    expect(start).toHaveBeenCalledOnce();
    expect(warn).toHaveBeenCalledOnce();
  });
});

function refuse(): never {
  throw new DOMException('Workers are forbidden.', 'SecurityError');
}

/** A script that cannot be loaded: the error has no message. */
function failing(): FakeWorker {
  const worker = new FakeWorker(() => undefined);
  setTimeout(() => worker.die(''));
  return worker;
}
