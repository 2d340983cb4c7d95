import {
  columnKey,
  PLAIN_PROFILE,
  type IFormField,
  type IFormProfile
} from '../../protocol/form.js';
import { OBSCORE_COLUMNS, OBSCORE_PROFILE } from '../../protocol/obscore.js';
import { isObsCoreModel, type ITableDescription } from '../../protocol/vosi.js';
import type { IFieldDefinition, IProfileDefinition, ITapEndpoint } from '../archive.js';

import { describedAxes, extraFields } from './extrafields.js';

/**
 * What the form of a table offers, by what is known of it beforehand.
 *
 * @param utype - of the table, as the service says
 */
export function profileOf(
  table: string,
  endpoint?: ITapEndpoint,
  utype?: string | null
): IFormProfile {
  const usual = isObsCore(table, utype) ? OBSCORE_PROFILE : PLAIN_PROFILE;
  const own = Object.entries(endpoint?.profiles ?? {}).find(
    ([name]) => tableKey(name) === tableKey(table)
  );
  return own ? merge(usual, own[1]) : usual;
}

/**
 * A profile by what the service says of the table: what the table lacks is left out, and
 * columns that the profile does not know get fields.
 */
export function describedProfile(
  profile: IFormProfile,
  { name, utype, columns }: ITableDescription
): IFormProfile {
  const known = new Map(columns.map(column => [columnKey(column.name), column]));
  const has = (...names: readonly string[]): boolean =>
    names.every(column => known.has(columnKey(column)));
  const { position, time, spectral, key, size, release } = profile;
  const fields = profile.fields.flatMap(field => {
    const column = known.get(columnKey(field.column));
    return column
      ? [
          {
            ...field,
            column: column.name,
            unit: field.unit ?? column.unit,
            description: field.description ?? column.description
          }
        ]
      : [];
  });
  const standard = isObsCore(name, utype)
    ? OBSCORE_COLUMNS.map(column => column.name)
    : [];
  const covered = new Set([...standard, ...columnsOf(profile)].map(columnKey));
  const others = columns.filter(column => !covered.has(columnKey(column.name)));
  const axes = describedAxes(columns);
  return {
    title: profile.title,
    position:
      position && has(position.ra, position.dec)
        ? { ...position, region: keep(position.region, has) }
        : axes.position,
    time: time && has(time.min, time.max) ? time : null,
    spectral: spectral && has(spectral.min, spectral.max) ? spectral : null,
    fields: [...fields, ...extraFields(others)],
    key: keep(key, has) ?? axes.key,
    size: size && has(size.column) ? size : null,
    release: keep(release, has)
  };
}

/**
 * True for the names that services give to ObsCore, in any case and with any schema, and
 * for tables that say so by their utype.
 */
export function isObsCore(table: string, utype?: string | null): boolean {
  return /(^|\.)"?obscore"?$/i.test(table) || isObsCoreModel(utype ?? '');
}

/** A definition's profile over the usual one: its fields come behind the first ones. */
function merge(usual: IFormProfile, own: IProfileDefinition): IFormProfile {
  const { fields = [], position, ...rest } = own;
  const added = fields.map(complete);
  const keys = new Set(added.map(({ column }) => columnKey(column)));
  const kept = usual.fields.filter(({ column }) => !keys.has(columnKey(column)));
  return {
    ...usual,
    ...rest,
    position: position ? { region: null, ...position } : usual.position,
    fields: [
      ...kept.filter(({ more }) => !more),
      ...added,
      ...kept.filter(({ more }) => more)
    ]
  };
}

function complete(field: IFieldDefinition): IFormField {
  return { unit: null, description: null, ...field };
}

/** All columns that a profile asks for or needs. */
function columnsOf({
  position,
  time,
  spectral,
  fields,
  key,
  size,
  release
}: IFormProfile): readonly string[] {
  return [
    position?.ra,
    position?.dec,
    position?.region,
    time?.min,
    time?.max,
    spectral?.min,
    spectral?.max,
    ...fields.map(({ column }) => column),
    key,
    size?.column,
    release
  ].filter(column => column !== null && column !== undefined);
}

function keep(column: string | null, has: (column: string) => boolean): string | null {
  return column !== null && has(column) ? column : null;
}

function tableKey(name: string): string {
  return name.split('.').map(columnKey).join('.');
}
