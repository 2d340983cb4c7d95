import type { IServiceParameter } from '../../protocol/datalink/types.js';
import type { SodaRole } from '../../protocol/soda/index.js';

/**
 * How a free parameter is entered. `band`: limits in any spectral unit; `time`: limits as ISO
 * or MJD; `choices`: any number of the options; `numbers`: as many as the array has.
 */
export type FieldKind =
  'text' | 'number' | 'numbers' | 'choice' | 'choices' | 'interval' | 'band' | 'time';

/** A free parameter of a service as a field of a form. */
export interface IServiceField {
  /** Name of the parameter, as the service writes it. */
  readonly name: string;
  readonly kind: FieldKind;
  /** True where only whole numbers fit. */
  readonly isWhole: boolean;
  /** Empty where there is none. */
  readonly unit: string;
  readonly description: string;
  readonly options: readonly string[];
  /** Limits the service names, in `unit`; infinite where it names none. */
  readonly range: readonly [min: number, max: number];
  /** How many numbers `numbers` takes; null for any number of them. */
  readonly count: number | null;
}

/** What was entered into a field. Which of these are used follows from its kind. */
export interface IFieldValue {
  /** The text, the chosen option, or the lower limit. */
  readonly text: string;
  /** The upper limit. */
  readonly until: string;
  /** Symbol of the spectral unit. */
  readonly unit: string;
  readonly chosen: readonly string[];
}

/** The field for a free parameter. */
export function fieldOf(
  parameter: IServiceParameter,
  role: SodaRole | null
): IServiceField {
  const { name, unit, description, options, min, max } = parameter;
  return {
    name,
    kind: kindOf(parameter, role),
    isWhole: WHOLE.has(parameter.datatype),
    unit: unit ?? '',
    description: description ?? '',
    options: options.length === 0 && parameter.datatype === 'boolean' ? TRUTH : options,
    range: [limit(min, -Infinity), limit(max, Infinity)],
    count: countOf(parameter)
  };
}

/** What a field holds before anything was entered: what the service proposes. */
export function initialValue(
  field: IServiceField,
  { value }: IServiceParameter
): IFieldValue {
  const isInterval = ['interval', 'band', 'time'].includes(field.kind);
  const [from = '', until = ''] = isInterval ? value.trim().split(/\s+/) : [value];
  const chosen = field.kind === 'choices' && value !== '' ? [value] : [];
  return { text: from, until, unit: field.kind === 'band' ? 'm' : '', chosen };
}

const TRUTH: readonly string[] = ['true', 'false'];

const WHOLE: ReadonlySet<string> = new Set(['unsignedByte', 'short', 'int', 'long']);

const NUMERIC: ReadonlySet<string> = new Set([...WHOLE, 'float', 'double']);

function kindOf(parameter: IServiceParameter, role: SodaRole | null): FieldKind {
  const { datatype, xtype, options } = parameter;
  if (role === 'band' || role === 'time') {
    return role;
  }
  if (options.length > 0) {
    return role === 'pol' ? 'choices' : 'choice';
  }
  if (!NUMERIC.has(datatype)) {
    return datatype === 'boolean' ? 'choice' : 'text';
  }
  const isInterval = xtype?.toLowerCase().replace(/^.*:/, '') === 'interval';
  if (isInterval && countOf(parameter) === 2) {
    return 'interval';
  }
  return countOf(parameter) === 1 ? 'number' : 'numbers';
}

/** Numbers in the array: 1 for a scalar, null where the length is open. */
function countOf({ arraysize }: IServiceParameter): number | null {
  if (arraysize === null) {
    return 1;
  }
  return /^\d+$/.test(arraysize) ? Number(arraysize) : null;
}

/** `MIN` and `MAX` may be infinite (VOTable 1.4 §2.1), and of shapes they are many numbers. */
function limit(text: string | null, open: number): number {
  const plain = text?.trim().toLowerCase() ?? '';
  const infinite = /^([+-]?)inf(inity)?$/.exec(plain);
  if (infinite) {
    return infinite[1] === '-' ? -Infinity : Infinity;
  }
  const value = plain === '' ? NaN : Number(plain);
  return Number.isNaN(value) ? open : value;
}
