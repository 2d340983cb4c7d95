import { describe, expect, it, vi } from 'vitest';

import { ArrowDataModel } from '../../../../src/view/results/datamodel.js';
import { nextCell } from '../../../../src/view/results/keys.js';
import { RowSelectionModel } from '../../../../src/view/results/selection.js';
import { obscore, viewOf } from './support.js';

const make = (rows = 10): RowSelectionModel =>
  new RowSelectionModel(new ArrowDataModel(viewOf(obscore(rows))));

const rowsOf = (selection: RowSelectionModel): string =>
  [...selection.selections()].map(({ r1, r2 }) => `${r1}-${r2}`).join(' ');

describe('RowSelectionModel', () => {
  it('selects one row, and more from there', () => {
    const selection = make();
    selection.selectOnly(3, 1);
    selection.extendTo(5, 1);
    expect(rowsOf(selection)).toBe('3-5');
    selection.extendTo(1, 1);
    expect(rowsOf(selection)).toBe('1-3');
    expect([selection.cursorRow, selection.count]).toEqual([1, 3]);
  });

  it('moves the focus without selecting', () => {
    const selection = make();
    selection.selectOnly(3, 1);
    selection.focus(7, 2);
    expect(rowsOf(selection)).toBe('3-3');
    expect([selection.cursorRow, selection.cursorColumn]).toEqual([7, 2]);
  });

  it('takes a row out of the middle of a range', () => {
    const selection = make();
    selection.selectAll();
    selection.toggle(4);
    expect(rowsOf(selection)).toBe('0-3 5-9');
    selection.toggle(4);
    expect(rowsOf(selection)).toBe('0-9');
  });

  it('stays inside the table', () => {
    const selection = make(3);
    selection.selectOnly(99, 99);
    expect([selection.cursorRow, selection.cursorColumn]).toEqual([2, 8]);
    selection.toggle(99);
    expect(rowsOf(selection)).toBe('2-2');
  });

  it('keeps silent in an empty table', () => {
    const selection = make(0);
    const changed = vi.fn();
    selection.changed.connect(changed);
    selection.selectOnly(0, 0);
    selection.selectAll();
    expect(selection.isEmpty).toBe(true);
    expect(changed).not.toHaveBeenCalled();
  });

  it('does what a click, an accel click and a drag ask for', () => {
    const selection = make();
    const at = (row: number) => ({ r1: row, r2: row, c1: 0, c2: 0, cursorRow: row });
    selection.select({ ...at(2), cursorColumn: 0, clear: 'all' });
    selection.select({ ...at(6), cursorColumn: 0, clear: 'none' });
    selection.select({ ...at(8), cursorColumn: 0, clear: 'current' });
    expect(rowsOf(selection)).toBe('2-2 6-8');
    expect(selection.isColumnSelected()).toBe(false);
    expect([...selection.selections()].map(({ c1, c2 }) => [c1, c2])).toEqual([
      [0, 8],
      [0, 8]
    ]);
  });
});

describe('nextCell', () => {
  const extent = { rows: 100, columns: 5, page: 20 };
  const from = (key: string, accel = false, row = 50, column = 2) =>
    nextCell(key, accel, { row, column }, extent);

  it.each([
    ['ArrowUp', 49, 2],
    ['ArrowDown', 51, 2],
    ['ArrowLeft', 50, 1],
    ['ArrowRight', 50, 3],
    ['PageUp', 30, 2],
    ['PageDown', 70, 2],
    ['Home', 50, 0],
    ['End', 50, 4]
  ])('%s leads to row %d, column %d', (key, row, column) => {
    expect(from(key)).toEqual({ row, column });
  });

  it('goes to the ends of the table with the accel key', () => {
    expect(from('Home', true)).toEqual({ row: 0, column: 0 });
    expect(from('End', true)).toEqual({ row: 99, column: 4 });
  });

  it('stops at the edges', () => {
    expect(from('ArrowUp', false, 0)).toEqual({ row: 0, column: 2 });
    expect(from('PageDown', false, 95)).toEqual({ row: 99, column: 2 });
  });

  it('leads nowhere for other keys', () => {
    expect(from('x')).toBeNull();
  });
});

describe('RowSelectionModel over rows that are arranged anew', () => {
  const LEVEL = 4;
  const arranged = (rows = 10) => {
    const view = viewOf(obscore(rows));
    return { view, selection: new RowSelectionModel(new ArrowDataModel(view)) };
  };
  const keep = (...values: number[]) => [
    { kind: 'set' as const, column: LEVEL, values }
  ];

  it('keeps rows selected and the focus on its row while they are sorted', async () => {
    const { view, selection } = arranged();
    selection.selectOnly(2, 1);
    selection.extendTo(3, 1);
    await view.setSort([{ column: LEVEL, descending: true }]);
    expect(selection.rows).toEqual([2, 3]);
    expect([...selection.inOrder()]).toEqual([3, 2]);
    expect([selection.focusedRow, selection.cursorRow]).toEqual([3, 6]);
    expect(rowsOf(selection)).toBe('6-7');
  });

  it('gives out only rows that are shown, and forgets none', async () => {
    const { view, selection } = arranged();
    selection.selectOnly(2, 1);
    selection.extendTo(4, 1);
    await view.setFilters(keep(2, 7));
    expect([selection.rows, selection.count, selection.hiddenCount]).toEqual([
      [2],
      1,
      2
    ]);
    await view.setFilters([]);
    expect([selection.rows, selection.hiddenCount]).toEqual([[2, 3, 4], 0]);
  });

  it('moves the focus from a row that vanishes to the one in its place', async () => {
    const { view, selection } = arranged();
    selection.selectOnly(9, 1);
    await view.setFilters(keep(0, 5));
    expect([selection.cursorRow, selection.focusedRow]).toEqual([1, 5]);
    await view.setFilters(keep(99));
    expect([selection.cursorRow, selection.focusedRow]).toEqual([-1, -1]);
  });

  it('leaves a focus that nobody chose at its place', async () => {
    const { view, selection } = arranged();
    selection.focusSomething();
    await view.setSort([{ column: LEVEL, descending: true }]);
    expect([selection.cursorRow, selection.focusedRow]).toEqual([0, 9]);
  });

  it('selects all that is shown, and a range as it is shown', async () => {
    const { view, selection } = arranged();
    await view.setFilters(keep(1, 3, 8));
    selection.selectAll();
    expect(selection.rows).toEqual([1, 3, 8]);
    await view.setSort([{ column: LEVEL, descending: true }]);
    selection.selectOnly(0, 0);
    selection.extendTo(1, 0);
    expect(selection.rows).toEqual([3, 8]);
  });
});
