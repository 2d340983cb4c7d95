import type { ArrowDataModel } from './datamodel.js';
import type { FastGrid } from './fastgrid.js';
import { placeOf } from './geometry.js';
import type { IGridTheme } from './theme.js';
import { fitColumns, type IFitOptions, rowNumberWidth } from './widths.js';

/** Share of the grid that columns may take which do not scroll. */
const FROZEN_SHARE = 0.6;

/** Widths of columns by their keys, px. */
export type Widths = ReadonlyMap<string, number>;

/** The widths of a grid's columns: fitted to their texts, unless the user set them. */
export class GridWidths {
  /** @param _theme - gives the fonts */
  constructor(
    private readonly _grid: FastGrid,
    private readonly _theme: () => IGridTheme
  ) {}

  /** Widths that fit the columns of a table, by its first texts or by more of them. */
  fitted(model: ArrowDataModel, sample: IFitOptions['sample'] = 'rough'): Widths {
    const widths = fitColumns(model, this._theme(), { sample });
    return new Map(model.columns.map(({ key }, index) => [key, widths[index]]));
  }

  /** Give all columns the width of their first texts. */
  fit(model: ArrowDataModel, fitted: Widths = this.fitted(model)): void {
    this._fitted = new Map(fitted);
    this._own.clear();
    this.apply(model);
  }

  /** Widen columns to fit more of their texts. */
  widen(model: ArrowDataModel): void {
    for (const [key, width] of this.fitted(model, 'fine')) {
      this._fitted.set(key, Math.max(width, this._fitted.get(key) ?? 0));
    }
    this.apply(model);
  }

  /** Fit one column, as a double click on its edge asks for. */
  fitOne(model: ArrowDataModel, column: number): void {
    const [width] = fitColumns(model, this._theme(), { only: [column] });
    const { key } = model.columns[column];
    this._own.delete(key);
    this._fitted.set(key, width);
    const { region, index } = placeOf(column, model.frozen);
    this._grid.resizeColumn(region, index, width);
  }

  /** Fit the column of row numbers. */
  fitNumbers(rows: number): void {
    const width = rowNumberWidth(rows);
    if (this._grid.columnSize('row-header', 0) !== width) {
      this._grid.resizeColumn('row-header', 0, width);
    }
  }

  /** Note what the user has set, before the columns are elsewhere. */
  remember(model: ArrowDataModel): void {
    model.columns.forEach(({ key }, column) => {
      const { region, index } = placeOf(column, model.frozen);
      const width = this._grid.columnSize(region, index);
      if (width >= 0 && width !== this._width(key)) {
        this._own.set(key, width);
      }
    });
  }

  /** Forget the width of columns whose texts are others now. */
  forget(keys: readonly string[]): void {
    for (const key of keys) {
      this._own.delete(key);
      this._fitted.delete(key);
    }
  }

  /** Give the columns their widths where they are now; fits those that have none yet. */
  apply(model: ArrowDataModel): void {
    const { columns, frozen } = model;
    const unknown = [...columns.keys()].filter(
      column => this._width(columns[column].key) === undefined
    );
    fitColumns(model, this._theme(), { only: unknown }).forEach((width, index) =>
      this._fitted.set(columns[unknown[index]].key, width)
    );
    const widths = columns.map(({ key }) => this._width(key) ?? 0);
    this._grid.setColumnWidths(widths, frozen);
  }

  /**
   * How many of the first columns may stay where they are, so that there is room for the
   * others to scroll.
   */
  room(model: ArrowDataModel, wanted: number): number {
    const { viewportWidth: all } = this._grid;
    let left = all > 0 ? all * FROZEN_SHARE : Infinity;
    const fits = model.columns
      .slice(0, wanted)
      .findIndex(({ key }) => (left -= this._width(key) ?? 0) < 0);
    return fits < 0 ? Math.min(wanted, model.columns.length) : fits;
  }

  private _width(key: string): number | undefined {
    return this._own.get(key) ?? this._fitted.get(key);
  }

  /** Widths that fit the texts, whatever the user made of them. */
  private _fitted = new Map<string, number>();
  /** Widths that the user has set. */
  private readonly _own = new Map<string, number>();
}
