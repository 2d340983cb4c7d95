import type { TranslationBundle } from '@jupyterlab/translation';

import { isSortable } from '../../model/table/chunks.js';
import type { MenuEntry } from '../shared/menu.js';
import type { ColumnsController } from './columnscontroller.js';
import type { IResultColumn } from './columns.js';
import type { IDisplay } from './displays.js';
import { filterKinds } from './filter/drafts.js';
import type { IValueCounter } from './types.js';

/** What the menu of a column does beside choosing how it is shown. */
export interface IColumnDeeds {
  /** @param descending - null for the order of arrival */
  sort(column: IResultColumn, descending: boolean | null): void;
  filter(column: IResultColumn): void;
  readonly counter?: IValueCounter;
}

/** The menu of a column's header. */
export function columnMenu(
  trans: TranslationBundle,
  column: IResultColumn,
  columns: ColumnsController,
  deeds: IColumnDeeds
): MenuEntry[] {
  const sort = (descending: boolean | null): void => deeds.sort(column, descending);
  const unsortable = isSortable(column.field)
    ? undefined
    : trans.__('Cannot be sorted: its cells are arrays.');
  const unfilterable =
    filterKinds(column).length > 0
      ? undefined
      : trans.__('Cannot be filtered: its cells are arrays.');
  return [
    { label: trans.__('Sort ascending'), off: unsortable, run: () => sort(false) },
    { label: trans.__('Sort descending'), off: unsortable, run: () => sort(true) },
    { label: trans.__('Order of arrival'), run: () => sort(null) },
    'line',
    pinEntry(trans, column, columns),
    unitsEntry(trans, column, columns),
    { label: trans.__('Hide column'), run: () => columns.hide([column.key], true) },
    'line',
    {
      label: trans.__('Filter'),
      off: unfilterable,
      run: () => deeds.filter(column)
    },
    ...countEntries(trans, column, deeds)
  ];
}

/** “Count by value”; nothing where nobody would show the counts. */
function countEntries(
  trans: TranslationBundle,
  { field }: IResultColumn,
  { counter }: IColumnDeeds
): MenuEntry[] {
  if (!counter) {
    return [];
  }
  const off = isSortable(field)
    ? counter.reason(field.name)
    : trans.__('Cannot be counted: its cells are arrays.');
  return [
    {
      label: trans.__('Count by value'),
      off: off ?? undefined,
      run: () => counter.count(field.name)
    }
  ];
}

/** “Pin column”: ticked while it is. */
export function pinEntry(
  trans: TranslationBundle,
  { key }: IResultColumn,
  columns: ColumnsController
): MenuEntry {
  const checked = columns.isPinned(key);
  return {
    label: trans.__('Pin column'),
    checked,
    run: () => columns.pin(key, !checked)
  };
}

/** “Units”: a menu of the ways to show a column; disabled where there is but one. */
export function unitsEntry(
  trans: TranslationBundle,
  column: IResultColumn,
  columns: ColumnsController
): MenuEntry {
  const label = trans.__('Units');
  const { displays, display, key } = column;
  if (displays.length < 2) {
    const off = trans.__('%1 has no other units.', column.field.name);
    return { label, off, run: () => undefined };
  }
  const entries = displays.map(other => ({
    label: displayWords(trans, column, other),
    checked: other === display,
    run: () => columns.setUnit(key, other.id)
  }));
  return { label, entries };
}

/** What a menu calls a way to show a column. */
export function displayWords(
  trans: TranslationBundle,
  { field }: IResultColumn,
  { id }: IDisplay
): string {
  switch (id) {
    case 'iso':
      return trans.__('Date and time (UTC)');
    case 'mjd':
      return trans.__('MJD');
    case 'deg':
      return trans.__('Degrees');
    case 'sexagesimal':
      return trans.__('Sexagesimal');
    case 'size':
      return trans.__('With a prefix by size');
    case 'given':
      return field.unit ? trans.__('As given (%1)', field.unit) : trans.__('As given');
    default:
      return id;
  }
}
