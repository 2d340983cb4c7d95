import { isSortable } from '../../model/table/chunks.js';
import type { ISortKey } from '../../model/table/filters.js';
import { columnLabel, type IResultColumn } from './columns.js';
import type { ArrowDataModel } from './datamodel.js';
import { columnSort } from './sorting.js';

/** Rows and columns of the table that the mirror holds at most. */
export const MIRROR_LIMIT = { rows: 60, columns: 64 };

/** Cells made in one call of {@link GridMirror.update}. */
const CELLS_PER_CALL = 200;

/** Where the mirror finds the canvas's cells, px relative to the viewport. */
export interface IMirrorGeometry {
  /** First row of the view, and one past the last. */
  readonly firstRow: number;
  readonly endRow: number;
  readonly headerHeight: number;
  /** Width of the column of row numbers. */
  readonly numbersWidth: number;
  /** How far the columns are scrolled that are not frozen. */
  readonly scrolled: number;
  readonly rowHeight: number;
  /** Width of the n-th column. */
  width(column: number): number;
  /** Upper edge of a row. */
  top(row: number): number;
}

const GRID_ATTRIBUTES = [
  'role',
  'aria-label',
  'aria-multiselectable',
  'aria-colcount',
  'aria-rowcount',
  'aria-busy'
];

/** Grids made so far: ids of cells must differ between the tabs of a page. */
let grids = 0;

/** What the mirror shows beside the cells. */
export interface IMirrorState {
  readonly focusedRow: number;
  readonly focusedColumn: number;
  isSelected(row: number): boolean;
}

/** The words of the mirror. */
export interface IMirrorWords {
  readonly name: string;
  readonly noValue: string;
  /** Tooltip of columns that cannot be sorted. */
  readonly unsortable: string;
  /** Said of a column that is not the first one sorted by. */
  sortRank(rank: number, descending: boolean): string;
}

/** Rows the mirror holds of a view: all of it, within the limit. */
export function mirrorWindow(
  first: number,
  end: number,
  rows: number
): [number, number] {
  const from = Math.max(0, Math.min(first, rows));
  return [from, Math.max(from, Math.min(end, from + MIRROR_LIMIT.rows, rows))];
}

/**
 * The grid as DOM for assistive technology and tests: the canvas has no content there.
 *
 * Lies transparently over the canvas, cell over cell, so that tooltips and pointers find
 * what is painted; events bubble to the grid. Holds the visible rows only.
 */
export class GridMirror {
  /**
   * @param host - the element that has the focus; becomes the `grid`
   * @param words - translated words
   */
  constructor(
    private readonly _host: HTMLElement,
    private readonly _words: IMirrorWords
  ) {
    this._head = element('div', 'rowgroup', 'jp-Obsdeck-Results-mirrorHead');
    this._body = element('div', 'rowgroup', 'jp-Obsdeck-Results-mirrorBody');
    this._headRow = element('div', 'row', '');
    this._headRow.setAttribute('aria-rowindex', '1');
    this._head.append(this._headRow);
  }

  /**
   * Show another table. Its columns and rows come with {@link update}: making elements
   * holds the page, which is about to paint what they stand for. Until then the grid is
   * busy (WAI-ARIA 1.2, `aria-busy`).
   */
  reset(model: ArrowDataModel | null): void {
    this._model = model;
    this._isBehind = true;
    this._host.removeAttribute('aria-activedescendant');
    if (model) {
      this._announce(model);
      this._host.setAttribute('aria-busy', 'true');
    } else {
      this._build();
      this._retire();
    }
  }

  /** Show other columns of the table; its rows come with {@link update}. */
  rearrange(model: ArrowDataModel): void {
    this.reset(model);
    this._build();
  }

  /** Say which columns the rows are sorted by. */
  sorted(keys: readonly ISortKey[]): void {
    this._keys = keys;
    if (!this._isBehind) {
      this._sortHeaders();
    }
  }

  /**
   * Bring texts, places and states up to date. Making many cells takes several calls, so
   * that none holds the page.
   *
   * @returns false if there are rows left to make
   */
  update(geometry: IMirrorGeometry, state: IMirrorState): boolean {
    if (!this._model) {
      return true;
    }
    if (this._isBehind) {
      this._build();
    }
    const rows = this._model.rowCount('body');
    this._host.setAttribute('aria-rowcount', String(rows + 1));
    const [first, end] = mirrorWindow(geometry.firstRow, geometry.endRow, rows);
    this._resize(Math.min(end - first, this._rows.length + this._rowsPerCall));
    this._place(geometry);
    this._rows.forEach((row, index) => this._fill(row, first + index, geometry, state));
    this._activate(first, end, state);
    const isComplete = this._rows.length === end - first;
    if (isComplete) {
      this._host.removeAttribute('aria-busy');
    }
    return isComplete;
  }

  private get _rowsPerCall(): number {
    return Math.max(1, Math.floor(CELLS_PER_CALL / Math.max(1, this._columns)));
  }

  /** Make the headers; the rows follow. */
  private _build(): void {
    this._isBehind = false;
    this._columns = Math.min(this._model?.columns.length ?? 0, MIRROR_LIMIT.columns);
    this._rows = [];
    this._body.replaceChildren();
    this._headRow.replaceChildren(...this._headers());
    this._sortHeaders();
  }

  private _sortHeaders(): void {
    this._model?.columns.slice(0, this._columns).forEach((column, index) => {
      this._sortHeader(this._headRow.children[index], column, this._keys);
    });
  }

  private _announce(model: ArrowDataModel): void {
    this._host.setAttribute('role', 'grid');
    this._host.setAttribute('aria-label', this._words.name);
    this._host.setAttribute('aria-multiselectable', 'true');
    this._host.setAttribute('aria-colcount', String(model.columns.length));
    this._host.setAttribute('aria-rowcount', String(model.rowCount('body') + 1));
    this._host.tabIndex = 0;
    this._host.append(this._head, this._body);
  }

  /** Without a table there is nothing to be a grid, nor to stop at with Tab. */
  private _retire(): void {
    for (const name of GRID_ATTRIBUTES) {
      this._host.removeAttribute(name);
    }
    this._host.tabIndex = -1;
    this._head.remove();
    this._body.remove();
  }

  private _headers(): HTMLElement[] {
    const columns = this._model?.columns.slice(0, this._columns) ?? [];
    return columns.map((column, index) => {
      const header = element('div', 'columnheader', this._classOf(index));
      header.setAttribute('aria-colindex', String(index + 1));
      header.setAttribute('aria-label', columnLabel(column));
      header.title = isSortable(column.field)
        ? columnLabel(column)
        : `${columnLabel(column)}\n${this._words.unsortable}`;
      header.textContent = column.field.name;
      return header;
    });
  }

  /** Frozen columns stay where they are while the row they are in scrolls. */
  private _classOf(column: number): string {
    return column < (this._model?.frozen ?? 0) ? 'jp-mod-frozen' : '';
  }

  /** One header at most has `aria-sort` (ARIA 1.2); further keys are said in words. */
  private _sortHeader(
    header: Element,
    column: IResultColumn,
    keys: readonly ISortKey[]
  ): void {
    const sort = columnSort(keys, column.index);
    const parts = [columnLabel(column)];
    if (sort?.rank === 1) {
      header.setAttribute('aria-sort', sort.descending ? 'descending' : 'ascending');
    } else {
      header.removeAttribute('aria-sort');
    }
    if (sort && sort.rank > 1) {
      parts.push(this._words.sortRank(sort.rank, sort.descending));
    }
    header.setAttribute('aria-label', parts.join(', '));
  }

  /** Keep as many row elements as rows are visible; they are used again while scrolling. */
  private _resize(count: number): void {
    while (this._rows.length > count) {
      this._rows.pop()?.remove();
    }
    while (this._rows.length < count) {
      const row = element('div', 'row', '');
      for (let index = 0; index < this._columns; index++) {
        const cell = element('div', 'gridcell', this._classOf(index));
        cell.setAttribute('aria-colindex', String(index + 1));
        row.append(cell);
      }
      this._rows.push(row);
      this._body.append(row);
    }
  }

  /** Cells follow each other in a CSS grid, so that one style places all of them. */
  private _place(geometry: IMirrorGeometry): void {
    const { numbersWidth, headerHeight, scrolled, width } = geometry;
    this._head.style.left = this._body.style.left = `${numbersWidth}px`;
    this._head.style.height = this._body.style.top = `${headerHeight}px`;
    const columns = Array.from({ length: this._columns }, (_, n) => `${width(n)}px`);
    const widths = columns.join(' ');
    const layout = `${scrolled} ${widths}`;
    if (layout !== this._layout) {
      this._layout = layout;
      this._host.style.setProperty('--jp-Obsdeck-Results-columns', widths);
      this._host.style.setProperty('--jp-Obsdeck-Results-scrolled', `${scrolled}px`);
    }
  }

  private _fill(
    element: HTMLElement,
    row: number,
    geometry: IMirrorGeometry,
    state: IMirrorState
  ): void {
    element.setAttribute('aria-rowindex', String(row + 2));
    element.setAttribute('aria-selected', String(state.isSelected(row)));
    element.style.top = `${geometry.top(row) - geometry.headerHeight}px`;
    element.style.height = `${geometry.rowHeight}px`;
    for (let index = 0; index < this._columns; index++) {
      this._fillCell(element.children[index] as HTMLElement, row, index);
    }
  }

  private _fillCell(cell: HTMLElement, row: number, column: number): void {
    const text = this._model?.text(row, column) ?? null;
    const words = column === 0 ? this._flags(row) : null;
    const own = text ?? this._words.noValue;
    const shown = words === null ? own : `${own}, ${words}`;
    if (cell.textContent !== shown) {
      cell.textContent = shown;
      cell.title = [text, words].filter(part => part !== null).join('\n');
    }
    cell.id = this._cellId(row, column);
  }

  private _flags(row: number): string | null {
    const model = this._model;
    return model?.marks?.wordsOf(model.view.rowAt(row)) ?? null;
  }

  private _activate(first: number, end: number, state: IMirrorState): void {
    const { focusedRow: row, focusedColumn: column } = state;
    if (row >= first && row < end && column >= 0 && column < this._columns) {
      this._host.setAttribute('aria-activedescendant', this._cellId(row, column));
    } else {
      this._host.removeAttribute('aria-activedescendant');
    }
  }

  private _cellId(row: number, column: number): string {
    return `jp-Obsdeck-Results-${this._number}-${row}-${column}`;
  }

  private _model: ArrowDataModel | null = null;
  private _columns = 0;
  private _keys: readonly ISortKey[] = [];
  /** True while the elements are those of an earlier table. */
  private _isBehind = false;
  /** Where the columns are. */
  private _layout = '';
  private _rows: HTMLElement[] = [];
  private readonly _head: HTMLElement;
  private readonly _headRow: HTMLElement;
  private readonly _body: HTMLElement;
  private readonly _number = grids++;
}

function element(tag: string, role: string, className: string): HTMLElement {
  const node = document.createElement(tag);
  node.setAttribute('role', role);
  if (className) {
    node.className = className;
  }
  return node;
}
