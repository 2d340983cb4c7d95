import type { TranslationBundle } from '@jupyterlab/translation';

import type { IQueryRequest } from '../../model/query.js';

/** “⟨archive⟩: ⟨target or table⟩”, for a tab that is narrow. */
export function titleOf(
  request: IQueryRequest | null,
  trans: TranslationBundle
): string {
  if (!request) {
    return trans.__('Results');
  }
  return trans.__(
    '%1: %2',
    shortName(request.archive.definition.name),
    request.subject
  );
}

/** An archive's name without the explanation in parentheses at its end. */
export function shortName(name: string): string {
  return /^(.*\S)\s*\([^()]*\)\s*$/.exec(name)?.[1] ?? name;
}
