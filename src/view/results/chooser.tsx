import type { TranslationBundle } from '@jupyterlab/translation';
import * as React from 'react';

import { formatCount } from '../shared/format.js';
import type { ColumnsController } from './columnscontroller.js';
import { columnLabel, type IResultColumn } from './columns.js';

/** Columns that are listed at once; more are found by searching. */
const LIMIT = 300;

/** Properties of {@link ColumnChooser}. */
export interface IColumnChooserProps {
  readonly columns: ColumnsController;
  readonly trans: TranslationBundle;
}

/** Which columns are shown and in which order: search, check boxes, drag or Alt and arrows. */
export function ColumnChooser({ columns, trans }: IColumnChooserProps): JSX.Element {
  const [wanted, setWanted] = React.useState('');
  const [said, say] = React.useState('');
  useChanges(columns);
  const found = columns.all.filter(column => matches(column, wanted));
  const hidden = columns.all.length - columns.shown.columns.length;
  const move = (key: string, to: number): void => {
    columns.move(key, to);
    say(placeWords(columns, key, trans));
  };
  return (
    <>
      <input
        type="search"
        className="jp-Obsdeck-Results-field"
        aria-label={trans.__('Search columns')}
        placeholder={trans.__('Search columns')}
        value={wanted}
        onChange={event => setWanted(event.currentTarget.value)}
      />
      <Tools columns={columns} trans={trans} />
      <ul className="jp-Obsdeck-Columns-list" aria-label={trans.__('Columns')}>
        {found.slice(0, LIMIT).map(column => (
          <Item
            key={column.key}
            column={column}
            columns={columns}
            trans={trans}
            onMove={move}
          />
        ))}
      </ul>
      <Note found={found.length} hidden={hidden} trans={trans} />
      <div className="jp-Obsdeck-visuallyHidden" role="status">
        {said}
      </div>
    </>
  );
}

/** Where a column is now. */
function placeWords(
  { all }: ColumnsController,
  key: string,
  trans: TranslationBundle
): string {
  const place = all.findIndex(column => column.key === key);
  const [now, of] = [formatCount(place + 1), formatCount(all.length)];
  return trans.__('%1, %2 of %3', all[place].field.name, now, of);
}

/** What is done with all columns at once. */
function Tools({ columns, trans }: IColumnChooserProps): JSX.Element {
  return (
    <div className="jp-Obsdeck-Columns-tools">
      <Button label={trans.__('Show all')} onClick={() => columns.showAll()} />
      <Button
        label={trans.__('Only those with values')}
        onClick={() => columns.showThoseWithValues()}
      />
      <Button label={trans.__('Default')} onClick={() => columns.reset()} />
    </div>
  );
}

function Note(props: {
  found: number;
  hidden: number;
  trans: TranslationBundle;
}): JSX.Element {
  const { found, hidden, trans } = props;
  const words =
    found === 0
      ? trans.__('No column has this in its name or description.')
      : found > LIMIT
        ? trans.__('%1 more; search to see them.', formatCount(found - LIMIT))
        : trans.__('Alt and an arrow key or the mouse move a column.');
  return (
    <p className="jp-Obsdeck-Results-muted jp-Obsdeck-Columns-note">
      {words} {hidden > 0 && trans._n('%2 hidden.', '%2 hidden.', hidden, hidden)}
    </p>
  );
}

interface IItemProps extends IColumnChooserProps {
  readonly column: IResultColumn;
  /** @param to - place among all columns, counted from 0 */
  onMove(key: string, to: number): void;
}

function Item({ column, columns, trans, onMove }: IItemProps): JSX.Element {
  const { key, field, unitLine } = column;
  const shown = !columns.isHidden(key);
  const place = columns.all.indexOf(column);
  return (
    <li
      draggable
      title={columnLabel(column)}
      onDragStart={event => event.dataTransfer.setData(DRAGGED, key)}
      onDragOver={event => event.preventDefault()}
      onDrop={event => {
        event.preventDefault();
        onMove(event.dataTransfer.getData(DRAGGED), place);
      }}
    >
      <label className="jp-Obsdeck-Results-check">
        <input
          type="checkbox"
          checked={shown}
          onChange={() => columns.hide([key], shown)}
          onKeyDown={event => {
            const step = STEPS[event.key];
            if (event.altKey && step) {
              event.preventDefault();
              onMove(key, place + step);
            }
          }}
        />
        <span className="jp-Obsdeck-Columns-name">{field.name}</span>
        {unitLine && <small className="jp-Obsdeck-Results-muted">{unitLine}</small>}
        {columns.isPinned(key) && (
          <small className="jp-Obsdeck-Results-muted">{trans.__('pinned')}</small>
        )}
      </label>
    </li>
  );
}

/** Kind of what is dragged within the list: nothing else takes it. */
const DRAGGED = 'application/x-obsdeck-column';

const STEPS: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1 };

function Button(props: { label: string; onClick: () => void }): JSX.Element {
  return (
    <button
      type="button"
      className="jp-Obsdeck-Results-button"
      onClick={() => props.onClick()}
    >
      {props.label}
    </button>
  );
}

/** Draw again whenever the columns change. */
function useChanges(columns: ColumnsController): void {
  const [, setVersion] = React.useState(0);
  React.useEffect(() => {
    const draw = (): void => setVersion(version => version + 1);
    columns.changed.connect(draw);
    return () => void columns.changed.disconnect(draw);
  }, [columns]);
}

function matches({ field }: IResultColumn, wanted: string): boolean {
  const text = `${field.name}\n${field.description ?? ''}`.toLowerCase();
  return wanted
    .toLowerCase()
    .split(/\s+/)
    .every(part => text.includes(part));
}
