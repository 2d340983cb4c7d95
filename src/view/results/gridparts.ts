import type { TranslationBundle } from '@jupyterlab/translation';

import type { ResultModel } from '../../model/result.js';
import type { RowView } from '../../model/rowview.js';
import { ColumnChooserPopup } from './chooserpopup.js';
import { ColumnsController } from './columnscontroller.js';
import { ResultGrid } from './grid.js';
import { RowPictures } from './pictures.js';
import type { RowsController } from './rowscontroller.js';
import type { IResultsOptions } from './types.js';
import { gridWords } from './words.js';

/** A grid with what is chosen about it: its columns, and pictures of its rows. */
export class GridParts {
  /** @param pictured - called when marks or pictures came, or were turned on or off */
  constructor(
    result: ResultModel,
    rows: RowsController,
    { layouts, picture, here }: Pick<IResultsOptions, 'layouts' | 'picture' | 'here'>,
    trans: TranslationBundle,
    pictured: () => void
  ) {
    this.columns = new ColumnsController(result, rows, layouts);
    this.chooser = new ColumnChooserPopup(this.columns, trans);
    this.pictures = new RowPictures(result, trans, picture, here);
    this.grid = new ResultGrid(gridWords(trans), store => this.pictures.marksOf(store));
    this.columns.changed.connect(() => this.grid.setColumns(this.columns.shown));
    const remark = (): void => {
      this.grid.refreshMarks();
      pictured();
    };
    this.pictures.thumbnails?.changed.connect(remark);
    here?.changed.connect(remark);
    this._here = here;
  }

  readonly grid: ResultGrid;
  readonly columns: ColumnsController;
  readonly chooser: ColumnChooserPopup;
  readonly pictures: RowPictures;

  /** Do what can be done before {@link show}, which then takes less time. */
  prepare(view: RowView | null): void {
    this.grid.prepare(view, this.columns.shown);
  }

  /** Show other rows, in the columns chosen for their table. */
  show(view: RowView | null): void {
    this.grid.setView(view, this.columns.shown);
  }

  /** The grid itself is its panel's. */
  dispose(): void {
    this.chooser.close();
    this.columns.dispose();
    this.pictures.dispose();
    this._here?.dispose();
  }

  private readonly _here: IResultsOptions['here'];
}
