import { type DataType, Field, Schema } from 'apache-arrow';

import type { IVOTableField } from './types.js';

/** The keys of a field's metadata in an Arrow schema. */
export const METADATA_KEYS = [
  'id',
  'datatype',
  'arraysize',
  'unit',
  'ucd',
  'utype',
  'xtype',
  'description',
  'nullValue'
] as const;

/**
 * An Arrow schema for these fields. Metadata holds what the document says about a
 * field under `METADATA_KEYS`; what it does not say is left out.
 *
 * @param types - Arrow types of the fields
 */
export function toSchema(
  fields: readonly IVOTableField[],
  types: readonly DataType[]
): Schema {
  return new Schema(
    fields.map(
      (field, index) => new Field(field.name, types[index], true, metadata(field))
    )
  );
}

function metadata(field: IVOTableField): Map<string, string> {
  const entries = new Map<string, string>();
  for (const key of METADATA_KEYS) {
    const value = field[key];
    if (value !== null) {
      entries.set(key, value);
    }
  }
  return entries;
}
