import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { runOnPage } from '../../../src/model/table/pause.js';
import type { IFilterTask, IColumnChunk } from '../../../src/model/table/tasks.js';
import { Engine } from '../../../src/worker/engine.js';
import { HeldArrays, numberOf } from '../../../src/worker/held.js';
import { Job } from '../../../src/worker/job.js';
import { Inlet, Outlet } from '../../../src/worker/pipe.js';
import { type IPoolOptions, WorkerPool } from '../../../src/worker/pool.js';
import {
  type PackedTask,
  sendTask,
  TaskUnpacker
} from '../../../src/worker/taskwire.js';
import { field, tabledata, utf8 } from '../protocol/votable/support.js';
import { FakeWorker } from './fake.js';
import { SOON } from './soon.js';

/** Cells of a chunk: 1 MB, so that each array crosses by itself. */
const ROWS = 131_072;

const { signal } = new AbortController();
let workers: FakeWorker[];
/** Bytes of the arrays that the page sent, message by message. */
let sent: number[];

beforeEach(() => {
  workers = [];
  sent = [];
  const { send } = Outlet.prototype;
  vi.spyOn(Outlet.prototype, 'send').mockImplementation(function (
    this: Outlet<unknown>,
    ...[item, weight, transfer]: Parameters<typeof send>
  ) {
    if (typeof item === 'object' && item !== null && 'arrays' in item) {
      sent.push(weight);
    }
    return send.call(this, item, weight, transfer);
  });
});

afterEach(() => {
  vi.restoreAllMocks();
});

function engine(options: Partial<IPoolOptions> = {}): Engine {
  return new Engine(
    new WorkerPool(() => {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
    }, options)
  );
}

/** A column of numbers, each chunk with the same ones. */
function column(chunks: number, rows = ROWS): IColumnChunk[] {
  return Array.from({ length: chunks }, () => ({
    kind: 'number',
    length: rows,
    valid: null,
    bit: 0,
    values: Float64Array.from({ length: rows }, (_, row) => row)
  }));
}

/** Keeps rows from a number on. */
function atLeast(chunks: IColumnChunk[], min: number): IFilterTask {
  const rowCount = chunks.reduce((sum, { length }) => sum + length, 0);
  const condition = { kind: 'range', min, max: null } as const;
  return { kind: 'filter', rowCount, first: 0, conditions: [{ chunks, condition }] };
}

/** Runs the task; the number of messages with arrays that this took. */
async function messages({ runTableTask }: Engine, task: IFilterTask): Promise<number> {
  const before = sent.length;
  const [first] = await runTableTask(task, signal);
  const [sameFirst] = await runOnPage(task, signal);
  expect(first).toBe(sameFirst);
  return sent.length - before;
}

async function read(one: Engine): Promise<void> {
  for await (const event of one.readVOTable(utf8(tabledata(field('int'), '')))) {
    expect(event).toBeDefined();
  }
}

describe('the arrays that a worker holds', { timeout: 30_000 }, () => {
  it('are not sent again for the next tasks on the column', async () => {
    const one = engine();
    const flux = column(3);
    expect(await messages(one, atLeast(flux, 5))).toBe(3);
    expect(await messages(one, atLeast(flux, 70_000))).toBe(0);
    expect(await messages(one, atLeast(column(1), 1))).toBe(1);
    expect(await messages(one, atLeast([...flux, ...column(2)], 9))).toBe(2);
    const sort = { kind: 'sort', rowCount: ROWS * 3, rows: null } as const;
    const keys = [{ chunks: flux, descending: true }];
    const sorted = await one.runTableTask({ ...sort, keys }, signal);
    expect(sorted.slice(0, 3)).toEqual(Uint32Array.of(1, 2, 3).map(n => n * ROWS - 1));
    expect(sent).toHaveLength(6);
  });

  it('cross together where they are small', async () => {
    expect(await messages(engine(), atLeast(column(40, 1000), 5))).toBe(1);
  });

  it('are those that crossed before a task was cancelled', async () => {
    const one = engine();
    const flux = column(6);
    const stop = new AbortController();
    const task = atLeast(flux, 5);
    const run = one.runTableTask(task, stop.signal).catch(asName);
    await vi.waitUntil(() => sent.length >= 2 || undefined, { interval: 0, ...SOON });
    stop.abort();
    expect(await run).toBe('AbortError');
    const first = sent.length;
    expect(await messages(one, task)).toBe(6 - first);
    expect(await messages(one, task)).toBe(0);
    expect(workers).toHaveLength(1);
  });

  it('are taken also for a task that was stopped before', async () => {
    const pool = new WorkerPool(() => new FakeWorker());
    const task = atLeast(column(3), 5);
    const loan = await pool.lend('table');
    const job = new Job<PackedTask, unknown>(loan, 'table');
    job.output.stop();
    await job.output.closed;
    await sendTask(task, job.input, loan.held, () => undefined);
    job.dispose();
    expect(await messages(new Engine(pool), task)).toBe(0);
  });

  it('are sent again to the successor of a worker that died', async () => {
    const one = engine();
    const task = atLeast(column(2), 5);
    await messages(one, task);
    workers[0].die();
    expect(await messages(one, task)).toBe(2);
    const dying = one.runTableTask(atLeast(column(4), 5), signal).catch(asName);
    await vi.waitUntil(() => sent.length > 4 || undefined, { interval: 0, ...SOON });
    workers[1].die();
    expect(await dying).toBe('ProtocolError');
    expect(await messages(one, task)).toBe(2);
  });

  it('are forgotten after a task that failed, and the next one is right', async () => {
    const one = engine({ most: 1 });
    const task = atLeast(column(2), 5);
    const broken = { ...task, first: (() => 0) as unknown as number };
    expect(await one.runTableTask(broken, signal).catch(asName)).toBe('DataCloneError');
    expect(await messages(one, task)).toBe(2);
    expect(workers).toHaveLength(1);
  });

  it('make room for reading, unless another worker can read', async () => {
    const task = atLeast(column(2), 5);
    const one = engine({ most: 1 });
    await messages(one, task);
    await read(one);
    expect(await messages(one, task)).toBe(2);
    const two = engine();
    await Promise.all([messages(two, task), read(two)]);
    await read(two);
    expect(await messages(two, task)).toBe(0);
  });

  it('are forgotten when nothing is done for a while', async () => {
    const one = engine({ linger: 20 });
    const task = atLeast(column(2), 5);
    const post = vi.spyOn(FakeWorker.prototype, 'postMessage');
    await messages(one, task);
    await expect
      .poll(() => post.mock.calls.slice(1), SOON)
      .toEqual([[{ kind: 'forget' }, []]]);
    expect(await messages(one, task)).toBe(2);
  });

  it('are each worker’s own', async () => {
    const one = engine();
    const task = atLeast(column(3), 5);
    const all = await Promise.all([messages(one, task), messages(one, task)]);
    expect(workers).toHaveLength(2);
    expect(sent).toHaveLength(6);
    expect(all.every(count => count > 0)).toBe(true);
    await Promise.all([messages(one, task), messages(one, task)]);
    expect(sent).toHaveLength(6);
  });
});

describe('HeldArrays', { timeout: 30_000 }, () => {
  const numbered = (...arrays: Uint8Array[]): Map<number, Uint8Array> =>
    new Map(arrays.map(array => [numberOf(array), array]));

  function use(held: HeldArrays, ...arrays: Uint8Array[]): readonly number[] | null {
    const keep = held.makeRoom(numbered(...arrays));
    for (const array of keep ? arrays : []) {
      held.add(numberOf(array), array.byteLength);
    }
    return keep;
  }

  it('makes room by what was not used for longest', () => {
    const held = new HeldArrays(10);
    const [a, b, c] = [4, 4, 4].map(length => new Uint8Array(length));
    use(held, a);
    use(held, b);
    use(held, a);
    expect(use(held, c)).toEqual([numberOf(a)]);
    expect(held.has(numberOf(b))).toBe(false);
  });

  it('forgets what the last tasks did not use', () => {
    const held = new HeldArrays(1000);
    const [a, b] = [new Uint8Array(4), new Uint8Array(4)];
    use(held, a);
    for (let task = 0; task < 4; task++) {
      expect(use(held, b)).toContain(numberOf(a));
    }
    expect(use(held, b)).toEqual([numberOf(b)]);
  });

  it('holds nothing of a task that is too large', async () => {
    const held = new HeldArrays(2 * ROWS * 8);
    const unpacker = new TaskUnpacker();
    const small = column(2);
    for (const [chunks, messages] of [
      [small, 2],
      [column(3), 3],
      [small, 2],
      [small, 0]
    ] as const) {
      sent = [];
      const { port1, port2 } = new MessageChannel();
      const input = new Outlet<PackedTask>(port1, Infinity);
      const task = unpacker.unpack(new Inlet(port2));
      await sendTask(atLeast([...chunks], 5), input, held, () => undefined);
      const { conditions } = (await task) as IFilterTask;
      expect(conditions[0].chunks.map(({ values }) => values[7])).toEqual(
        chunks.map(() => 7)
      );
      expect(sent).toHaveLength(messages);
      expect(held.isEmpty).toBe(messages === 3);
    }
  });
});

function asName(error: Error): string {
  return error.name;
}
