import type { IAccessRow } from '../../model/accessfacts.js';
import type { RowStore } from '../../model/columns.js';

/** What of a row tells who may see what it describes. */
export interface IRowAccess {
  /** Identifier, as the archive gives it; empty where the table has none. */
  readonly subject: string;
  readonly row: IAccessRow;
}

/**
 * Columns by what they tell, the usual name first: those of ObsCore 1.1, then those that
 * archives' own tables of raw frames have.
 */
const COLUMNS = {
  subject: ['obs_publisher_did', 'dp_id', 'obs_id'],
  release: ['obs_release_date', 'release_date'],
  rights: ['data_rights'],
  programme: ['proposal_id', 'prog_id']
} as const;

/** True where a table says anything about rights. */
export function hasAccessColumns(store: RowStore): boolean {
  return [...COLUMNS.release, ...COLUMNS.rights].some(name => store.indexOf(name) >= 0);
}

/** Who may see what a row describes, as far as its table tells. */
export function rowAccess(store: RowStore, row: number): IRowAccess {
  const read = (names: readonly string[]): string | null =>
    names.map(name => textAt(store, row, name)).find(text => text !== null) ?? null;
  return {
    subject: read(COLUMNS.subject) ?? '',
    row: {
      release: read(COLUMNS.release),
      rights: read(COLUMNS.rights),
      programme: read(COLUMNS.programme)
    }
  };
}

/** The text of a cell by the name of its column; null where there is none. */
export function textAt(store: RowStore, row: number, name: string): string | null {
  const column = store.indexOf(name);
  const value = column < 0 ? null : store.value(row, column);
  const text = value === null || value === undefined ? '' : String(value).trim();
  return text === '' ? null : text;
}
