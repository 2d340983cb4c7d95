import type { ISortKey } from '../../model/table/filters.js';
import { GridMirror, type IMirrorWords } from './aria.js';
import type { ArrowDataModel } from './datamodel.js';
import type { FastGrid } from './fastgrid.js';
import { geometryOf } from './geometry.js';
import { MirrorClock } from './mirrorclock.js';
import type { RowSelectionModel } from './selection.js';

/** What a grid shows now. */
export interface IGridState {
  /** Columns at the beginning that do not scroll. */
  readonly frozen: number;
  /** What is selected; null without a table. */
  readonly selection: RowSelectionModel | null;
}

/** The ARIA mirror of a grid, brought up to date when the grid has a rest. */
export class RestingMirror {
  /**
   * @param words - translated words
   * @param _state - what the grid shows now
   * @param _first - does what goes before, once the grid is at rest; true where it did
   *   anything, so that the page may paint in between
   */
  constructor(
    private readonly _grid: FastGrid,
    words: IMirrorWords,
    private readonly _state: () => IGridState,
    private readonly _first: () => boolean
  ) {
    this._mirror = new GridMirror(_grid.viewport.node, words);
  }

  /** Show another table. */
  reset(model: ArrowDataModel | null): void {
    this._mirror.reset(model);
  }

  /** Show other columns of the table. */
  rearrange(model: ArrowDataModel): void {
    this._mirror.rearrange(model);
    this.touch();
  }

  /** Say which columns the rows are sorted by. */
  sorted(keys: readonly ISortKey[]): void {
    this._mirror.sorted(keys);
  }

  /** Something changed. */
  touch(): void {
    this._clock.touch();
  }

  /** The rows scrolled. */
  scrolled(): void {
    this._clock.scrolled();
  }

  /** Never bring it up to date again. */
  stop(): void {
    this._clock.stop();
  }

  private _update(): void {
    const { frozen, selection } = this._state();
    if (!selection) {
      return;
    }
    const isComplete =
      !this._first() &&
      this._mirror.update(geometryOf(this._grid, frozen), {
        focusedRow: selection.cursorRow,
        focusedColumn: selection.focusedColumn,
        isSelected: row => selection.isRowSelected(row)
      });
    if (!isComplete) {
      this._clock.again();
    }
  }

  private readonly _mirror: GridMirror;
  private readonly _clock = new MirrorClock(() => this._update());
}
