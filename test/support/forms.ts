import type { IFormQueries } from '../../src/archives/archive.js';
import { TapForm } from '../../src/archives/ivoa/form.js';
import {
  buildFormQuery,
  EMPTY_FORM,
  type IFormContext,
  type IFormProfile,
  type IFormQuery,
  type ISearchForm
} from '../../src/protocol/form.js';
import { OBSCORE_PROFILE } from '../../src/protocol/obscore.js';

/** A form with some fields filled. */
export function formOf(fields: Partial<ISearchForm>): ISearchForm {
  return { ...EMPTY_FORM, ...fields };
}

/** The query of ObsCore's form. */
export function obsCoreQuery(
  fields: Partial<ISearchForm>,
  table = 'ivoa.ObsCore',
  context: IFormContext = {}
): IFormQuery {
  return buildFormQuery(formOf(fields), OBSCORE_PROFILE, table, context);
}

/** The queries of one form, whatever the table is called. */
export function queriesOf(profile: IFormProfile = OBSCORE_PROFILE): IFormQueries {
  return new TapForm(
    () => profile,
    () => undefined
  );
}
