import { MessageLoop } from '@lumino/messaging';
import { type ISignal, Signal } from '@lumino/signaling';
import { Panel } from '@lumino/widgets';

import type { RowStore } from '../../model/columns.js';
import { GridMirror, type IMirrorGeometry, type IMirrorWords } from './aria.js';
import { copyText } from './columns.js';
import { ArrowDataModel } from './datamodel.js';
import { FastGrid } from './fastgrid.js';
import { GridKeyHandler } from './keys.js';
import { GridMouseHandler } from './mousehandler.js';
import { gridRenderers, HEADER_HEIGHT, ROW_HEIGHT } from './renderers.js';
import { type IRowRange, RowSelectionModel } from './selection.js';
import { readTheme, watchTheme } from './theme.js';
import { fitColumns, rowNumberWidth } from './widths.js';

/** A row was asked for: by a click, a double click or Enter. */
export interface IRowOpened {
  readonly row: number;
  /** True for Enter and double clicks, which mean nothing but “show me this”. */
  readonly explicit: boolean;
}

/** The mirror waits for a pause of this length, but not forever, ms. */
const MIRROR = { pause: 60, longest: 500 };

/** The rows of a result as a grid, with keyboard, selection and ARIA mirror. */
export class ResultGrid extends Panel {
  /** @param words - translated words of the mirror */
  constructor(words: IMirrorWords) {
    super();
    this.addClass('jp-Obsdeck-Results-grid');
    this._grid = new FastGrid({
      defaultSizes: {
        rowHeight: ROW_HEIGHT,
        columnWidth: 100,
        rowHeaderWidth: 40,
        columnHeaderHeight: HEADER_HEIGHT
      },
      minimumSizes: {
        rowHeight: ROW_HEIGHT,
        columnWidth: 24,
        rowHeaderWidth: 24,
        columnHeaderHeight: HEADER_HEIGHT
      }
    });
    this._grid.keyHandler = new GridKeyHandler({
      open: () => this._open(this.focusedRow, true)
    });
    this._grid.mouseHandler = new GridMouseHandler({
      pressed: (row, double) => this._open(row, double),
      fit: column => this._fit([column])
    });
    this.addWidget(this._grid);
    this._prepareViewport();
    this._mirror = new GridMirror(this._grid.viewport.node, words);
    this._stopWatching = watchTheme(() => this.refreshTheme());
  }

  /** Emitted when the focused row or the selected rows changed. */
  get selectionChanged(): ISignal<this, void> {
    return this._selectionChanged;
  }

  /** Emitted when a row was clicked or Enter was pressed on it. */
  get opened(): ISignal<this, IRowOpened> {
    return this._opened;
  }

  /** Row that has the focus, -1 before any has. */
  get focusedRow(): number {
    return this._selection?.cursorRow ?? -1;
  }

  /** The selected rows as ranges, sorted and disjoint. */
  get selectedRanges(): readonly IRowRange[] {
    return this._selection?.ranges ?? [];
  }

  /** Number of selected rows. */
  get selectedCount(): number {
    return this._selection?.count ?? 0;
  }

  override dispose(): void {
    if (this.isDisposed) {
      return;
    }
    this._stopWatching();
    clearTimeout(this._timer);
    Signal.clearData(this);
    super.dispose();
  }

  /** Show another table; null shows none. */
  setStore(store: RowStore | null): void {
    this._model = store && new ArrowDataModel(store);
    this._selection = this._model && new RowSelectionModel(this._model);
    this._grid.dataModel = this._model;
    this._grid.selectionModel = this._selection;
    this._selection?.changed.connect(() => this._onSelection());
    this.refreshTheme();
    this._mirror.reset(this._model);
    this._fit();
    this._onSelection();
  }

  /** Rows were added to the table that is shown. */
  grow(): void {
    const first = this._model?.rowCount('body') === 0;
    this._model?.rowsInserted();
    if (first) {
      this._fit();
    }
    this._fitNumbers();
    this._mirrorSoon();
  }

  /** Focus a row, select it alone and bring it into view. */
  selectRow(row: number): void {
    this._selection?.selectOnly(row, Math.max(0, this._selection.cursorColumn));
    this._grid.scrollToCursor();
  }

  /** Read colours and fonts again. */
  refreshTheme(): void {
    const theme = readTheme(this.node);
    this._grid.style = theme.style;
    this._grid.cellRenderers = gridRenderers(this._model?.columns ?? [], theme);
  }

  /** The selected rows, else the focused one, as tab-separated text with a header line. */
  copyText(): string {
    const model = this._model;
    if (!model || this.focusedRow < 0) {
      return '';
    }
    const focused = { first: this.focusedRow, last: this.focusedRow };
    const ranges = this.selectedCount > 0 ? this.selectedRanges : [focused];
    const lines = [model.columns.map(({ field }) => field.name).join('\t')];
    for (const { first, last } of ranges) {
      for (let row = first; row <= last; row++) {
        const cells = model.columns.map(column =>
          copyText(column, model.store.value(row, column.index))
        );
        lines.push(cells.join('\t'));
      }
    }
    return lines.join('\n');
  }

  protected override onActivateRequest(): void {
    this._grid.activate();
  }

  protected override onAfterAttach(): void {
    this.refreshTheme();
    this._fit();
  }

  private _prepareViewport(): void {
    const { node } = this._grid.viewport;
    // Every scroll and resize goes through a message to the viewport.
    MessageLoop.installMessageHook(this._grid.viewport, () => {
      this._mirrorSoon();
      return true;
    });
    node.addEventListener('copy', event => {
      event.clipboardData?.setData('text/plain', this.copyText());
      event.preventDefault();
    });
    node.addEventListener('focus', () => {
      if (this.focusedRow < 0) {
        this._selection?.focus(0, 0);
      }
    });
  }

  private _open(row: number, explicit: boolean): void {
    if (row >= 0) {
      this._opened.emit({ row, explicit });
    }
  }

  private _onSelection(): void {
    this._mirrorSoon();
    this._selectionChanged.emit();
  }

  /** Give columns the width of their texts: those of `only`, else all. */
  private _fit(only?: readonly number[]): void {
    if (this._model && this.isAttached) {
      const widths = fitColumns(this._model, readTheme(this.node));
      for (const column of only ?? widths.keys()) {
        this._grid.resizeColumn('body', column, widths[column]);
      }
      this._fitNumbers();
    }
  }

  private _fitNumbers(): void {
    const width = rowNumberWidth(this._model?.rowCount('body') ?? 0);
    if (this._grid.columnSize('row-header', 0) !== width) {
      this._grid.resizeColumn('row-header', 0, width);
    }
  }

  /** Scrolling stays smooth when the mirror follows in its pauses. */
  private _mirrorSoon(): void {
    const now = performance.now();
    this._behindSince ??= now;
    clearTimeout(this._timer);
    const left = this._behindSince + MIRROR.longest - now;
    this._timer = setTimeout(
      () => this._updateMirror(),
      Math.max(0, Math.min(MIRROR.pause, left))
    );
  }

  private _updateMirror(): void {
    this._behindSince = null;
    const selection = this._selection;
    if (selection && !this.isDisposed) {
      this._mirror.update(geometryOf(this._grid), {
        focusedRow: selection.cursorRow,
        focusedColumn: selection.cursorColumn,
        isSelected: row => selection.isRowSelected(row)
      });
    }
  }

  private _model: ArrowDataModel | null = null;
  private _selection: RowSelectionModel | null = null;
  private _timer: ReturnType<typeof setTimeout> | undefined;
  /** When the mirror was right for the last time; null while it is. */
  private _behindSince: number | null = null;
  private readonly _grid: FastGrid;
  private readonly _mirror: GridMirror;
  private readonly _stopWatching: () => void;
  private readonly _selectionChanged = new Signal<this, void>(this);
  private readonly _opened = new Signal<this, IRowOpened>(this);
}

function geometryOf(grid: FastGrid): IMirrorGeometry {
  const { headerWidth, headerHeight, scrollX, scrollY } = grid;
  const firstRow = Math.floor(scrollY / ROW_HEIGHT);
  const visible = Math.ceil(Math.max(0, grid.pageHeight) / ROW_HEIGHT) + 1;
  return {
    firstRow,
    // Without a size (hidden, or no layout at all) a screenful still can be read.
    endRow: firstRow + (grid.pageHeight > 0 ? visible : Number.MAX_SAFE_INTEGER),
    headerWidth,
    headerHeight,
    rowHeight: ROW_HEIGHT,
    column: index => ({
      left: headerWidth + grid.columnOffset('body', index) - scrollX,
      width: grid.columnSize('body', index)
    }),
    top: row => headerHeight + row * ROW_HEIGHT - scrollY
  };
}
