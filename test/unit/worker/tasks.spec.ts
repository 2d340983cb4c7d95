import { beforeEach, describe, expect, it, vi } from 'vitest';

import { columnChunks } from '../../../src/model/table/chunks.js';
import { countTask, filterTask, sortTask } from '../../../src/model/table/filters.js';
import { runOnPage } from '../../../src/model/table/pause.js';
import { readVOTable } from '../../../src/protocol/votable/index.js';
import { Engine } from '../../../src/worker/engine.js';
import { type IForget, type IJob, READY } from '../../../src/worker/jobs.js';
import { Inlet, Outlet } from '../../../src/worker/pipe.js';
import { WorkerPool } from '../../../src/worker/pool.js';
import { TaskUnpacker } from '../../../src/worker/taskwire.js';
import { tabledata, utf8 } from '../protocol/votable/support.js';
import { FakeWorker } from './fake.js';

const FIELDS =
  '<FIELD name="name" datatype="char" arraysize="*"/>' +
  '<FIELD name="flux" datatype="double"/><FIELD name="id" datatype="long"/>' +
  '<FIELD name="good" datatype="boolean"/>';

/** Rows of several batches, with nulls, as a store holds them. */
async function table() {
  const rows = Array.from({ length: 20_000 }, (_, row) => {
    const flux = row % 7 === 0 ? '' : String((row * 7919) % 1000);
    const name = row % 11 === 0 ? '' : `NGC ${row % 300}`;
    return `<TR><TD>${name}</TD><TD>${flux}</TD><TD>${row}</TD><TD>${row % 2 ? 'T' : 'F'}</TD></TR>`;
  });
  const { tables } = await readVOTable(utf8(tabledata(FIELDS, rows.join(''))));
  const [{ arrow, fields }] = tables;
  return { batches: arrow.batches, fields };
}

let started = 0;

function inWorker(): Engine {
  return new Engine(
    new WorkerPool(() => {
      started += 1;
      return new FakeWorker();
    })
  );
}

function onPage(): Engine {
  return new Engine(
    new WorkerPool(() => {
      throw new Error('refused');
    })
  );
}

beforeEach(() => {
  started = 0;
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
});

describe.each([
  ['in a worker', inWorker, 1],
  ['on the page', onPage, 0]
])('table tasks %s', { timeout: 30_000 }, (_where, make, workers) => {
  const { signal } = new AbortController();

  it('give what they give without one, and leave the table as it was', async () => {
    const store = await table();
    const { runTableTask } = make();
    const keys = [
      { column: 0, descending: false },
      { column: 1, descending: true }
    ];
    const sort = sortTask(store, keys);
    const sorted = await runTableTask(sort, signal);
    expect(sorted).toEqual(await runOnPage(sort, signal));
    expect(sorted).toHaveLength(20_000);

    const filter = filterTask(store, [
      { column: 0, kind: 'text', text: 'ngc 2', matchCase: false },
      { column: 1, kind: 'range', min: 100, max: null },
      { column: 2, kind: 'set', values: [3n, 26n, null] },
      { column: 3, kind: 'set', values: [false] }
    ]);
    const kept = await runTableTask(filter, signal);
    expect(kept).toEqual(await runOnPage(filter, signal));
    expect(kept).toEqual(Uint32Array.of(26));

    const count = countTask(store, 3, 10);
    expect(await runTableTask(count, signal)).toEqual(await runOnPage(count, signal));
    expect(await runTableTask(countTask(store, 0, 10), signal)).toBeNull();
    expect(columnChunks(store, 1)[0].values.length).toBeGreaterThan(0);
    expect(started).toBe(workers);
  });

  it('stop by their signal', async () => {
    const store = await table();
    const { runTableTask } = make();
    const stop = new AbortController();
    const task = sortTask(store, [{ column: 0, descending: false }]);
    const sorting = runTableTask(task, stop.signal);
    stop.abort();
    await expect(sorting).rejects.toMatchObject({ name: 'AbortError' });
    await expect(runTableTask(task, stop.signal)).rejects.toMatchObject({
      name: 'AbortError'
    });
    expect(await runTableTask(task, signal)).toHaveLength(20_000);
  });
});

describe('a table task in a worker', () => {
  it('is given up at once, also when the worker has all of it', async () => {
    const stop = new AbortController();
    const worker = new FakeWorker(scope => {
      scope.onmessage = async ({ data }) => {
        const job = data as IJob | IForget;
        if (job.kind === 'forget') {
          return;
        }
        const { input, output } = job;
        const results = new Outlet(output, 1);
        await new TaskUnpacker().unpack(new Inlet(input));
        stop.abort();
        await results.room();
      };
      scope.postMessage(READY);
    });
    const { runTableTask } = new Engine(new WorkerPool(() => worker));
    const task = sortTask(await table(), [{ column: 0, descending: false }]);
    await expect(runTableTask(task, stop.signal)).rejects.toMatchObject({
      name: 'AbortError'
    });
    // One that is not told would be ended, for want of an answer.
    expect(worker.terminated).toBe(0);
  });
});
