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

/** The field that asks for a column; undefined where the form has none. */
export function fieldOf(profile: IFormProfile, column: string): IFormField | undefined {
  const key = columnKey(column);
  return profile.fields.find(field => columnKey(field.column) === key);
}

/** A form that asks nothing of a column. */
export function withoutColumn(form: ISearchForm, column: string): ISearchForm {
  const others = Object.entries(form.columns).filter(
    ([other]) => other !== columnKey(column)
  );
  return { ...form, columns: Object.fromEntries(others) };
}
