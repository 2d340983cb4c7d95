import type { ISortKey } from '../../model/table/filters.js';
import type { IGridColumns } from './datamodel.js';
import type { FastGrid } from './fastgrid.js';
import { gridRenderers } from './renderers.js';
import { type IGridTheme, readTheme, watchTheme } from './theme.js';

/** What the painters of a grid are for. */
export interface IGridContent extends IGridColumns {
  readonly keys: readonly ISortKey[];
}

/** Colours, fonts and painters of a grid; follows JupyterLab's theme. */
export class GridLook {
  /**
   * @param _grid - what is painted
   * @param _node - an element inside the page that has the theme
   * @param _content - the columns as they are shown, and what they are sorted by
   */
  constructor(
    private readonly _grid: FastGrid,
    private readonly _node: HTMLElement,
    private readonly _content: () => IGridContent
  ) {
    this._stopWatching = watchTheme(() => this.refresh());
  }

  /** Colours and fonts, as they were read last: asking the page for them is slow. */
  get theme(): IGridTheme {
    this._theme ??= readTheme(this._node);
    return this._theme;
  }

  /** Read colours and fonts again. */
  refresh(): void {
    this._theme = null;
    this.repaint();
  }

  /** Take other painters: the columns, or what they are sorted by, are others. */
  repaint(): void {
    const content = this._content();
    this._grid.style = this.theme.style;
    this._grid.cellRenderers = gridRenderers(content, this.theme, content.keys);
  }

  /** Follow the theme no more. */
  stop(): void {
    this._stopWatching();
  }

  private _theme: IGridTheme | null = null;
  private readonly _stopWatching: () => void;
}
