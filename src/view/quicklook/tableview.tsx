import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import { Signal } from '@lumino/signaling';
import * as React from 'react';

import type { TableRows } from '../../model/quicklook/tablerows.js';
import { formatCount, NULL_TEXT } from '../shared/format.js';

/** Px of a row and of the header. */
const ROW = 24;
const HEAD = 40;
/** Px of a column. */
const COLUMN = 132;
/** Rows beyond each edge that are in the page. */
const MORE = 8;
/** Columns that are in the page; what is beyond is told. */
const WIDEST = 200;
/** No browser scrolls through more px; what is beyond is told. */
const HIGHEST = 16_000_000;

/** Rows of a table, of which only those in sight are in the page. */
export class TableView extends ReactWidget {
  /** @param _label - accessible name: ⟨name⟩, ⟨HDU⟩ */
  constructor(
    private readonly _rows: TableRows,
    private readonly _label: string,
    private readonly _trans: TranslationBundle
  ) {
    super();
    this.addClass('jp-Obsdeck-QuickLook-table');
    _rows.changed.connect(this._redraw, this);
  }

  override dispose(): void {
    if (!this.isDisposed) {
      Signal.disconnectReceiver(this);
      this._observer.disconnect();
      super.dispose();
    }
  }

  protected override onAfterAttach(msg: Message): void {
    super.onAfterAttach(msg);
    this._observer.observe(this.node);
    this.node.addEventListener('scroll', this._onScroll, {
      passive: true,
      capture: true
    });
  }

  protected override onBeforeDetach(msg: Message): void {
    super.onBeforeDetach(msg);
    this._observer.disconnect();
    this.node.removeEventListener('scroll', this._onScroll, { capture: true });
  }

  protected override render(): JSX.Element {
    const shown = Math.min(this._rows.count, Math.floor(HIGHEST / ROW));
    const first = Math.max(0, Math.floor(this._top / ROW) - MORE);
    const count = Math.min(shown - first, Math.ceil(this._height / ROW) + 2 * MORE);
    this._rows.show(first, Math.max(0, count));
    return (
      <>
        <Grid
          rows={this._rows}
          label={this._label}
          first={first}
          count={count}
          shown={shown}
          trans={this._trans}
        />
        <p className="jp-Obsdeck-QuickLook-note" role="status">
          {countWords(this._rows.count, shown, this._trans)}{' '}
          {columnWords(this._rows.columns.length, this._trans)}
        </p>
      </>
    );
  }

  private readonly _onScroll = (event: Event): void => {
    this._top = (event.target as HTMLElement).scrollTop;
    this.update();
  };

  private _redraw(): void {
    this.update();
  }

  private _top = 0;
  private _height = 400;
  private readonly _observer = new ResizeObserver(() => {
    this._height = this.node.clientHeight;
    this.update();
  });
}

interface IGridProps {
  readonly rows: TableRows;
  readonly label: string;
  /** Row at the beginning of those in the page. */
  readonly first: number;
  readonly count: number;
  /** Rows that can be scrolled to. */
  readonly shown: number;
  readonly trans: TranslationBundle;
}

function Grid(props: IGridProps): JSX.Element {
  const { rows, label, first, count, shown, trans } = props;
  const columns = rows.columns.slice(0, WIDEST);
  const width = COLUMN * columns.length;
  return (
    <div className="jp-Obsdeck-QuickLook-rows" tabIndex={0}>
      <div
        role="table"
        aria-label={label}
        aria-rowcount={rows.count + 1}
        aria-colcount={rows.columns.length}
        style={{ height: HEAD + shown * ROW, width }}
      >
        <div role="rowgroup" className="jp-Obsdeck-QuickLook-head">
          <div role="row" aria-rowindex={1}>
            {columns.map(({ name, unit }, index) => (
              <span key={index} role="columnheader" title={name}>
                <b>{name}</b>
                <small>{unit}</small>
              </span>
            ))}
          </div>
        </div>
        <div role="rowgroup">
          {Array.from({ length: Math.max(0, count) }, (_, index) => (
            <Row key={first + index} rows={rows} index={first + index} trans={trans} />
          ))}
        </div>
      </div>
    </div>
  );
}

function Row(props: {
  readonly rows: TableRows;
  readonly index: number;
  readonly trans: TranslationBundle;
}): JSX.Element {
  const { rows, index, trans } = props;
  const cells = rows.row(index);
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-busy={cells === null}
      style={{ top: HEAD + index * ROW }}
    >
      {rows.columns.slice(0, WIDEST).map((_, column) => {
        const text = cells?.[column];
        return (
          <span key={column} role="cell" title={text ?? undefined}>
            {text === null ? (
              <i aria-label={trans.__('no value')}>{NULL_TEXT}</i>
            ) : (
              text
            )}
          </span>
        );
      })}
    </div>
  );
}

function countWords(count: number, shown: number, trans: TranslationBundle): string {
  return shown < count
    ? trans.__('The first %1 of %2 rows', formatCount(shown), formatCount(count))
    : trans._n('1 row', '%2 rows', count, formatCount(count));
}

function columnWords(count: number, trans: TranslationBundle): string {
  return count > WIDEST
    ? trans.__('The first %1 of %2 columns', WIDEST, formatCount(count))
    : '';
}
