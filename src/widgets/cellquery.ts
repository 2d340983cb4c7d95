import type { ISearchTable } from '../archives/archive.js';
import type { IQueryRequest } from '../model/query.js';
import { quoteTableName } from '../protocol/adql/index.js';
import type { ICellWords, IKnownArchives } from './means.js';

/** What the kernel says that is to be asked; see `obsdeck.ObsCoreBrowser`. */
export interface ICellQuery {
  /** Id of the archive. */
  readonly archive: string;
  /** Empty: the archive's first one. */
  readonly table: string;
  /** Empty: all rows of the table. */
  readonly adql: string;
  /** 0: as many as the archive's form proposes. */
  readonly maxrec: number;
}

/**
 * The request a cell stands for, always as anyone: only the user at the page can ask in
 * their own name.
 *
 * @returns a sentence where there is no such archive or table
 */
export function requestOf(
  { archive: id, table: name, adql, maxrec }: ICellQuery,
  archives: Pick<IKnownArchives, 'get'>,
  words: ICellWords
): IQueryRequest | string {
  const archive = archives.get(id);
  if (!archive) {
    return words.unknownArchive(id);
  }
  const { discover, definition } = archive;
  if (!discover) {
    return words.noTables(definition.name);
  }
  const table = tableOf(discover.tables, name);
  if (!table) {
    return words.unknownTable(definition.name, name);
  }
  return {
    archive,
    table,
    query: {
      adql: adql.trim() === '' ? `SELECT * FROM ${quoteTableName(table.name)}` : adql,
      maxrec: maxrec > 0 ? maxrec : discover.defaultRowLimit
    },
    subject: table.name
  };
}

function tableOf(
  tables: readonly ISearchTable[],
  name: string
): ISearchTable | undefined {
  const wanted = name.toLowerCase();
  return wanted === ''
    ? tables[0]
    : tables.find(table => table.name.toLowerCase() === wanted);
}
