import type { IArchive, ISearchTable } from '../archives/archive.js';
import type { Asker } from '../archives/account.js';
import { columnKey, fieldOf, FormError, type ISearchForm } from '../protocol/form.js';
import { contextOf, type IOffer } from './offer.js';
import type { IQueryRequest } from './query.js';
import { readBack } from './readback.js';
import type { SearchModel } from './search.js';

/** A search whose rows can be counted by the values of a column. */
export interface ICountable {
  readonly archive: IArchive;
  readonly table: ISearchTable;
  readonly as: Asker;
  readonly form: ISearchForm;
}

/**
 * Why rows cannot be counted by the values of a column.
 *
 * - `archive`: the archive is not among those that can be searched
 * - `form`: no form of the archive stands for the query
 * - `column`: the table has no such column, as of one that the query calculates
 * - `problem`: the form makes no such query, for the reason that the sentence tells
 */
export type WhyNotCounted =
  | { readonly why: 'archive' | 'form' | 'column' }
  | { readonly why: 'problem'; readonly message: string };

/** The search that a request stands for, for counting it by a column. Asks nobody. */
export function countableBy(
  request: IQueryRequest,
  column: string,
  model: SearchModel
): ICountable | WhyNotCounted {
  const { id } = request.archive.definition;
  const archive = model.archives.find(({ definition }) => definition.id === id);
  if (!archive?.discover) {
    return { why: 'archive' };
  }
  const { form, table } = formBehind({ ...request, archive }, model) ?? {};
  const own = archive.discover.tables.find(({ name }) => name === table?.name);
  const offer = own && form && model.offerOf(archive, own, form.columns);
  if (!own || !form || !offer) {
    return { why: 'form' };
  }
  if (!mayHave(offer, column)) {
    return { why: 'column' };
  }
  const countable = { archive, table: own, as: request.as ?? 'anyone', form };
  const message = problemOf(countable, column, offer, request);
  return message === null ? countable : { why: 'problem', message };
}

/** The form that made a query, or else the one that stands for it. */
function formBehind(
  request: IQueryRequest,
  model: SearchModel
): { readonly form: ISearchForm; readonly table: ISearchTable } | null {
  const { form, table } = request;
  return form ? { form, table } : readBack(request, model);
}

/** False for a column that the table is known not to have. */
function mayHave({ profile, columns }: IOffer, column: string): boolean {
  const key = columnKey(column);
  const isAsked = fieldOf(profile, column) !== undefined;
  return isAsked || (columns?.some(({ name }) => columnKey(name) === key) ?? true);
}

/** Why the form makes no query that counts; null where it does. */
function problemOf(
  { archive, table, form }: ICountable,
  column: string,
  offer: IOffer,
  { resolved = [] }: IQueryRequest
): string | null {
  const names = new Map(resolved.map(target => [target.name, target]));
  try {
    archive.discover?.form.facet(table, form, column, contextOf(offer, names));
    return null;
  } catch (reason) {
    if (reason instanceof FormError) {
      return reason.message;
    }
    throw reason;
  }
}
