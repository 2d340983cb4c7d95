import type { IArchive, ISearchTable } from '../../archives/archive.js';
import { firstTable } from '../../protocol/adql/index.js';
import type { IUwsJob } from '../../protocol/uws/types.js';
import type { IQueryRequest } from '../query.js';
import { tableAt } from '../tableat.js';
import { addressOf, hasRows } from './entry.js';
import type { IJob, IJobRecord } from './types.js';

/** Longest label a service is given, in characters. */
const LABEL = 64;

/** Row limit of a job that does not tell its own. */
const USUAL_LIMIT = 100_000;

/**
 * The request whose rows a job has; where it has none any more, the query to be run anew.
 * Null where its query is not known.
 */
export function requestOf(entry: IJob, archive: IArchive): IQueryRequest | null {
  const { adql, maxrec, name, as } = entry.record;
  if (adql === '') {
    return null;
  }
  return {
    archive,
    table: tableOf(entry.record, archive),
    query: { adql, maxrec },
    subject: name,
    ...(as && { as }),
    ...(hasRows(entry) && { job: addressOf(entry) })
  };
}

/** True for a query whose tables went along: it cannot be run again without them. */
export function needsUpload({ adql }: Pick<IJobRecord, 'adql'>): boolean {
  return /\btap_upload\s*\./i.test(adql);
}

/** What the parameters of a job tell of its query; names in any case (TAP 1.1 §2.7). */
export function queryOf({
  parameters
}: IUwsJob): Pick<IJobRecord, 'adql' | 'maxrec' | 'table'> {
  const value = (name: string): string =>
    parameters.find(({ id }) => id.toUpperCase() === name)?.value ?? '';
  const adql = value('QUERY');
  const limit = Number(value('MAXREC') || NaN);
  return {
    adql,
    maxrec: Number.isSafeInteger(limit) && limit > 0 ? limit : USUAL_LIMIT,
    table: firstTable(adql) ?? ''
  };
}

/** The label a service is given, so that other tools show the same name. */
export function labelOf(name: string): string {
  return [...name].slice(0, LABEL).join('');
}

/** The service is where the job is, also where the archive now has another one. */
function tableOf({ table, service }: IJobRecord, archive: IArchive): ISearchTable {
  return tableAt(archive, service, table) ?? { name: table, title: table, service };
}
