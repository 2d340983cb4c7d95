import type {
  Criterion,
  IResolvedTarget,
  ISearchForm,
  ITarget
} from '../../protocol/form/types.js';
import { findSpectralUnit } from '../../protocol/spectral.js';
import { RADIUS_UNITS } from '../savedsearch.js';
import {
  either,
  filled,
  flag,
  listOf,
  members,
  number,
  oneOf,
  type Reader,
  recordOf,
  scalar,
  text,
  wrong
} from './fields.js';
import { type JsonNode, type JsonValue, LineError } from './json.js';

/** The row limit is the document's, whether form or ADQL asks. */
type DocumentForm = Omit<ISearchForm, 'rowLimit'>;

/**
 * What a field that is not in the document holds. Not the empty form of the page: a file
 * must not change its meaning with what the page proposes.
 */
const EMPTY: DocumentForm = {
  position: '',
  radius: '',
  radiusUnit: 'deg',
  polygon: '',
  targets: [],
  from: '',
  until: '',
  wavelengthFrom: '',
  wavelengthTo: '',
  spectralUnit: 'nm',
  columns: {},
  orderBy: '',
  descending: false
};

const spectralUnit: Reader<string> = (node, name) => {
  const value = text(node, name);
  if (findSpectralUnit(value) === null) {
    throw wrong(node, name, 'a unit of wavelength, frequency or energy');
  }
  return value;
};

/** `["M 83", 204.2538, -29.8658]`: one target a line, however many there are. */
const target: Reader<ITarget> = (node, name) => {
  const parts = node.kind === 'array' ? node.items : [];
  if (parts.length !== 3) {
    throw wrong(node, name, 'lists of a name, a right ascension and a declination');
  }
  return position(parts[0], parts[1], parts[2]);
};

const ticked: Reader<string | number | null> = (node, name) => {
  const value = scalar(node);
  if (value === undefined || typeof value === 'boolean') {
    throw wrong(node, name, 'texts and numbers');
  }
  return typeof value === 'number' ? number(node, name) : value;
};

const range: Reader<Criterion> = (node, name) => {
  const limits = members(node, name);
  for (const [key, limit] of limits) {
    if (key !== 'min' && key !== 'max') {
      throw new LineError(limit.line, `“${name}” has limits “min” and “max” only`);
    }
  }
  const limit = (key: string): string => {
    const found = limits.get(key);
    return found ? text(found, key) : '';
  };
  return { min: limit('min'), max: limit('max') };
};

const criterion: Reader<Criterion> = either(
  node => node.kind === 'scalar',
  text,
  either(node => node.kind === 'array', listOf(ticked), range)
);

const FIELDS: { readonly [Name in keyof DocumentForm]: Reader<DocumentForm[Name]> } = {
  position: text,
  radius: text,
  radiusUnit: oneOf(RADIUS_UNITS),
  polygon: text,
  targets: listOf(target),
  from: text,
  until: text,
  wavelengthFrom: text,
  wavelengthTo: text,
  spectralUnit,
  columns: recordOf(criterion),
  orderBy: text,
  descending: flag
};

/**
 * A form as the document has it; what is not there is empty. A field that nobody knows is
 * refused and not ignored: without its constraint the search would be another one.
 */
export const readForm: Reader<DocumentForm> = (node, name) => {
  const entries = [...members(node, name)].map(([key, field]) => {
    if (!Object.hasOwn(FIELDS, key)) {
      throw new LineError(field.line, `“${key}” is no field of the form`);
    }
    return [key, FIELDS[key as keyof DocumentForm](field, key)];
  });
  return { ...EMPTY, ...Object.fromEntries(entries) } as DocumentForm;
};

/** A form without its empty fields, which would be most of the text. */
export function writeForm(form: Omit<ISearchForm, 'rowLimit'>): JsonValue {
  const names = Object.keys(FIELDS) as (keyof DocumentForm)[];
  const filledOnes = names.filter(name => !isSame(form[name], EMPTY[name]));
  return Object.fromEntries(
    filledOnes.map(name => [
      name,
      name === 'targets'
        ? form.targets.map(({ name, ra, dec }) => [name, ra, dec])
        : (form[name] as JsonValue)
    ])
  );
}

/** A resolved name with its position and who knew it. */
export const readResolved: Reader<IResolvedTarget> = (node, name) => {
  const parts = members(node, name);
  const part = (key: string): JsonNode => {
    const found = parts.get(key);
    if (!found) {
      throw new LineError(node.line, `“${key}” is missing in “${name}”`);
    }
    return found;
  };
  const known = parts.get('known');
  return {
    ...position(part('name'), part('ra'), part('dec')),
    by: filled(part('by'), 'by'),
    ...(known && { known: text(known, 'known') })
  };
};

function position(name: JsonNode, ra: JsonNode, dec: JsonNode): ITarget {
  const target = {
    name: text(name, 'name'),
    ra: number(ra, 'ra'),
    dec: number(dec, 'dec')
  };
  if (Math.abs(target.dec) > 90) {
    throw wrong(dec, 'dec', 'between -90 and 90');
  }
  return target;
}

/** Equal, or both without anything in it. */
function isSame(value: unknown, empty: unknown): boolean {
  return value === empty || (isObject(value) && Object.keys(value).length === 0);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
