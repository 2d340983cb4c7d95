import type { TranslationBundle } from '@jupyterlab/translation';
import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import * as React from 'react';

import type { ScalarValue } from '../../../model/table/tasks.js';
import { ReactView } from '../../shared/reactview.js';
import type { IResultColumn } from '../columns.js';
import type { ResultGrid } from '../grid.js';
import type { RowsController } from '../rowscontroller.js';
import { filterKinds } from './drafts.js';
import { FilterStrip, type IRowsState } from './strip.js';
import type { ValueSource } from './values.js';

/** The filter line of a Results tab, between toolbar and grid. */
export class FilterPane extends ReactView {
  constructor(
    private readonly _rows: RowsController,
    private readonly _grid: ResultGrid,
    private readonly _trans: TranslationBundle
  ) {
    super('jp-Obsdeck-Results-filterPane', () => this._strip());
  }

  /** True while the filters are unfolded. */
  get open(): boolean {
    return this._open;
  }

  set open(open: boolean) {
    this._open = open;
    if (open && this._rows.drafts.list.length === 0) {
      this._add();
    }
    this.update();
    if (open) {
      this._focusSoon(nodes => nodes[0]);
    }
  }

  /** The values of a column may be other ones now. */
  forgetValues(): void {
    this._values = this._newValues();
    this.update();
  }

  private _strip(): JSX.Element {
    const { drafts, columns } = this._rows;
    return (
      <FilterStrip
        open={this._open}
        state={this._state()}
        drafts={drafts.list}
        columns={columns}
        values={this._values}
        trans={this._trans}
        onAdd={this._addAndFocus}
        onAddValue={this.canAddValue ? this.addValue : null}
        onMove={(id, column) => drafts.move(id, column)}
        onChange={(id, change) => drafts.update(id, change)}
        onRemove={this._remove}
        onClear={this._clear}
        onStop={this._stop}
      />
    );
  }

  private _state(): IRowsState {
    const { view, isStopped } = this._rows;
    this._busySince = view?.busy ? (this._busySince ?? Date.now()) : null;
    const filters = view?.filters ?? [];
    return {
      busySince: this._busySince,
      isFiltering: filters.length > 0,
      isEmpty: filters.length > 0 && view?.rowCount === 0 && view.store.rowCount > 0,
      isStopped,
      error: view?.error?.message ?? ''
    };
  }

  /** Begin a filter by the column that has the focus, else by the first one. */
  private _add(): void {
    const { drafts, columns } = this._rows;
    const able = columns.filter(column => filterKinds(column).length > 0);
    const focused = able.find(({ index }) => index === this._grid.focusedColumn?.index);
    const column = focused ?? able[0];
    if (column) {
      drafts.add(column);
    }
  }

  /** Begin a filter by a column. */
  addFor(column: IResultColumn): void {
    this._rows.drafts.add(column);
    this._focusSoon(nodes => nodes.at(-1));
  }

  private readonly _addAndFocus = (): void => {
    this._add();
    this._focusSoon(nodes => nodes.at(-1));
  };

  /** True where a cell has the focus by whose value rows can be filtered. */
  get canAddValue(): boolean {
    const column = this._grid.focusedColumn;
    return (
      this._grid.focusedRow >= 0 && column !== null && filterKinds(column).length > 0
    );
  }

  /** Filter by the value of the focused cell. */
  readonly addValue = (): void => {
    const { focusedColumn: column, focusedRow: row } = this._grid;
    const { view, drafts } = this._rows;
    if (view && column && row >= 0) {
      const value = view.store.value(row, column.index) as ScalarValue;
      drafts.add(column, { kind: 'set', values: [value] });
    }
  };

  private readonly _remove = (id: number): void => {
    this._rows.drafts.remove(id);
    this._focusSoon(nodes => nodes.at(-1));
  };

  private readonly _clear = (): void => {
    this._rows.drafts.clear();
    this._focusSoon(nodes => nodes[0]);
  };

  private readonly _stop = (): void => {
    this._rows.stop();
    this._grid.activate();
  };

  /** Put the focus where it is not lost: on the column of a filter, else on “Add filter”. */
  private _focusSoon(
    choose: (nodes: readonly HTMLElement[]) => HTMLElement | undefined
  ): void {
    MessageLoop.sendMessage(this, Widget.Msg.UpdateRequest);
    void this.renderPromise?.then(() => {
      const find = (selector: string): HTMLElement[] => [
        ...this.node.querySelectorAll<HTMLElement>(selector)
      ];
      const columns = find('.jp-Obsdeck-Results-filter > select');
      const target = choose(columns) ?? find('button:not(:disabled)')[0];
      if (target) {
        target.focus();
      } else {
        this._grid.activate();
      }
    });
  }

  private _newValues(): ValueSource {
    return (column, signal) => this._rows.values(column, signal);
  }

  private _open = false;
  private _busySince: number | null = null;
  private _values = this._newValues();
}
