import { describe, expect, it, vi } from 'vitest';

import type { IArchive } from '../../../../src/archives/archive.js';
import type { RowStore } from '../../../../src/model/columns.js';
import { RowsHere } from '../../../../src/model/downloads/here.js';
import type { IWantedFile } from '../../../../src/model/downloads/types.js';
import { FakeQueue, file } from '../../../support/downloads.js';

const ARCHIVE = {
  definition: { id: 'eso' },
  links: {
    sourceOf: (row: (column: string) => unknown) => {
      const id = row('dp_id');
      return id === null ? null : { kind: 'service', url: 'https://x.org', id };
    }
  }
} as unknown as IArchive;

/** A table of as many rows, each with an identifier; every tenth without. */
function tableOf(rowCount: number): RowStore {
  const value = (row: number): string | null => (row % 10 === 9 ? null : `row${row}`);
  return { rowCount, indexOf: () => 0, value } as unknown as RowStore;
}

class Queue extends FakeQueue {
  here = vi.fn(async (files: readonly IWantedFile[]) =>
    files.flatMap(({ id }, index) => (id === 'row4321' ? [{ index, path: 'a' }] : []))
  );
}

const go = async (): Promise<void> => undefined;

describe('rows whose file is on disk', () => {
  it('are asked about in parts, and only those that name a file', async () => {
    const queue = new Queue();
    const rows = new RowsHere(tableOf(5000), ARCHIVE, queue);
    const changed = vi.fn();
    rows.changed.connect(changed);
    await rows.ask(go);
    expect(queue.here.mock.calls.map(([files]) => files.length)).toEqual([
      1800, 1800, 900
    ]);
    expect([rows.has(4321), rows.has(4320), rows.count]).toEqual([true, false, 1]);
    expect(changed).toHaveBeenCalledOnce();
  });

  it('are known without a question once they were fetched', async () => {
    const queue = new Queue();
    const rows = new RowsHere(tableOf(20), ARCHIVE, queue);
    await rows.ask(go);
    queue.put([
      file('a', { state: 'done', sourceId: 'row7' }),
      file('b', { state: 'done', sourceId: 'row8', archive: 'other' }),
      file('c', { sourceId: 'row6' })
    ]);
    expect([6, 7, 8].map(row => rows.has(row))).toEqual([false, true, false]);
    expect(queue.here).toHaveBeenCalledOnce();
  });

  it('are of 100,000 rows at most, and of none where the server cannot be asked', async () => {
    const queue = new Queue();
    await new RowsHere(tableOf(150_000), ARCHIVE, queue).ask(go);
    expect(queue.here).toHaveBeenCalledTimes(50);
    queue.here.mockClear().mockRejectedValue(new Error('gone'));
    const rows = new RowsHere(tableOf(5000), ARCHIVE, queue);
    await rows.ask(go);
    expect([rows.count, queue.here.mock.calls.length]).toEqual([0, 1]);
  });
});
