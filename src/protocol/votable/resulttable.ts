import type { IVOTableResource } from './types.js';

/**
 * The table that answers the query: the first of a RESOURCE `type="results"`, or else
 * the first of all (DALI 1.1 §4.4).
 *
 * @returns its number in the document; null for a document without tables
 */
export function resultTable(resources: readonly IVOTableResource[]): number | null {
  const all = resources.flatMap(withNested);
  const tables = (among: readonly IVOTableResource[]): number[] =>
    among.flatMap(resource => resource.tables);
  const results = all.filter(resource => resource.type?.toLowerCase() === 'results');
  // A results RESOURCE may hold its table in a RESOURCE of its own.
  const [first] = [...tables(results), ...tables(results.flatMap(withNested))];
  const [fallback] = tables(all).sort((a, b) => a - b);
  return first ?? fallback ?? null;
}

function withNested(resource: IVOTableResource): IVOTableResource[] {
  return [resource, ...resource.resources.flatMap(withNested)];
}
