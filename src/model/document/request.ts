import type { IArchive, IQuery, ISearchTable } from '../../archives/archive.js';
import { usualAsker } from '../../archives/signin.js';
import { firstTable } from '../../protocol/adql/index.js';
import { isFilled, type ISearchForm } from '../../protocol/form.js';
import { constraintsOf } from '../constraints.js';
import { contextOf, offerOf } from '../offer.js';
import type { IQueryRequest } from '../query.js';
import type { ISchemas } from '../schema/types.js';
import type { Asked, ISearchDocument } from './types.js';

/** A saved search that cannot be asked here, or a search that cannot be saved; one sentence. */
export class SearchError extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'SearchError';
  }
}

/**
 * The request that a saved search stands for; asks nobody. As whom it is asked is not kept:
 * anyone, but for archives that answer nothing without an account.
 *
 * @param archive - the one that the search names; undefined where there is none
 * @param schemas - what is known of the archive's tables by now
 * @throws SearchError where the archive or its service is not known here: a file that came
 * from somewhere must not choose where requests go to
 * @throws FormError for a form that stands for no query
 */
export function requestOf(
  search: ISearchDocument,
  archive: IArchive | undefined,
  schemas: ISchemas | null = null
): IQueryRequest {
  const discover = archive?.discover;
  if (!archive || !discover) {
    throw new SearchError(
      `The archive “${search.archive}” of this search is not known here.`
    );
  }
  const table = tableOf(search, archive);
  const base = { archive, table, as: usualAsker(archive.definition) };
  if (search.form === null) {
    const { adql, rowLimit: maxrec } = search;
    const subject = firstTable(adql) ?? table.name;
    return { ...base, query: { adql, maxrec }, subject };
  }
  const { form, resolved } = search;
  const offer = offerOf(archive, table, schemas, {
    facets: [],
    criteria: form.columns
  });
  const names = new Map(resolved.map(target => [target.name, target]));
  const context = offer ? contextOf(offer, names) : {};
  const [query, ...more] = discover.form.search(table, form, context);
  return {
    ...base,
    query,
    ...(more.length > 0 && { more }),
    subject: form.position.trim() || table.name,
    constraints: constraintsOf(form, offer?.profile ?? null),
    form,
    resolved
  };
}

/**
 * What of a request is saved.
 *
 * @param before - the document as it was: how the rows are shown stays, and what other
 * versions wrote
 * @throws SearchError for a query by hand with a table that goes along, which only a form
 * can make again
 */
export function documentOf(
  request: IQueryRequest,
  before: Pick<ISearchDocument, 'layout' | 'others'>
): ISearchDocument {
  const { archive, table, query, resolved = [] } = request;
  const { layout, others } = before;
  return {
    archive: archive.definition.id,
    service: table.service,
    table: table.name,
    ...askedOf(request.form, query),
    rowLimit: query.maxrec,
    resolved: request.form ? resolved : [],
    layout,
    others
  };
}

function askedOf(form: ISearchForm | undefined, query: IQuery): Asked {
  if (form) {
    const columns = Object.entries(form.columns).filter(([, value]) => isFilled(value));
    const asked = { ...form, columns: Object.fromEntries(columns) };
    return { form: { ...asked, rowLimit: query.maxrec }, adql: null };
  }
  if (query.uploads?.length) {
    throw new SearchError(
      'A query edited by hand cannot be saved with its list of targets; save it as the form made it.'
    );
  }
  return { form: null, adql: query.adql };
}

function tableOf(search: ISearchDocument, archive: IArchive): ISearchTable {
  const tables = archive.discover?.tables ?? [];
  const ofService = tables.filter(({ service }) => service === search.service);
  if (ofService.length === 0) {
    throw new SearchError(
      `${archive.definition.name} has no service at ${search.service}.`
    );
  }
  const { table: name, service } = search;
  return ofService.find(table => table.name === name) ?? { name, title: name, service };
}
