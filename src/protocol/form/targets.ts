import { circleShape, touching } from './geometry.js';
import type { ICondition, IConstraints, Names } from './terms.js';
import type { IFormContext, IFormProfile, ISearchForm, ITarget } from './types.js';

/** A table that goes along with a query. */
export interface ITargetUpload {
  /** Regular identifier. */
  readonly name: string;
  /** A VOTable. */
  readonly votable: string;
}

/** Targets of one list, so that a page can hold and send them. */
export const MOST_TARGETS = 100_000;

/** Targets where they have to be written into queries, one circle each. */
export const MOST_CIRCLES = 1000;

/** Circles of one query: some services refuse queries of more than some 10 kB. */
const CIRCLES_A_QUERY = 50;

/** Targets that go along with one query where the service gives no limit: about 2 MB. */
const TARGETS_A_QUERY = 20_000;

/** Name of the table that goes along, and of its column with names. */
export const TARGETS = 'targets';
export const TARGET_COLUMN = 'target';

/** True where a form's targets go along as a table; otherwise the query names each. */
export function joinsTargets(
  { targets }: ISearchForm,
  { uploads }: IFormContext
): boolean {
  return targets.length > 0 && uploads !== 0;
}

/** A form in parts, each with as many targets as one query can have. */
export function sliceTargets(
  form: ISearchForm,
  { uploads = TARGETS_A_QUERY }: IFormContext
): readonly ISearchForm[] {
  const size = uploads === 0 ? CIRCLES_A_QUERY : Math.min(uploads, TARGETS_A_QUERY);
  return form.targets.length <= size
    ? [form]
    : partsOf(form.targets, size).map(targets => ({ ...form, targets }));
}

type Targets = readonly ITarget[];

/** Parts of lists by their size, and lists as VOTables: a form is read at each key press. */
const PARTS = new WeakMap<Targets, Map<number, readonly Targets[]>>();
const VOTABLES = new WeakMap<Targets, string>();

function partsOf(targets: Targets, size: number): readonly Targets[] {
  const known = PARTS.get(targets) ?? new Map<number, readonly Targets[]>();
  PARTS.set(targets, known);
  const count = Math.ceil(targets.length / size);
  const parts =
    known.get(size) ??
    Array.from({ length: count }, (_, index) =>
      targets.slice(index * size, (index + 1) * size)
    );
  known.set(size, parts);
  return parts;
}

/** The tables that go along with a form's query. */
export function uploadsOf(
  form: ISearchForm,
  context: IFormContext
): { readonly uploads?: readonly ITargetUpload[] } {
  return joinsTargets(form, context)
    ? { uploads: [{ name: TARGETS, votable: writeTargets(form.targets) }] }
    : {};
}

/** The condition to be near a target: that of the table `t`, or any of those named. */
export function aroundTargets(
  form: ISearchForm,
  { targetRadius }: IConstraints,
  profile: IFormProfile,
  names: Names,
  context: IFormContext
): readonly ICondition[] {
  if (targetRadius === null) {
    return [];
  }
  const shapes = joinsTargets(form, context)
    ? [`CIRCLE('ICRS', t.target_ra, t.target_dec, ${targetRadius})`]
    : form.targets.map(({ ra, dec }) => circleShape({ ra, dec, radius: targetRadius }));
  const conditions = shapes.flatMap(shape =>
    touching('targets', shape, profile, names, context)
  );
  const [first, ...others] = conditions;
  if (first === undefined || others.length === 0) {
    return conditions;
  }
  const all = conditions.map(({ adql }) => adql).join('\n    OR ');
  return [{ ...first, adql: `(${all})` }];
}

/** Targets as a VOTable (VOTable 1.4) with name, right ascension and declination. */
export function writeTargets(targets: Targets): string {
  const votable = VOTABLES.get(targets) ?? writeTable(targets);
  VOTABLES.set(targets, votable);
  return votable;
}

function writeTable(targets: Targets): string {
  const rows = targets.map(({ name, ra, dec }) => {
    return `<TR><TD>${escapeXml(name)}</TD><TD>${ra}</TD><TD>${dec}</TD></TR>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<VOTABLE version="1.4" xmlns="http://www.ivoa.net/xml/VOTable/v1.3">',
    '<RESOURCE><TABLE>',
    `<FIELD name="${TARGET_COLUMN}" datatype="unicodeChar" arraysize="*" ucd="meta.id;src"/>`,
    '<FIELD name="target_ra" datatype="double" unit="deg" ucd="pos.eq.ra;meta.main"/>',
    '<FIELD name="target_dec" datatype="double" unit="deg" ucd="pos.eq.dec;meta.main"/>',
    '<DATA><TABLEDATA>',
    ...rows,
    '</TABLEDATA></DATA>',
    '</TABLE></RESOURCE>',
    '</VOTABLE>',
    ''
  ].join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;'
};

/** Characters that XML 1.0 §2.2 does not have, half surrogates among them. */
const NO_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

function escapeXml(text: string): string {
  return text.replace(NO_XML, ' ').replace(/[&<>]/g, sign => ENTITIES[sign]);
}
