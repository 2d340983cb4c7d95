import { EMPTY_FORM, type FormField, type IObsCoreForm } from '../protocol/obscore.js';

/**
 * What each constraint of the form is typed into.
 *
 * The order is that in which constraints are worth dropping where nothing was found:
 * positions and times are typed as numbers, and a small slip misses everything; names may
 * be misspelt; levels and types are chosen from a list, where most choices exist.
 */
const FIELDS = {
  position: ['position'],
  time: ['from', 'until'],
  wavelength: ['wavelengthFrom', 'wavelengthTo'],
  instrument: ['instrument'],
  subtype: ['productSubtype'],
  collection: ['collections'],
  level: ['calibLevels'],
  type: ['productTypes']
} as const satisfies Record<string, readonly FormField[]>;

/** Something a form asks of the rows. */
export type Constraint = keyof typeof FIELDS;

/** All constraints, the likeliest to be too narrow first. */
export const CONSTRAINTS = Object.keys(FIELDS) as readonly Constraint[];

/** The constraints that are filled in a form, the likeliest to be too narrow first. */
export function constraintsOf(form: IObsCoreForm): Constraint[] {
  return CONSTRAINTS.filter(constraint =>
    FIELDS[constraint].some(field => form[field].length > 0)
  );
}

/** The fields of a constraint, empty. */
export function emptied(constraint: Constraint): Partial<IObsCoreForm> {
  return Object.fromEntries(
    FIELDS[constraint].map(field => [field, EMPTY_FORM[field]])
  );
}
