import type { IArchive, ISearchTable } from '../archives/archive.js';
import type { ISchemas, IServiceSchema } from './schema/types.js';

/** Tables by what a service told: the same objects for as long as that is the same. */
const FOUND = new WeakMap<IServiceSchema, readonly ISearchTable[]>();

/**
 * The tables that the form of an archive offers: of each service those that it has, as far
 * as it listed them, otherwise those that it is likely to have. Asks nobody.
 */
export function searchTables(
  { discover, definition }: IArchive,
  schemas: ISchemas | null
): readonly ISearchTable[] {
  const usual = discover?.tables ?? [];
  return [...new Set(usual.map(({ service }) => service))].flatMap(service => {
    const schema = schemas?.get(definition.id, service);
    const found =
      discover && schema?.isWhole
        ? (FOUND.get(schema) ??
          discover.tablesOf(service, schema.tables, schema.capability))
        : [];
    if (schema) {
      FOUND.set(schema, found);
    }
    return found.length > 0 ? found : usual.filter(table => table.service === service);
  });
}
