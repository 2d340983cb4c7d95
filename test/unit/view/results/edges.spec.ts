import { nullTranslator } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import { fireEvent } from '@testing-library/dom';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { resultColumns, shownAs } from '../../../../src/view/results/columns.js';
import { RowCopier } from '../../../../src/view/results/copier.js';
import { ArrowDataModel } from '../../../../src/view/results/datamodel.js';
import { FastGrid } from '../../../../src/view/results/fastgrid.js';
import { ResultGrid } from '../../../../src/view/results/grid.js';
import { GridWidths } from '../../../../src/view/results/gridwidths.js';
import { RowSelectionModel } from '../../../../src/view/results/selection.js';
import { readTheme } from '../../../../src/view/results/theme.js';
import { gridWords } from '../../../../src/view/results/words.js';
import { fakeCanvas, field, type IColumn, obscore, viewOf } from './support.js';

beforeAll(fakeCanvas);

const trans = nullTranslator.load('obsdeck');

/** A column of numbers that count up. */
const numbers = (rows: number): IColumn[] => [
  { field: field('n', 'int'), cells: Array.from({ length: rows }, (_, row) => row) }
];

describe('A hundred thousand selected rows', () => {
  it('are listed once, however many ask for them', () => {
    const selection = new RowSelectionModel(
      new ArrowDataModel(viewOf(numbers(100_000)))
    );
    selection.selectAll();
    expect(selection.rows).toHaveLength(100_000);
    expect(selection.rows).toBe(selection.rows);
    selection.toggle(0);
    expect([selection.rows.length, selection.rows[0]]).toEqual([99_999, 1]);
  });

  it('are listed anew when a filter hides some of them', async () => {
    const view = viewOf(numbers(100_000));
    const selection = new RowSelectionModel(new ArrowDataModel(view));
    selection.selectAll();
    expect(selection.rows).toHaveLength(100_000);
    await view.setFilters([{ kind: 'range', column: 0, min: 10, max: 19 }]);
    expect(selection.rows).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
  });
});

describe('The grid', () => {
  let grid: ResultGrid;
  let written: string[];

  const press = (key: string, more = {}): void => {
    const host = grid.node.querySelector('[role=grid]');
    fireEvent.keyDown(host ?? grid.node, { key, ...more });
  };

  beforeEach(() => {
    grid = new ResultGrid(gridWords(trans));
    Widget.attach(grid, document.body);
    written = [];
    vi.stubGlobal('navigator', {
      ...navigator,
      clipboard: { writeText: async (text: string) => void written.push(text) }
    });
  });

  afterEach(() => {
    grid.dispose();
    vi.unstubAllGlobals();
  });

  it('copies the rows as they were when that was asked for', async () => {
    const rows = 3000;
    const view = viewOf(numbers(rows));
    grid.setView(view);
    grid.selection?.selectAll();
    const copier = new RowCopier(grid, trans, () => undefined);
    const copying = copier.copy(new Event('copy') as ClipboardEvent);
    await view.setSort([{ column: 0, descending: true }]);
    grid.selectRows([5]);
    await copying;
    const names = ['n', ...Array.from({ length: rows }, (_, row) => String(row))];
    expect(written).toEqual([names.join('\n')]);
  });

  it('has nothing to select, open or copy without rows', async () => {
    grid.setView(viewOf(obscore(0)));
    const opened = vi.fn();
    grid.opened.connect(opened);
    const copied = vi.fn();
    const event = { clipboardData: { setData: copied } } as unknown as ClipboardEvent;
    for (const key of ['ArrowDown', 'End', 'Enter', ' ', 'PageDown', 'Home']) {
      press(key);
    }
    press('a', { ctrlKey: true });
    grid.selectRows([0, 1]);
    await new RowCopier(grid, trans, () => undefined).copy(event);
    expect([grid.focusedRow, grid.selectedCount]).toEqual([-1, 0]);
    expect(opened).not.toHaveBeenCalled();
    expect(copied).not.toHaveBeenCalled();
  });

  it('can be walked again after a filter that hid all rows', async () => {
    const view = viewOf(numbers(5));
    grid.setView(view);
    grid.selectRows([2]);
    await view.setFilters([{ kind: 'range', column: 0, min: 10, max: 19 }]);
    expect([grid.focusedRow, grid.selectedCount]).toEqual([-1, 0]);
    press('ArrowDown');
    await view.setFilters([]);
    expect(grid.selectedCount).toBe(1);
    press('ArrowDown');
    expect(grid.focusedRow).toBeGreaterThanOrEqual(0);
  });
});

describe('Pinned columns', () => {
  it('scroll where they would leave the others no room', () => {
    const model = new ArrowDataModel(viewOf(obscore(1)));
    const grid = new FastGrid();
    const widths = new GridWidths(grid, () => readTheme(document.body));
    const size = vi.spyOn(grid, 'viewportWidth', 'get');
    widths.fit(model, new Map(model.columns.map(({ key }) => [key, 100])));
    const room = (width: number): number => {
      size.mockReturnValue(width);
      return widths.room(model, 4);
    };
    expect([2000, 600, 400, 150].map(room)).toEqual([4, 3, 2, 0]);
    grid.dispose();
  });
});

describe('Another unit', () => {
  const inUnit = (unit: string | null, id: string, cells: readonly unknown[]) => {
    const [column] = resultColumns([field('em_min', 'double', { unit, ucd: 'em.wl' })]);
    const { display, unitLine } = shownAs(column, id);
    return [unitLine, ...cells.map(cell => display.text(cell))];
  };

  it('is that of the standard where the service gives a blank one, or none', () => {
    for (const unit of ['', ' ', null]) {
      expect(inUnit(unit, 'nm', [5e-7])).toEqual(['nm', '500']);
    }
  });

  it('is not offered for a unit that is none of a length', () => {
    expect(inUnit('furlong/fortnight', 'nm', [2])[1]).toBe('2');
  });
});
