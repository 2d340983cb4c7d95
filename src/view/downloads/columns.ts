import type { TranslationBundle } from '@jupyterlab/translation';

import { shareOf } from '../../model/downloads/groups.js';
import type { IDownload } from '../../model/downloads/types.js';
import { formatSize, NULL_TEXT } from '../shared/format.js';
import { hostOf } from '../shared/rights.js';
import { percentOf, stateWords } from './words.js';

/** The columns of the wide list. */
export type DownloadColumn =
  'name' | 'category' | 'size' | 'progress' | 'state' | 'from';

/** The columns in their order. */
export const COLUMNS: readonly DownloadColumn[] = [
  'name',
  'category',
  'size',
  'progress',
  'state',
  'from'
];

/** By which column the list is sorted; the order of the queue without one. */
export interface IDownloadOrder {
  readonly column: DownloadColumn;
  readonly isDescending: boolean;
}

/** What a column is called. */
export function columnLabel(column: DownloadColumn, trans: TranslationBundle): string {
  switch (column) {
    case 'name':
      return trans.__('Name');
    case 'category':
      return trans.__('Category');
    case 'size':
      return trans.__('Size');
    case 'progress':
      return trans.__('Progress');
    case 'state':
      return trans.__('State');
    case 'from':
      return trans.__('From');
  }
}

/** The text of a cell. @param now - milliseconds since 1970 */
export function cellText(
  item: IDownload,
  column: DownloadColumn,
  now: number,
  trans: TranslationBundle
): string {
  switch (column) {
    case 'name':
      return item.name;
    case 'category':
      return item.category ?? '';
    case 'size':
      return item.total === null ? trans.__('not given') : formatSize(item.total);
    case 'progress': {
      const percent = percentOf(item);
      return percent === null ? NULL_TEXT : trans.__('%1 %', percent);
    }
    case 'state':
      return stateWords(item, now, trans);
    case 'from':
      return hostOf(item.address);
  }
}

/** The files whose name, category, state or host holds all words that were typed. */
export function filtered(
  items: readonly IDownload[],
  typed: string,
  now: number,
  trans: TranslationBundle
): readonly IDownload[] {
  const words = typed.trim().toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) {
    return items;
  }
  const columns = COLUMNS.filter(column => column !== 'size' && column !== 'progress');
  return items.filter(item => {
    const text = columns
      .map(column => cellText(item, column, now, trans))
      .join(' ')
      .toLowerCase();
    return words.every(word => text.includes(word));
  });
}

/** Sort files; what has no value comes last, equal ones stay in the order of the queue. */
export function ordered(
  items: readonly IDownload[],
  order: IDownloadOrder | null,
  now: number,
  trans: TranslationBundle
): readonly IDownload[] {
  if (!order) {
    return items;
  }
  const keyed = items.map(item => ({
    item,
    key: keyOf(item, order.column, now, trans)
  }));
  const sign = order.isDescending ? -1 : 1;
  return keyed.sort((a, b) => compare(a.key, b.key, sign)).map(({ item }) => item);
}

type Key = number | string | null;

function keyOf(
  item: IDownload,
  column: DownloadColumn,
  now: number,
  trans: TranslationBundle
): Key {
  switch (column) {
    case 'size':
      return item.total;
    case 'progress':
      return shareOf(item);
    default:
      return cellText(item, column, now, trans) || null;
  }
}

function compare(a: Key, b: Key, sign: number): number {
  if (a === null || b === null) {
    return Number(a === null) - Number(b === null);
  }
  return a === b ? 0 : a < b ? -sign : sign;
}
