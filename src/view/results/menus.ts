import type { TranslationBundle } from '@jupyterlab/translation';

import { type MenuEntry, showMenu } from '../shared/menu.js';
import { actionEntry, actionsAt, isOffered } from './actionmenus.js';
import { columnMenu, pinEntry, unitsEntry } from './columnmenu.js';
import type { ColumnsController } from './columnscontroller.js';
import type { IResultColumn } from './columns.js';
import type { RowCopier } from './copier.js';
import type { FilterPane } from './filter/pane.js';
import type { ResultGrid } from './grid.js';
import type { IGridMenuRequest } from './gridmenu.js';
import type { RowPictures } from './pictures.js';
import { rowMenu } from './rowmenu.js';
import type { RowsController } from './rowscontroller.js';
import type { IResultAction, IResultsOptions } from './types.js';

/** What the menus of a panel are about. */
export interface IMenusOptions extends Pick<
  IResultsOptions,
  'copy' | 'searchHere' | 'counter'
> {
  readonly grid: ResultGrid;
  readonly columns: ColumnsController;
  readonly rows: RowsController;
  readonly filters: FilterPane;
  readonly copier: RowCopier;
  readonly trans: TranslationBundle;
  /** Explains why the focused row cannot be seen; missing where there are no accounts. */
  readonly why?: () => void;
  actions(): readonly IResultAction[];
  readonly pictures: RowPictures;
  /** Unfold the filters. */
  showFilters(): void;
}

/** The menus of a Results panel: of rows, of column headers, and of the toolbar's end. */
export class ResultsMenus {
  constructor(private readonly _options: IMenusOptions) {
    _options.grid.menuRequested.connect((_, request) => this._open(request));
  }

  /** Entries of “More result actions”. */
  more(): MenuEntry[] {
    const { trans, grid, columns, actions } = this._options;
    const column = grid.focusedColumn;
    const own: [number, MenuEntry][] = column
      ? [
          [20, unitsEntry(trans, column, columns)],
          [30, pinEntry(trans, column, columns)]
        ]
      : [];
    const others = actionsAt(actions().filter(isOffered), 'more').map(
      (action): [number, MenuEntry] => [action.rank ?? 0, actionEntry(action)]
    );
    const pictures = this._options.pictures
      .entries(grid.marks)
      .map((entry): [number, MenuEntry] => [35, entry]);
    return [...others, ...own, ...pictures]
      .sort(([a], [b]) => a - b)
      .map(([, entry]) => entry);
  }

  private _open(request: IGridMenuRequest): void {
    const { grid } = this._options;
    const column = grid.columns[request.column];
    if (request.position >= 0) {
      grid.chooseForMenu(request.position, request.column);
    }
    const entries =
      request.position >= 0 ? this._rowEntries(column) : this._columnEntries(column);
    showMenu(entries, request, () => grid.activate());
  }

  private _rowEntries(column: IResultColumn | undefined): MenuEntry[] {
    const { grid, filters, copier, trans, actions, copy, searchHere, why } =
      this._options;
    const { store, focusedRow } = grid;
    if (!store || focusedRow < 0) {
      return [];
    }
    const buttons = actionsAt(actions().filter(isOffered), 'toolbar').map(actionEntry);
    const own = rowMenu(trans, store, focusedRow, {
      copyRow: () => copier.copyRow(focusedRow),
      copy,
      filter: filters.canAddValue ? () => this._filterByValue() : undefined,
      search: searchHere,
      why
    });
    const more: MenuEntry[] = column
      ? [
          'line',
          {
            label: trans.__('Column %1', column.field.name),
            entries: this._columnEntries(column)
          }
        ]
      : [];
    return [
      ...buttons,
      ...(buttons.length > 0 ? ['line' as const] : []),
      ...own,
      ...more
    ];
  }

  private _columnEntries(column: IResultColumn | undefined): MenuEntry[] {
    const { columns, rows, filters, trans, counter } = this._options;
    if (!column) {
      return [];
    }
    return columnMenu(trans, column, columns, {
      sort: (of, descending) =>
        void rows.sort({
          column: of,
          keys: descending === null ? [] : [{ column: of.index, descending }]
        }),
      filter: of => {
        filters.addFor(of);
        this._options.showFilters();
      },
      counter
    });
  }

  private _filterByValue(): void {
    this._options.filters.addValue();
    this._options.showFilters();
  }
}
