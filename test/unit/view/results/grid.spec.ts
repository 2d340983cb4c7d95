import { nullTranslator } from '@jupyterlab/translation';
import { DataGrid } from '@lumino/datagrid';
import { Widget } from '@lumino/widgets';
import { fireEvent } from '@testing-library/dom';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { GridMirror, mirrorWindow } from '../../../../src/view/results/aria.js';
import { ArrowDataModel } from '../../../../src/view/results/datamodel.js';
import { canDrawDirect, FastGrid } from '../../../../src/view/results/fastgrid.js';
import { ResultGrid } from '../../../../src/view/results/grid.js';
import { elide } from '../../../../src/view/results/elide.js';
import { rowNumberWidth, sampleRows } from '../../../../src/view/results/widths.js';
import { gridWords } from '../../../../src/view/results/words.js';
import {
  batchOf,
  fakeCanvas,
  field,
  type IColumn,
  obscore,
  viewOf
} from './support.js';

const WORDS = gridWords(nullTranslator.load('obsdeck'));

beforeAll(fakeCanvas);

describe('FastGrid', () => {
  it('finds the private members of the installed DataGrid', () => {
    expect(canDrawDirect()).toBe(true);
    const grid = new DataGrid() as unknown as Record<string, unknown>;
    for (const member of ['_canvasGC', '_bufferGC', '_buffer']) {
      expect(grid[member], member).toBeTruthy();
    }
  });

  it('paints into the canvas and copies nothing from the buffer', () => {
    const grid = new FastGrid() as unknown as IPainter;
    const stock = DataGrid.prototype as unknown as IPainter;
    const copies = vi.spyOn(stock, '_blitContent').mockImplementation(() => undefined);
    const drawn = vi.spyOn(stock, '_drawCells').mockImplementation(function (
      this: IPainter
    ) {
      expect(this._bufferGC).toBe(this._canvasGC);
      this._blitContent(this._buffer, 0, 0, 1, 1, 0, 0);
    });
    const buffer = grid._bufferGC;
    grid._drawCells({ xMin: 0, yMin: 0, xMax: 9, yMax: 9 });
    expect(drawn).toHaveBeenCalledOnce();
    expect(copies).not.toHaveBeenCalled();
    expect(grid._bufferGC).toBe(buffer);
    grid._blitContent(grid._buffer, 0, 0, 1, 1, 0, 0);
    expect(copies).toHaveBeenCalledOnce();
  });

  it('paints the empty overlay once, and again when its canvas was resized', () => {
    const grid = new FastGrid() as unknown as IPainter;
    const stock = DataGrid.prototype as unknown as IPainter;
    const painted = vi.spyOn(stock, '_paintOverlay');
    grid._resizeCanvasIfNeeded(200, 128);
    grid._paintOverlay();
    grid._resizeCanvasIfNeeded(201, 128);
    grid._paintOverlay();
    expect(painted).toHaveBeenCalledOnce();
    grid._resizeCanvasIfNeeded(1100, 700);
    grid._paintOverlay();
    expect(painted).toHaveBeenCalledTimes(2);
  });

  interface IPainter {
    _paintOverlay(): void;
    _resizeCanvasIfNeeded(width: number, height: number): void;
    _canvasGC: unknown;
    _bufferGC: unknown;
    _buffer: unknown;
    _drawCells(region: unknown): void;
    _blitContent(...args: unknown[]): void;
  }
});

describe('ArrowDataModel', () => {
  it('gives texts, nulls, headers and row numbers', () => {
    const model = new ArrowDataModel(viewOf(obscore()));
    expect(model.rowCount('body')).toBe(3);
    expect(model.columnCount('body')).toBe(9);
    expect(model.data('column-header', 0, 2)).toBe('s_ra');
    expect(model.data('row-header', 1, 0)).toBe('2');
    expect(model.data('body', 0, 3)).toBe('\u221232.2862');
    expect(model.data('body', 1, 4)).toBeNull();
  });

  it('tells the grid about rows that were added, once', () => {
    const view = viewOf(obscore());
    const model = new ArrowDataModel(view);
    const changed = vi.fn();
    model.changed.connect((_, args) => changed(args));
    view.store.append(batchOf(obscore(2)));
    expect(model.rowCount('body')).toBe(3);
    view.grew();
    view.grew();
    expect(changed.mock.calls).toEqual([
      [{ type: 'rows-inserted', region: 'body', index: 3, span: 2 }]
    ]);
    expect(model.rowCount('body')).toBe(5);
  });
});

describe('GridMirror', () => {
  const geometry = {
    firstRow: 0,
    endRow: 1000,
    headerHeight: 40,
    numbersWidth: 40,
    scrolled: 0,
    rowHeight: 24,
    width: () => 100,
    top: (row: number) => 40 + row * 24
  };
  const state = {
    focusedRow: 1,
    focusedColumn: 2,
    isSelected: (row: number) => row === 1
  };

  const mirrored = (rows: number, first = 0): HTMLElement => {
    const host = document.createElement('div');
    const mirror = new GridMirror(host, WORDS);
    mirror.reset(new ArrowDataModel(viewOf(obscore(rows))));
    let calls = 1;
    while (!mirror.update({ ...geometry, firstRow: first }, state)) {
      calls += 1;
    }
    expect(calls, 'calls it takes').toBeLessThan(5);
    return host;
  };
  const all = (host: HTMLElement, role: string): HTMLElement[] => [
    ...host.querySelectorAll<HTMLElement>(`[role="${role}"]`)
  ];

  it('is a grid that says how large the table is', () => {
    const host = mirrored(500);
    expect(host.getAttribute('role')).toBe('grid');
    expect(host.getAttribute('aria-label')).toBe('Results');
    expect(host.getAttribute('aria-rowcount')).toBe('501');
    expect(host.getAttribute('aria-colcount')).toBe('9');
  });

  it('is no grid without a table', () => {
    const host = document.createElement('div');
    const mirror = new GridMirror(host, WORDS);
    mirror.reset(new ArrowDataModel(viewOf(obscore(1))));
    expect([host.getAttribute('role'), host.tabIndex]).toEqual(['grid', 0]);
    mirror.reset(null);
    expect([host.hasAttribute('role'), host.tabIndex]).toEqual([false, -1]);
    expect(host.childElementCount).toBe(0);
  });

  it('names headers with unit and description', () => {
    expect(all(mirrored(1), 'columnheader')[2].getAttribute('aria-label')).toBe(
      's_ra, deg, Right ascension, ICRS'
    );
  });

  it('holds a bounded window of rows', () => {
    const rows = all(mirrored(500, 100), 'row').slice(1);
    expect(rows).toHaveLength(60);
    expect(rows[0].getAttribute('aria-rowindex')).toBe('102');
  });

  it('says “no value” for nulls and marks what is selected', () => {
    const row = all(mirrored(3), 'row')[2];
    expect(row.getAttribute('aria-selected')).toBe('true');
    expect(row.children[4].textContent).toBe('no value');
    expect(row.children[2].textContent).toBe('56.7467');
  });

  it('points to the focused cell', () => {
    const host = mirrored(3);
    const id = host.getAttribute('aria-activedescendant');
    expect(host.querySelector(`#${id}`)?.textContent).toBe('56.7467');
    expect(mirrored(1).hasAttribute('aria-activedescendant')).toBe(false);
  });

  it('lies where the canvas has the cell', () => {
    const cell = all(mirrored(3), 'row')[3].children[1] as HTMLElement;
    const host = cell.closest<HTMLElement>('[role=grid]');
    expect(host?.style.getPropertyValue('--jp-Obsdeck-Results-scrolled')).toBe('0px');
    expect(host?.style.getPropertyValue('--jp-Obsdeck-Results-columns')).toMatch(
      /^100px 100px /
    );
    expect(cell.parentElement?.style.top).toBe('48px');
  });

  it('holds texts, never markup', () => {
    const host = document.createElement('div');
    const mirror = new GridMirror(host, WORDS);
    const cells = ['<img src=x>'];
    mirror.reset(
      new ArrowDataModel(
        viewOf([{ field: field('<b>', 'char', { arraysize: '*' }), cells }])
      )
    );
    mirror.update(geometry, state);
    expect(host.querySelector('img, b')).toBeNull();
    expect(all(host, 'gridcell')[0].textContent).toBe('<img src=x>');
  });

  it('keeps its window inside the table', () => {
    expect(mirrorWindow(0, 20, 5)).toEqual([0, 5]);
    expect(mirrorWindow(90, 200, 100)).toEqual([90, 100]);
    expect(mirrorWindow(120, 140, 100)).toEqual([100, 100]);
  });
});

describe('ResultGrid', () => {
  let grid: ResultGrid;
  const host = (): HTMLElement =>
    grid.node.querySelector<HTMLElement>('[role="grid"]') ?? grid.node;
  const key = (name: string, more = {}): void => {
    fireEvent.keyDown(host(), { key: name, ...more });
  };

  beforeEach(() => {
    grid = new ResultGrid(WORDS);
    Widget.attach(grid, document.body);
    grid.setView(viewOf(obscore(10)));
  });

  afterEach(() => grid.dispose());

  it('widens columns for longer texts of later rows', () => {
    const column = (length: number): IColumn[] => [
      {
        field: field('obs_title', 'char', { arraysize: '*' }),
        cells: Array.from({ length: 3 }, () => 'x'.repeat(length))
      }
    ];
    const resized = vi.spyOn(FastGrid.prototype, 'setColumnWidths');
    const view = viewOf(column(2));
    grid.setView(view);
    const [[first]] = resized.mock.calls[0];
    view.store.append(batchOf(column(25)));
    view.grew();
    grid.widen();
    expect(resized.mock.lastCall?.[0][0]).toBeGreaterThan(first);
  });

  it('gives the first cell the focus when it is reached by Tab', () => {
    expect(grid.focusedRow).toBe(-1);
    host().dispatchEvent(new FocusEvent('focus'));
    expect([grid.focusedRow, grid.selectedCount]).toEqual([0, 0]);
  });

  it('moves and selects by keyboard', () => {
    const changed = vi.fn();
    grid.selectionChanged.connect(changed);
    grid.selectRows([2]);
    key('ArrowDown');
    key('ArrowDown', { shiftKey: true });
    expect(grid.selection?.rows).toEqual([3, 4]);
    key(' ');
    expect(grid.selection?.rows).toEqual([3]);
    key('a', { ctrlKey: true });
    expect(grid.selectedCount).toBe(10);
    expect(changed).toHaveBeenCalledTimes(5);
  });

  it('opens the focused row on Enter', () => {
    const opened = vi.fn();
    grid.opened.connect((_, args) => opened(args));
    key('Enter');
    expect(opened).toHaveBeenLastCalledWith({ row: 0, explicit: true });
    grid.selectRows([4]);
    key('Enter');
    expect(opened).toHaveBeenCalledWith({ row: 4, explicit: true });
  });

  it('forgets focus and selection with the table', () => {
    grid.selectRows([1]);
    grid.setView(viewOf(obscore(2)));
    expect([grid.focusedRow, grid.selectedCount]).toEqual([-1, 0]);
  });

  it('keeps the focus while rows arrive', () => {
    const view = viewOf(obscore(2));
    grid.setView(view);
    grid.selectRows([1]);
    view.store.append(batchOf(obscore(5)));
    view.grew();
    expect(grid.focusedRow).toBe(1);
    key('End', { ctrlKey: true });
    expect(grid.focusedRow).toBe(6);
  });
});

describe('widths', () => {
  it('sample rows of the whole table', () => {
    expect(sampleRows(3, 10)).toEqual([0, 1, 2]);
    expect(sampleRows(100, 4)).toEqual([0, 25, 50, 75]);
    expect(sampleRows(0, 4)).toEqual([]);
  });

  it('leave room for the digits of the last row', () => {
    expect(rowNumberWidth(1_000_000)).toBeGreaterThan(rowNumberWidth(100));
  });
});

describe('elide', () => {
  const measure = (text: string): number => [...text].length;

  it('cuts what does not fit, by whole letters', () => {
    expect(elide('abcdef', 6, measure)).toBe('abcdef');
    expect(elide('abcdef', 4, measure)).toBe('abc…');
    expect(elide('😀😀😀😀', 3, measure)).toBe('😀😀…');
    expect(elide('abc', 0, measure)).toBe('…');
  });
});
