import type { IProvenance } from '../reading.js';

/**
 * Where rows are from, as metadata of an Arrow stream: the server half and kernels write
 * it into files and tables. Never as whom they were asked for.
 */
export function originOf(asked: IProvenance): ReadonlyMap<string, string> {
  const { archive, table, query, startedAt } = asked;
  return new Map([
    ['obsdeck.archive', archive.definition.name],
    ['obsdeck.service', table.service],
    ['obsdeck.query', query.adql],
    ['obsdeck.date', new Date(startedAt).toISOString()]
  ]);
}
