import type { TranslationBundle } from '@jupyterlab/translation';

import type { RowStore } from '../../model/columns.js';
import { quantityOf } from '../../model/quantities.js';
import type { MenuEntry } from '../shared/menu.js';
import { rowAccess } from './accessrow.js';

/** What the menu of a row does; what is missing is not offered. */
export interface IRowDeeds {
  copyRow(): void;
  /** Put a text on the clipboard. */
  readonly copy?: (text: string) => void;
  /** Filter by the value of the focused cell; missing where there is none to filter by. */
  readonly filter?: () => void;
  /** Search around a position in degrees, ICRS. */
  readonly search?: (ra: number, dec: number) => void;
  /** Explain why the row cannot be seen. */
  readonly why?: () => void;
}

/** The entries of a row's menu that are about the row itself. */
export function rowMenu(
  trans: TranslationBundle,
  store: RowStore,
  row: number,
  deeds: IRowDeeds
): MenuEntry[] {
  const { copy, search, why } = deeds;
  const { subject } = rowAccess(store, row);
  const position = positionOf(store, row);
  const entries: MenuEntry[] = [
    { label: trans.__('Copy row'), run: () => deeds.copyRow() }
  ];
  if (copy && subject !== '') {
    entries.push({ label: trans.__('Copy identifier'), run: () => copy(subject) });
  }
  entries.push('line', {
    label: trans.__('Filter by this value'),
    off: deeds.filter ? undefined : trans.__('No cell has the focus.'),
    run: () => deeds.filter?.()
  });
  if (search && position) {
    entries.push({
      label: trans.__('Search here (0.1 deg)'),
      run: () => search(position.ra, position.dec)
    });
  }
  if (why) {
    entries.push({ label: trans.__('Why can\u2019t I see it?'), run: () => why() });
  }
  return entries;
}

/** Where a row points to, by the UCDs of its columns; null where it does not. */
export function positionOf(
  store: RowStore,
  row: number
): { ra: number; dec: number } | null {
  const read = (kind: 'ra' | 'dec'): number => {
    const columns = [...store.fields.keys()].filter(
      index => quantityOf(store.fields[index])?.kind === kind
    );
    const main = columns.find(index =>
      /meta\.main/i.test(store.fields[index].ucd ?? '')
    );
    const column = main ?? columns[0];
    return column === undefined ? NaN : Number(store.value(row, column) ?? NaN);
  };
  const [ra, dec] = [read('ra'), read('dec')];
  return Number.isFinite(ra) && Number.isFinite(dec) ? { ra, dec } : null;
}
