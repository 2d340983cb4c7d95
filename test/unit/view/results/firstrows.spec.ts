import { nullTranslator } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import { fireEvent } from '@testing-library/dom';
import {
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  type MockInstance,
  vi
} from 'vitest';

import type { RowView } from '../../../../src/model/rowview.js';
import { ArrowDataModel } from '../../../../src/view/results/datamodel.js';
import { FastGrid } from '../../../../src/view/results/fastgrid.js';
import { ResultGrid } from '../../../../src/view/results/grid.js';
import { widthsIn } from '../../../../src/view/results/textwidths.js';
import { gridWords } from '../../../../src/view/results/words.js';
import { formatCount } from '../../../../src/view/shared/format.js';
import { fakeCanvas, field, type IColumn, obscore, viewOf } from './support.js';

const WORDS = gridWords(nullTranslator.load('obsdeck'));

/** Longer than the mirror waits, ms. */
const AT_REST = 200;

let grid: ResultGrid;

beforeAll(fakeCanvas);

beforeEach(() => {
  vi.useFakeTimers();
  grid = new ResultGrid(WORDS);
  Widget.attach(grid, document.body);
});

afterEach(() => {
  grid.dispose();
  vi.useRealTimers();
});

const show = (view: RowView): void => {
  grid.prepare(view);
  grid.setView(view);
};

/** A column of texts; the last one is long. */
const titles = (rows: number): IColumn[] => [
  {
    field: field('obs_title', 'char', { arraysize: '*' }),
    cells: Array.from({ length: rows }, (_, row) => 'x'.repeat(row < 23 ? 1 : 25))
  }
];

describe('The way of the first rows onto the screen', () => {
  it('writes few of their cells to fit the columns, and reads the theme once', () => {
    show(viewOf(obscore(1)));
    const texts = vi.spyOn(ArrowDataModel.prototype, 'text');
    const themes = vi.spyOn(window, 'getComputedStyle');
    const canvases = vi.spyOn(document, 'createElement');
    show(viewOf(obscore(1000)));
    expect(texts.mock.calls.length).toBeLessThanOrEqual(8 * 9);
    expect(themes).not.toHaveBeenCalled();
    expect(canvases).not.toHaveBeenCalled();
  });

  it('measures no letter twice, neither to fit nor to paint', () => {
    const measured: string[] = [];
    const widths = widthsIn('13px Nowhere');
    const gc = {
      measureText: (text: string) => {
        measured.push(text);
        return { width: 7 } as TextMetrics;
      }
    };
    expect(widths.width(gc, 'abcba')).toBe(35);
    expect(widthsIn('13px Nowhere').width(gc, 'cab')).toBe(21);
    expect(measured).toEqual(['a', 'b', 'c']);
    expect(widthsIn('14px Nowhere')).not.toBe(widths);
  });

  it('is free of elements for assistive technology, which come right after', () => {
    show(viewOf(obscore(1)));
    vi.advanceTimersByTime(AT_REST);
    const made = vi.spyOn(document, 'createElement');
    show(viewOf([...obscore(50), ...titles(50)]));
    expect(made).not.toHaveBeenCalled();
    const mirror = grid.node.querySelector('[role=grid]');
    expect(mirror?.getAttribute('aria-busy')).toBe('true');
    vi.advanceTimersByTime(AT_REST);
    expect(mirror?.hasAttribute('aria-busy')).toBe(false);
    const [header] = grid.node.querySelectorAll('[role=columnheader]');
    expect(header.textContent).toBe('calib_level');
    expect(grid.node.querySelectorAll('[role=gridcell]').length).toBeGreaterThan(100);
  });

  it('says what the rows are sorted by, once there are headers', async () => {
    const view = viewOf(obscore(5));
    await view.setSort([{ column: 4, descending: true }]);
    show(view);
    vi.advanceTimersByTime(AT_REST);
    const [header] = grid.node.querySelectorAll('[role=columnheader]');
    expect(header.getAttribute('aria-sort')).toBe('descending');
  });
});

describe('Columns that were fitted to the first texts', () => {
  const widthOf = (spy: MockInstance<FastGrid['setColumnWidths']>): number =>
    spy.mock.lastCall?.[0][0] ?? 0;

  it('fit more of them soon', () => {
    const resized = vi.spyOn(FastGrid.prototype, 'setColumnWidths');
    show(viewOf(titles(24)));
    const first = widthOf(resized);
    vi.advanceTimersByTime(AT_REST);
    expect(widthOf(resized)).toBeGreaterThan(first);
  });

  it.each(['pointerDown', 'wheel', 'keyDown'] as const)(
    'stay as they are from the first %s on',
    gesture => {
      const resized = vi.spyOn(FastGrid.prototype, 'setColumnWidths');
      show(viewOf(titles(24)));
      fireEvent[gesture](grid.node.querySelector('[role=grid]') ?? grid.node);
      resized.mockClear();
      vi.advanceTimersByTime(AT_REST);
      grid.widen();
      expect(resized).not.toHaveBeenCalled();
      show(viewOf(titles(24)));
      resized.mockClear();
      grid.widen();
      expect(resized).toHaveBeenCalled();
    }
  );
});

describe('formatCount', () => {
  it('writes thousands as English does, without a formatter of the browser', () => {
    const made = vi.spyOn(Number.prototype, 'toLocaleString');
    const counts = [0, 999, 1000, 1234.6, 100_000, 26_412_345, -48_211, 9e15];
    expect(counts.map(formatCount)).toEqual([
      '0',
      '999',
      '1,000',
      '1,235',
      '100,000',
      '26,412,345',
      '-48,211',
      '9,000,000,000,000,000'
    ]);
    expect(made).not.toHaveBeenCalled();
  });
});
