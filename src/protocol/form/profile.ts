import { unquoteName } from '../adql/index.js';

import type { FormPlace, IFormField, IFormProfile, ISearchForm } from './types.js';

/** A form that asks for nothing but the order and the number of rows. */
export const PLAIN_PROFILE: IFormProfile = {
  title: null,
  position: null,
  time: null,
  spectral: null,
  fields: [],
  key: null,
  size: null,
  release: null
};

/** The key of a column in a form's criteria: lower case, without quotes. */
export function columnKey(column: string): string {
  return unquoteName(column).toLowerCase();
}

/** Where a problem with a column's criterion is. */
export function columnPlace(column: string): FormPlace {
  return `column:${columnKey(column)}`;
}

/** Fields by the keys of their columns: tables may have thousands. */
const FIELDS = new WeakMap<IFormProfile, ReadonlyMap<string, IFormField>>();

/** The fields of a profile by the key of their column, in the order of the profile. */
export function fieldsByKey(profile: IFormProfile): ReadonlyMap<string, IFormField> {
  const known =
    FIELDS.get(profile) ??
    new Map(profile.fields.map(field => [columnKey(field.column), field]));
  FIELDS.set(profile, known);
  return known;
}

/** The field that asks for a column; undefined where the form has none. */
export function fieldOf(profile: IFormProfile, column: string): IFormField | undefined {
  return fieldsByKey(profile).get(columnKey(column));
}

/** A form that asks nothing of a column. */
export function withoutColumn(form: ISearchForm, column: string): ISearchForm {
  const others = Object.entries(form.columns).filter(
    ([other]) => other !== columnKey(column)
  );
  return { ...form, columns: Object.fromEntries(others) };
}
