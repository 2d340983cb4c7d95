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
 * Arrow wants names to be different: the second `flux` becomes `flux_2`, and its
 * metadata has the name as it was under `name`.
 *
 * @param types - Arrow types of the fields
 */
export function toSchema(
  fields: readonly IVOTableField[],
  types: readonly DataType[]
): Schema {
  const names = uniqueNames(fields.map(field => field.name));
  return new SettledSchema(
    fields.map((field, index) => {
      const name = names[index];
      return new Field(name, types[index], true, metadata(field, name));
    })
  );
}

/**
 * A schema that knows when nothing is new. Every record batch assigns its fields to its
 * schema, and Arrow looks for each among all: with 10,000 columns that takes a second.
 */
class SettledSchema extends Schema {
  override assign(...fields: (Schema | Field | Field[])[]): Schema {
    const [given] = fields;
    const isSame =
      Array.isArray(given) &&
      given.length === this.fields.length &&
      given.every((field, index) => field === this.fields[index]);
    return isSame ? this : super.assign(...(fields as Field[]));
  }
}

function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set(names);
  const counts = new Map<string, number>();
  return names.map(name => {
    let count = (counts.get(name) ?? 0) + 1;
    let unique = count === 1 ? name : `${name}_${count}`;
    while (count > 1 && taken.has(unique)) {
      count += 1;
      unique = `${name}_${count}`;
    }
    counts.set(name, count);
    taken.add(unique);
    return unique;
  });
}

function metadata(field: IVOTableField, name: string): Map<string, string> {
  const entries = new Map<string, string>();
  for (const key of METADATA_KEYS) {
    const value = field[key];
    if (value !== null) {
      entries.set(key, value);
    }
  }
  if (name !== field.name) {
    entries.set('name', field.name);
  }
  return entries;
}
