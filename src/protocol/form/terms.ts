import type { IPosition } from '../position.js';

import type { IColumnCriterion } from './criteria.js';
import type { FormPlace } from './types.js';

/** A closed interval; null is no limit. */
export interface IInterval {
  readonly min: number | null;
  readonly max: number | null;
}

/** The form as numbers and lists, ready for a query. */
export interface IConstraints {
  /** Circle in degrees, ICRS. */
  readonly circle: (IPosition & { readonly radius: number }) | null;
  /** Corners in degrees, ICRS, counter-clockwise seen from inside. */
  readonly polygon: readonly IPosition[] | null;
  /** Degrees round each of the form's targets; null where it has none. */
  readonly targetRadius: number | null;
  /** MJD. */
  readonly time: IInterval;
  /** Vacuum wavelength, m. */
  readonly wavelength: IInterval;
  /** In the order of the profile. */
  readonly columns: readonly IColumnCriterion[];
  readonly rowLimit: number;
}

/** One line of the WHERE clause. */
export interface ICondition {
  /** The field that asks for it. */
  readonly place: FormPlace;
  /** Columns it touches, as the profile spells them. */
  readonly columns: readonly string[];
  readonly adql: string;
}

/** Name of a column as it goes into ADQL: the service's own spelling. */
export type Names = (column: string) => string;
