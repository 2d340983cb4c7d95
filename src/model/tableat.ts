import type { IArchive, ISearchTable } from '../archives/archive.js';

/**
 * A table by what was kept of it. One that the archive does not list may be there all the
 * same, as long as the service is one of the archive's.
 *
 * @param service - base URL; undefined where only the name was kept
 * @returns null where the archive has no such service, or no such table at any
 */
export function tableAt(
  { discover }: IArchive,
  service: unknown,
  name: unknown
): ISearchTable | null {
  if (typeof name !== 'string' || name === '') {
    return null;
  }
  const tables = discover?.tables ?? [];
  if (service === undefined) {
    return tables.find(table => table.name === name) ?? null;
  }
  const there = tables.filter(table => table.service === service);
  const known = there.find(table => table.name.toLowerCase() === name.toLowerCase());
  return (
    known ??
    (there.length > 0 ? { name, title: name, service: there[0].service } : null)
  );
}
