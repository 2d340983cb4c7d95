import type { ArrowDataModel, IGridColumns } from './datamodel.js';
import type { FastGrid } from './fastgrid.js';
import { GridWidths, type Widths } from './gridwidths.js';
import type { IGridTheme } from './theme.js';

/** The columns of a grid: where they are, how wide, and which of them do not scroll. */
export class GridColumns {
  /**
   * @param theme - gives the fonts
   * @param isReady - false while the grid is not in the page: nothing can be measured
   * @param _arranged - called when the columns are elsewhere
   */
  constructor(
    grid: FastGrid,
    theme: () => IGridTheme,
    private readonly _isReady: () => boolean,
    private readonly _arranged: (model: ArrowDataModel) => void
  ) {
    this._widths = new GridWidths(grid, theme);
  }

  /** Widths that fit the columns of a table, by its first texts. */
  fitted(model: ArrowDataModel): Widths {
    return this._widths.fitted(model);
  }

  /** Show the columns of another table. */
  begin(model: ArrowDataModel | null): void {
    this._wanted = model?.frozen ?? 0;
    this._isUsed = this._isRough = false;
    this._marks = model?.marks?.width ?? 0;
  }

  /** Give all columns, and that of the row numbers, the width of their first texts. */
  fit(model: ArrowDataModel, fitted?: Widths): void {
    if (this._isReady()) {
      this._widths.fit(model, fitted);
      this._isRough = true;
      this.fitNumbers(model);
      this.freeze(model);
    }
  }

  /** The user did something with the grid: from now on the columns stay as they are. */
  use(): void {
    this._isUsed = true;
  }

  /** Widen columns to fit more of their texts, as long as the user left them alone. */
  widen(model: ArrowDataModel): void {
    if (this._isReady() && !this._isUsed) {
      this._isRough = false;
      this._widths.widen(model);
      this.freeze(model);
    }
  }

  /**
   * {@link widen} them, where that is due since the first rows are painted.
   *
   * @returns whether it was
   */
  refine(model: ArrowDataModel): boolean {
    const isDue = this._isRough && !this._isUsed;
    if (isDue) {
      this.widen(model);
    }
    return isDue;
  }

  /** Fit one column. */
  fitOne(model: ArrowDataModel, column: number): void {
    this._widths.fitOne(model, column);
  }

  /** Fit the column of row numbers. */
  fitNumbers(model: ArrowDataModel): void {
    this._widths.fitNumbers(model.store.rowCount);
  }

  /** Show other columns of the same rows; those that stay keep their width. */
  show(model: ArrowDataModel, shown: IGridColumns): void {
    const old = new Map(model.columns.map(({ key, display }) => [key, display]));
    const others = shown.columns.filter(
      ({ key, display }) => old.has(key) && old.get(key) !== display
    );
    this._widths.remember(model);
    this._widths.forget(others.map(({ key }) => key));
    const [first, next] = [model.columns[0]?.key, shown.columns[0]?.key];
    if (first !== next && this._marks > 0) {
      // The marks are in another column now.
      this._widths.forget([first, next].filter(key => key !== undefined));
    }
    this._wanted = shown.frozen;
    this._arrange(model, shown);
  }

  /** Draw the marks of the first column anew; they may take another width. */
  remark(model: ArrowDataModel): void {
    const taken = model.marks?.width ?? 0;
    if (taken !== this._marks) {
      this._marks = taken;
      this._widths.forget(model.columns.slice(0, 1).map(({ key }) => key));
      this._widths.apply(model);
    }
    model.remark();
  }

  /** Keep as many columns from scrolling as wanted, and as there is room for. */
  freeze(model: ArrowDataModel): void {
    if (this._isReady()) {
      const frozen = this._widths.room(model, this._wanted);
      if (frozen !== model.frozen) {
        this._widths.remember(model);
        this._arrange(model, { columns: model.columns, frozen });
      }
    }
  }

  private _arrange(model: ArrowDataModel, shown: IGridColumns): void {
    model.arrange(shown);
    if (this._isReady()) {
      this._widths.apply(model);
      this.freeze(model);
    }
    this._arranged(model);
  }

  /** Columns that are to be frozen where there is room. */
  private _wanted = 0;
  /** The user did something with the grid since the table is shown. */
  private _isUsed = false;
  /** The widths fit the first texts, and were not compared with more. */
  private _isRough = false;
  /** Room that the marks of the first column took last, px. */
  private _marks = 0;
  private readonly _widths: GridWidths;
}
