import { parseRegion, type Region } from '../region.js';

import type { IFormProblem, ISearchForm } from './types.js';

/** A form whose outlines are in the terms of its fields, or why one of them cannot be. */
export interface ISpelledOut {
  /** Without the text of the outline, where there is a problem. */
  readonly form: ISearchForm;
  readonly problem: IFormProblem | null;
}

/** The fields that outlines are pasted into. */
type OutlineField = 'position' | 'polygon';

/** Begins as STC-S does (`Circle ICRS 1 2 3`); “Box Nebula” is a name. */
const OUTLINE =
  /^\s*(circle|polygon|box|ellipse|position|point|range|union|intersection|not)(\s*\(|\s+(\(|[-+.\d]|(icrs|j2000|b1950|fk[45]|galactic(_ii)?|ecliptic|unknownframe)\b))/i;

/** Coordinates of these are not those of ICRS, by up to degrees. */
const FOREIGN = /\b(fk4|b1950|ecliptic|unknownframe)\b/i;

/** True for a text that is meant as an outline, as cells of `s_region` are (STC-S). */
export function isOutline(text: string): boolean {
  return OUTLINE.test(text);
}

/**
 * Put a pasted outline into the fields that ask for it: a circle becomes a position and a
 * radius, a polygon its corners, a union of one the one. The same form where there is none.
 */
export function spellOut(form: ISearchForm): ISpelledOut {
  const field = (['position', 'polygon'] as const).find(name => isOutline(form[name]));
  if (field === undefined) {
    return { form, problem: null };
  }
  const other: OutlineField = field === 'position' ? 'polygon' : 'position';
  const fields =
    form[other].trim() === ''
      ? fieldsOf(form[field])
      : 'Give a position or a polygon, not both.';
  return typeof fields === 'string'
    ? { form: { ...form, [field]: '' }, problem: { field, message: fields } }
    : { form: { ...form, position: '', polygon: '', ...fields }, problem: null };
}

/** What the fields hold for an outline; otherwise one sentence why they cannot. */
function fieldsOf(text: string): Partial<ISearchForm> | string {
  const frame = FOREIGN.exec(text)?.[0];
  if (frame !== undefined) {
    return `Coordinates in ${frame.toUpperCase()} cannot be searched. Type them in ICRS.`;
  }
  const region = alone(parseRegion(text));
  switch (region.shape) {
    case 'position':
      return { position: `${region.at.ra} ${region.at.dec}` };
    case 'circle':
      return {
        position: `${region.at.ra} ${region.at.dec}`,
        radius: String(region.radius),
        radiusUnit: 'deg'
      };
    case 'polygon':
      return {
        polygon: region.corners.map(({ ra, dec }) => `${ra} ${dec}`).join(', ')
      };
    case 'unknown':
      return readByCorners(text);
    case 'union':
      return `A union of ${region.members.length} outlines cannot be searched. ${USE_ONE}`;
    default:
      return `${NAMES[region.shape]} cannot be searched. ${USE_ONE}`;
  }
}

const USE_ONE = 'Type one circle or polygon.';

const NAMES = {
  box: 'A box',
  ellipse: 'An ellipse',
  intersection: 'An intersection of outlines',
  not: 'Everything outside an outline'
} as const;

/** A union or an intersection of one outline is that outline. */
function alone(region: Region): Region {
  return 'members' in region && region.members.length === 1
    ? alone(region.members[0])
    : region;
}

/** Corners that are not STC-S, such as sexagesimal ones, are read where corners are. */
function readByCorners(text: string): Partial<ISearchForm> | string {
  const corners = /^\s*polygon\s+((icrs|j2000)\b)?/i.exec(text)?.[0];
  return corners === undefined
    ? 'This outline cannot be read. Type Circle ICRS 55.75 -32.29 0.5, or corners.'
    : { polygon: text.slice(corners.length).trim() };
}
