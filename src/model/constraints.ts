import {
  columnPlace,
  EMPTY_FORM,
  fieldOf,
  isFilled,
  type IFormProfile,
  type ISearchForm,
  withoutColumn
} from '../protocol/form.js';

/** Where a form leaves rows out: along an axis, or by one of the columns. */
export type ConstraintKey = 'position' | 'time' | 'wavelength' | `column:${string}`;

/** Something a form asks of the rows. */
export interface IConstraint {
  readonly key: ConstraintKey;
  /** The column in words; empty for the axes. */
  readonly label: string;
}

/**
 * What the axes are typed into.
 *
 * Axes come before columns, and columns from the last to the first: that is the order in
 * which constraints are worth dropping where nothing was found. Positions and times are
 * typed as numbers, and a small slip misses everything; names may be misspelt; the first
 * columns of a form are chosen from a list, where most choices exist.
 */
const AXES = {
  position: ['position', 'polygon', 'targets'],
  time: ['from', 'until'],
  wavelength: ['wavelengthFrom', 'wavelengthTo']
} as const satisfies Record<string, readonly (keyof ISearchForm)[]>;

/** The constraints that are filled in a form, the likeliest to be too narrow first. */
export function constraintsOf(
  form: ISearchForm,
  profile: IFormProfile | null
): IConstraint[] {
  const axes = (Object.keys(AXES) as (keyof typeof AXES)[]).filter(axis =>
    AXES[axis].some(field => form[field].length > 0)
  );
  const columns = Object.keys(form.columns).filter(column =>
    isFilled(form.columns[column])
  );
  const order = (profile?.fields ?? []).map(field => columnPlace(field.column));
  const rank = (column: string): number => order.indexOf(columnPlace(column));
  return [
    ...axes.map(key => ({ key, label: '' })),
    ...columns
      .sort((a, b) => rank(b) - rank(a))
      .map(column => ({
        key: `column:${column}` as const,
        label: (profile && fieldOf(profile, column)?.label) ?? column
      }))
  ];
}

/** A form without a constraint. */
export function without(form: ISearchForm, key: ConstraintKey): ISearchForm {
  if (key.startsWith('column:')) {
    return withoutColumn(form, key.slice('column:'.length));
  }
  const fields = AXES[key as keyof typeof AXES];
  return {
    ...form,
    ...Object.fromEntries(fields.map(field => [field, EMPTY_FORM[field]]))
  };
}
