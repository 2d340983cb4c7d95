/** One value of a column that can be ticked; null stands for rows without a value. */
export interface IChoice {
  readonly value: string | number | null;
  /** In words, where the value alone says too little: “2 Calibrated”. */
  readonly label?: string;
  readonly description?: string;
}

/** Limits as typed, each empty for none. */
export interface IRange {
  readonly min: string;
  readonly max: string;
}

/**
 * What a person asks of one column: a text (`text`), limits (`range`), or ticked values
 * (`choice`). An empty text, empty limits and an empty list ask for nothing.
 */
export type Criterion = string | IRange | readonly (string | number | null)[];

/**
 * How a column is asked for.
 *
 * - `choice`: values to tick, counted by the service; `choices` are those known beforehand
 * - `range`: two limits
 * - `text`: a text; `%` and `*` are wildcards, commas part several; whole days for `time`
 * - `words`: ticked or typed words of a comma-separated list in the column (`dp_type`)
 * - `identifier`: equal to the column, or a UUID inside `access_url`
 */
export type FieldControl = 'choice' | 'range' | 'text' | 'words' | 'identifier';

/** A field of the form that asks for one column. */
export interface IFormField {
  /** The column as TAP_SCHEMA spells it: quoted already where it must be. */
  readonly column: string;
  /** In words; extra columns of a service carry their name too: “Band (lsst_band)”. */
  readonly label: string;
  readonly control: FieldControl;
  /** Whether literals are quoted, and how they are read. */
  readonly values: 'text' | 'number' | 'time';
  /** Unit of the column, VOUnit; limits are typed in it. */
  readonly unit: string | null;
  readonly description: string | null;
  readonly choices?: readonly IChoice[];
  /** Behind “More fields”. */
  readonly more?: boolean;
  /** Counted with the others when the user asks for counts. */
  readonly facet?: boolean;
  /**
   * Hour UTC at which a day of this column begins, 0 unless told: noon at the telescope
   * makes a typed date the night that begins on it. For `text` fields of `time` values.
   */
  readonly noon?: number;
}

/**
 * What the form of one table offers: data, built in for ObsCore, from the archive's
 * definition for other tables, widened by the columns the service itself describes.
 * What is null cannot be asked of this table.
 */
export interface IFormProfile {
  /** The table in words: “ESO raw frames”. */
  readonly title: string | null;
  /** Centre in degrees, ICRS; `region` is the outline, searched where INTERSECTS exists. */
  readonly position: {
    readonly ra: string;
    readonly dec: string;
    readonly region: string | null;
  } | null;
  /** Columns with begin and end (the same one for an instant), as MJD or ISO 8601 text. */
  readonly time: {
    readonly min: string;
    readonly max: string;
    readonly as: 'mjd' | 'iso';
  } | null;
  /** Columns with the shortest and longest vacuum wavelength, and their unit. */
  readonly spectral: {
    readonly min: string;
    readonly max: string;
    readonly unit: string;
  } | null;
  readonly fields: readonly IFormField[];
  /** Column that tells rows apart: slices are continued by it, changes found by it. */
  readonly key: string | null;
  /** Estimated size of a row's file, and how many byte one unit is. */
  readonly size: { readonly column: string; readonly bytes: number } | null;
  /** Column with the moment a row becomes public. */
  readonly release: string | null;
}

/** Units a search radius can be typed in. */
export type RadiusUnit = 'deg' | 'arcmin' | 'arcsec';

/** One target of a list. */
export interface ITarget {
  readonly name: string;
  /** Degrees, ICRS. */
  readonly ra: number;
  readonly dec: number;
}

/** What a person typed into the form of any table. Empty texts and lists constrain nothing. */
export interface ISearchForm {
  /** A name, or a position in any form that `parsePosition` reads. */
  readonly position: string;
  readonly radius: string;
  readonly radiusUnit: RadiusUnit;
  /** Corners `ra dec, ra dec, …` in degrees, instead of position and radius. */
  readonly polygon: string;
  /** Targets searched together by upload, instead of position; each with the radius. */
  readonly targets: readonly ITarget[];
  /** Begin of the time range; a date means its first moment. */
  readonly from: string;
  /** End of the time range; a date means its last moment. */
  readonly until: string;
  /** Limits in `spectralUnit`, or with a unit of any quantity behind the number. */
  readonly wavelengthFrom: string;
  readonly wavelengthTo: string;
  /** Symbol of one of `SPECTRAL_UNITS`. */
  readonly spectralUnit: string;
  /** Criteria by column, lower case and without quotes. */
  readonly columns: Readonly<Record<string, Criterion>>;
  /** Name of a column, empty for the service's own order. */
  readonly orderBy: string;
  readonly descending: boolean;
  readonly rowLimit: number | string;
}

/** Where a problem is: a field of the form, or one of its columns as `column:lsst_band`. */
export type FormPlace = Exclude<keyof ISearchForm, 'columns'> | `column:${string}`;

/** A target's name with the position a resolver gave it. */
export interface IResolvedTarget {
  /** As typed. */
  readonly name: string;
  /** Degrees, ICRS. */
  readonly ra: number;
  readonly dec: number;
  /** Who knew it: “Simbad”. */
  readonly by: string;
  /** How the resolver calls it and what it is, where it says. */
  readonly known?: string;
}

/** What of a service and of the world a form's query depends on. */
export interface IFormContext {
  /**
   * What the form offers, with the columns the service itself described; missing: what is
   * known of the table beforehand.
   */
  readonly profile?: IFormProfile;
  /** Columns the table has, any case; missing: all of the profile's are taken to exist. */
  readonly columns?: readonly string[];
  /** Geometry functions of the service in upper case; missing: CONTAINS, POINT, CIRCLE. */
  readonly geometry?: ReadonlySet<string>;
  /** Rows that a table may have that goes along, 0 where none can; missing: not said. */
  readonly uploads?: number;
  /** Positions of names that were resolved, by the name as typed. */
  readonly resolved?: ReadonlyMap<string, IResolvedTarget>;
}

/** A field that cannot be understood, and one sentence why. */
export interface IFormProblem {
  readonly field: FormPlace;
  readonly message: string;
}
