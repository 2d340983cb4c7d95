import { ProtocolError } from '../errors.js';

/** Units a search radius can be typed in. */
export type RadiusUnit = 'deg' | 'arcmin' | 'arcsec';

/** What a person typed into the ObsCore form. Empty texts and lists constrain nothing. */
export interface IObsCoreForm {
  /** A position in any form that `parsePosition` reads. */
  readonly position: string;
  readonly radius: string;
  readonly radiusUnit: RadiusUnit;
  /** Begin of the time range; a date means its first moment. */
  readonly from: string;
  /** End of the time range; a date means its last moment. */
  readonly until: string;
  /**
   * Lower spectral limit in `spectralUnit`; a unit of any quantity may follow the number
   * and counts instead.
   */
  readonly wavelengthFrom: string;
  readonly wavelengthTo: string;
  /** Symbol of one of `SPECTRAL_UNITS`. */
  readonly spectralUnit: string;
  /** `dataproduct_type`s; {@link NO_PRODUCT_TYPE} stands for null. */
  readonly productTypes: readonly string[];
  /** `%` and `*` are wildcards. */
  readonly productSubtype: string;
  readonly calibLevels: readonly number[];
  /** Names separated by commas. */
  readonly collections: string;
  /** `%` and `*` are wildcards. */
  readonly instrument: string;
  /** Name of a column, empty for the service's own order. */
  readonly orderBy: string;
  readonly descending: boolean;
  readonly rowLimit: number | string;
}

/** Entry of `productTypes` for rows whose `dataproduct_type` is null. */
export const NO_PRODUCT_TYPE = '';

/** A form nobody has typed into: the first 1,000 rows of the table. */
export const EMPTY_FORM: IObsCoreForm = {
  position: '',
  radius: '0.5',
  radiusUnit: 'deg',
  from: '',
  until: '',
  wavelengthFrom: '',
  wavelengthTo: '',
  spectralUnit: 'nm',
  productTypes: [],
  productSubtype: '',
  calibLevels: [],
  collections: '',
  instrument: '',
  orderBy: '',
  descending: false,
  rowLimit: 1000
};

/** Name of a field of the form. */
export type FormField = keyof IObsCoreForm;

/** A field that cannot be understood, and one sentence why. */
export interface IFormProblem {
  readonly field: FormField;
  readonly message: string;
}

/** The form cannot become a query. `message` is that of the first problem. */
export class FormError extends ProtocolError {
  /** @param problems - at least one, in the order of the form */
  constructor(readonly problems: readonly IFormProblem[]) {
    super('rejected', problems[0].message);
    this.name = 'FormError';
  }

  /** The fields that have problems, in the order of the form. */
  get fields(): readonly FormField[] {
    return this.problems.map(problem => problem.field);
  }
}
