import { describe, expect, it, vi } from 'vitest';

import { sortTask } from '../../../../src/model/table/filters.js';
import { pausing, runOnPage } from '../../../../src/model/table/pause.js';
import { NEVER, tableOf } from './columns.js';

const COLUMN = {
  datatype: 'double',
  values: Array.from({ length: 100_000 }, (_, row) => (row * 7919) % 100_000)
} as const;

const KEYS = [{ column: 0, descending: false }];

describe('running a task on the page', () => {
  it('lets other tasks run whenever it has worked for a while', async () => {
    // A clock that says that every look at it comes 10 ms after the one before.
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => (now += 10));
    let others = 0;
    const timer = setInterval(() => (others += 1), 0);
    const pause = pausing(NEVER);
    for (let slice = 0; slice < 500; slice++) {
      await pause();
    }
    clearInterval(timer);
    expect(others).toBeGreaterThan(0);
  });

  it('works on where too little time has passed', async () => {
    vi.spyOn(performance, 'now').mockReturnValue(0);
    let others = 0;
    const timer = setImmediate(() => (others += 1));
    const pause = pausing(NEVER);
    for (let slice = 0; slice < 500; slice++) {
      await pause();
    }
    expect(others).toBe(0);
    clearImmediate(timer);
  });

  it('stops in the midst of a task that is aborted', async () => {
    const abort = new AbortController();
    const running = runOnPage(sortTask(tableOf([COLUMN]), KEYS), abort.signal);
    abort.abort();
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('does not begin what is aborted already', async () => {
    const task = sortTask(tableOf([COLUMN]), KEYS);
    await expect(runOnPage(task, AbortSignal.abort('why'))).rejects.toMatchObject({
      name: 'AbortError'
    });
  });

  it('leaves the buffers of the table alone', async () => {
    const table = tableOf([COLUMN], [30_000]);
    const rows = Uint32Array.of(3, 2, 1);
    await runOnPage(sortTask(table, KEYS, rows), NEVER);
    expect(Array.from(rows)).toEqual([3, 2, 1]);
    expect(table.batches[0].data.children[0].values[1]).toBe(7919);
  });
});
