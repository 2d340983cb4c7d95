import { describe, expect, it, vi } from 'vitest';

import { RowStore } from '../../../src/model/columns.js';
import { RowView } from '../../../src/model/rowview.js';
import type { ColumnFilter } from '../../../src/model/table/filters.js';
import { runOnPage } from '../../../src/model/table/pause.js';
import type {
  TableResult,
  TableRunner,
  TableTask
} from '../../../src/model/table/tasks.js';
import { headOf } from './rows.js';
import { batchesOf, fieldOf } from './table/columns.js';

const NAME = 0;
const NUMBER = 1;
const UP = [{ column: NUMBER, descending: false }];
const DOWN = [{ column: NUMBER, descending: true }];
const EVEN: ColumnFilter = { column: NAME, kind: 'set', values: ['even'] };

/** A store with these numbers in its second column; the first says `even` or `odd`. */
function storeOf(...numbers: readonly number[]): RowStore {
  const store = new RowStore(headOf([fieldOf('name', 'char'), fieldOf('n', 'double')]));
  add(store, ...numbers);
  return store;
}

function add(store: RowStore, ...numbers: readonly number[]): void {
  const names = numbers.map(number => (number % 2 === 0 ? 'even' : 'odd'));
  const [batch] = batchesOf([
    { datatype: 'char', values: names },
    { datatype: 'double', values: numbers }
  ]);
  store.append(batch);
}

/** The numbers in the order in which they are shown. */
function shown(view: RowView): unknown[] {
  return Array.from({ length: view.rowCount }, (_, position) =>
    view.store.value(view.rowAt(position), NUMBER)
  );
}

/** What the view tells about its rows. */
function changesOf(view: RowView): string[] {
  const changes: string[] = [];
  view.changed.connect((_, change) => {
    changes.push(
      change.kind === 'inserted' ? `${change.first}+${change.count}` : change.kind
    );
  });
  return changes;
}

/** Resolves when the view has nothing left to do. */
async function settled(view: RowView): Promise<void> {
  do {
    await new Promise(resolve => setTimeout(resolve, 2));
  } while (view.busy);
}

/** A runner whose tasks wait until they are let go. */
class HeldRunner {
  readonly run: TableRunner = async <T extends TableTask>(
    task: T,
    signal: AbortSignal
  ): Promise<TableResult<T>> => {
    this.kinds.push(task.kind);
    await new Promise<void>(resolve => this._waiting.push(resolve));
    return runOnPage(task, signal);
  };

  /** Kinds of the tasks begun so far. */
  readonly kinds: string[] = [];

  /** Lets all tasks go on that have begun. */
  release(): void {
    this._waiting.splice(0).forEach(resolve => resolve());
  }

  private readonly _waiting: (() => void)[] = [];
}

describe('RowView', () => {
  it('shows rows as they arrived until it is told otherwise', () => {
    const store = storeOf(3, 1, 2);
    const view = new RowView(store, runOnPage);
    const changes = changesOf(view);
    expect(shown(view)).toEqual([3, 1, 2]);
    expect(view.positionOf(2)).toBe(2);
    expect(view.positionOf(3)).toBe(-1);
    add(store, 7, 5);
    expect(view.rowCount).toBe(3);
    view.grew();
    expect(shown(view)).toEqual([3, 1, 2, 7, 5]);
    expect(changes).toEqual(['3+2']);
    expect(() => view.rowAt(5)).toThrow(RangeError);
  });

  it('sorts and filters, and finds rows again', async () => {
    const view = new RowView(storeOf(4, 1, 2, 3, 6), runOnPage);
    const changes = changesOf(view);
    await view.setSort(DOWN);
    expect(shown(view)).toEqual([6, 4, 3, 2, 1]);
    await view.setFilters([EVEN]);
    expect(shown(view)).toEqual([6, 4, 2]);
    expect([0, 1, 2, 3, 4, 5].map(row => view.positionOf(row))).toEqual([
      1, -1, 2, -1, 0, -1
    ]);
    await view.setSort([]);
    expect(shown(view)).toEqual([4, 2, 6]);
    await view.setFilters([]);
    expect(shown(view)).toEqual([4, 1, 2, 3, 6]);
    expect(changes).toEqual(['reordered', 'reordered', 'reordered', 'reordered']);
  });

  it('takes an empty text for no filter', async () => {
    const view = new RowView(storeOf(2, 1), new HeldRunner().run);
    await view.setFilters([
      { column: NAME, kind: 'text', text: '', matchCase: false },
      { column: NUMBER, kind: 'range', min: null, max: null }
    ]);
    expect(shown(view)).toEqual([2, 1]);
  });

  it('filters rows as they arrive', async () => {
    const store = storeOf(2, 1);
    const view = new RowView(store, runOnPage);
    await view.setFilters([EVEN]);
    const changes = changesOf(view);
    add(store, 3, 4);
    add(store, 5);
    add(store, 6);
    view.grew();
    await settled(view);
    expect(shown(view)).toEqual([2, 4, 6]);
    expect(view.positionOf(5)).toBe(2);
    add(store, 7, 8);
    view.grew();
    await settled(view);
    expect(changes).toEqual(['1+2', '3+1']);
    expect(view.positionOf(7)).toBe(3);
  });

  it('sorts again when the last row is there', async () => {
    const store = storeOf(2, 1);
    const view = new RowView(store, runOnPage);
    await view.setSort(UP);
    expect(view.isOrderComplete).toBe(true);
    add(store, 4, 0);
    view.grew();
    await settled(view);
    expect(shown(view)).toEqual([1, 2, 4, 0]);
    expect(view.isOrderComplete).toBe(false);
    view.readingEnded();
    await settled(view);
    expect(shown(view)).toEqual([0, 1, 2, 4]);
    expect(view.isOrderComplete).toBe(true);
  });

  it('does not begin again to sort late rows in once it is told to stop', async () => {
    const store = storeOf(2, 1);
    const runner = new HeldRunner();
    const view = new RowView(store, runner.run);
    await settledWith(runner, view.setSort(UP));
    add(store, 0);
    view.readingEnded();
    await vi.waitFor(() => expect(view.busy).toBe(true), { timeout: 20_000 });
    view.cancel();
    const timer = setInterval(() => runner.release(), 1);
    await vi.waitFor(() => expect(view.rowCount).toBe(3), { timeout: 20_000 });
    await settled(view);
    clearInterval(timer);
    expect(shown(view)).toEqual([1, 2, 0]);
    expect(view.isOrderComplete).toBe(false);
    await settledWith(runner, view.setSort(UP));
    expect(shown(view)).toEqual([0, 1, 2]);
  });

  it('shows the earlier order while it works, and loses no row meanwhile', async () => {
    const store = storeOf(2, 1);
    const runner = new HeldRunner();
    const view = new RowView(store, runner.run);
    const done = view.setSort(UP);
    expect(view.busy).toBe(true);
    expect(view.sortKeys).toEqual(UP);
    add(store, 0);
    view.grew();
    view.readingEnded();
    expect(shown(view)).toEqual([2, 1]);
    await settledWith(runner, done);
    expect(shown(view)).toEqual([1, 2]);
    await settledWith(
      runner,
      vi.waitFor(() => expect(shown(view)).toEqual([0, 1, 2]))
    );
    expect(runner.kinds).toEqual(['sort', 'sort']);
  });

  it('lets the last call win', async () => {
    const runner = new HeldRunner();
    const view = new RowView(storeOf(2, 1, 3), runner.run);
    const changes = changesOf(view);
    const first = view.setSort(UP);
    const second = view.setSort(DOWN);
    await first;
    expect(shown(view)).toEqual([2, 1, 3]);
    runner.release();
    await settledWith(runner, second);
    expect(shown(view)).toEqual([3, 2, 1]);
    expect(changes).toEqual(['reordered']);
    expect(view.error).toBeNull();
  });

  it('does not show what an aborted task still brings', async () => {
    const heedless: TableRunner = task => runOnPage(task, new AbortController().signal);
    const view = new RowView(storeOf(2, 1, 3), heedless);
    const changes = changesOf(view);
    void view.setSort(UP);
    await view.setSort(DOWN);
    expect(changes).toEqual(['reordered']);
    expect(shown(view)).toEqual([3, 2, 1]);
  });

  it('keeps what is shown when a task fails, and says why', async () => {
    let isBroken = false;
    const run: TableRunner = (task, signal) =>
      isBroken
        ? Promise.reject(new Error('The worker is gone.'))
        : runOnPage(task, signal);
    const view = new RowView(storeOf(2, 1, 3), run);
    await view.setSort(UP);
    isBroken = true;
    await view.setSort(DOWN);
    expect(view.error?.message).toBe('The worker is gone.');
    expect(view.busy).toBe(false);
    expect(view.sortKeys).toEqual(UP);
    expect(shown(view)).toEqual([1, 2, 3]);
    isBroken = false;
    await view.setSort(DOWN);
    expect(view.error).toBeNull();
    expect(shown(view)).toEqual([3, 2, 1]);
  });

  it('says why a filter does not suit its column', async () => {
    const view = new RowView(storeOf(2, 1), runOnPage);
    await view.setFilters([{ column: NAME, kind: 'range', min: 0, max: null }]);
    expect(view.error?.message).toMatch(/numbers/);
    expect(view.filters).toEqual([]);
  });

  it('counts the values of a column', async () => {
    const view = new RowView(storeOf(2, 1, 4), runOnPage);
    const { signal } = new AbortController();
    expect(await view.countValues(NAME, 2, signal)).toEqual([
      { value: 'even', count: 2 },
      { value: 'odd', count: 1 }
    ]);
    expect(await view.countValues(NAME, 1, signal)).toBeNull();
  });

  it('stops working when it is disposed', async () => {
    const runner = new HeldRunner();
    const view = new RowView(storeOf(2, 1), runner.run);
    const changes = changesOf(view);
    const done = view.setSort(UP);
    view.dispose();
    runner.release();
    await done;
    await view.setSort(DOWN);
    expect(changes).toEqual([]);
  });
});

/** Lets every task go until a call of the view has resolved. */
async function settledWith(runner: HeldRunner, call: Promise<void>): Promise<void> {
  const timer = setInterval(() => runner.release(), 1);
  await call;
  clearInterval(timer);
}
