import {
  isObsCoreModel,
  type ITableSet,
  type ITapCapability
} from '../../protocol/vosi.js';

import { isObsCore } from './profiles.js';

/** More tables than anybody finds in a list; the schema tree has them all. */
const MOST = 500;

const OBSCORE = 'ivoa.ObsCore';

/**
 * Names of the tables of a service, those with ObsCore first, those that describe the
 * service itself last. A service that declares the data model has `ivoa.ObsCore`
 * (ObsCore 1.1 §4), also where its list of tables lacks it.
 */
export function foundTables(
  { schemas }: ITableSet,
  capability: ITapCapability | null
): readonly string[] {
  const tables = schemas.flatMap(schema => schema.tables);
  const names = tables.map(({ name }) => name);
  const obscore = tables
    .filter(({ name, utype }) => isObsCore(name, utype))
    .map(({ name }) => name);
  const isDeclared = capability?.dataModels.some(({ id }) => isObsCoreModel(id));
  const first = obscore.length === 0 && isDeclared ? [OBSCORE] : obscore;
  const isOwn = (name: string): boolean => /^tap_schema\./i.test(name);
  const others = names.filter(name => !first.includes(name));
  return [
    ...first,
    ...others.filter(name => !isOwn(name)),
    ...others.filter(isOwn)
  ].slice(0, MOST);
}
