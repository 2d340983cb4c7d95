import type { Asker } from '../archives/account.js';
import type { IArchive, ISearchTable } from '../archives/archive.js';
import {
  FormError,
  type IFormContext,
  type IFormProblem,
  type ISearchForm
} from '../protocol/form.js';
import { constraintsOf } from './constraints.js';
import type { IQueryRequest } from './query.js';

/** A form as it stands, with all that its query depends on. */
export interface IFormState {
  readonly archive: IArchive;
  readonly table: ISearchTable;
  readonly as: Asker;
  readonly form: ISearchForm;
  readonly context: IFormContext;
}

/** The query a form stands for, or why it stands for none. */
export type FormRequest =
  | { readonly request: IQueryRequest; readonly problems: readonly [] }
  | { readonly request: null; readonly problems: readonly IFormProblem[] };

/** Make the request of a form. */
export function requestOf(state: IFormState): FormRequest {
  const { archive, table, as, form, context } = state;
  const queries = archive.discover?.form;
  if (!queries) {
    return { request: null, problems: [] };
  }
  try {
    const [query, ...more] = queries.search(table, form, context);
    const request = {
      archive,
      table,
      query,
      ...(more.length > 0 && { more }),
      subject: subjectOf(form) || table.name,
      as,
      constraints: constraintsOf(form, context.profile ?? null),
      form,
      resolved: [...(context.resolved?.values() ?? [])]
    };
    return { request, problems: [] };
  } catch (reason) {
    if (!(reason instanceof FormError)) {
      throw reason;
    }
    return { request: null, problems: reason.problems };
  }
}

/** What a search is about; empty where it is about no target. */
function subjectOf({ position, targets }: ISearchForm): string {
  const [target, ...others] = targets;
  return target && others.length > 0
    ? `${targets.length} targets`
    : (target?.name ?? position.trim());
}
