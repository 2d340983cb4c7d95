import type { IProvenance } from '../reading.js';

/** Further queries that are named, and letters of all of them. */
const MOST = 100;
const LETTERS = 50_000;

/**
 * Where rows are from, as metadata of an Arrow stream: the server half and kernels write
 * it into files and tables. Never as whom they were asked for.
 *
 * Rows of several queries have also `obsdeck.slices`, how many times was asked, and
 * `obsdeck.queries`, the others than the first: a JSON list, each once, as many as fit.
 */
export function originOf(asked: IProvenance): ReadonlyMap<string, string> {
  const { archive, table, query, slices = [], startedAt } = asked;
  return new Map([
    ['obsdeck.archive', archive.definition.name],
    ['obsdeck.service', table.service],
    ['obsdeck.query', query.adql],
    ['obsdeck.date', new Date(startedAt).toISOString()],
    ...(slices.length > 0 ? sliceFacts(asked) : [])
  ]);
}

function sliceFacts({ query, slices = [] }: IProvenance): [string, string][] {
  const others = new Set(slices.map(({ adql }) => adql));
  others.delete(query.adql);
  return [
    ['obsdeck.slices', String(slices.length + 1)],
    ['obsdeck.queries', JSON.stringify(bounded([...others].slice(0, MOST)))]
  ];
}

function bounded(queries: readonly string[]): readonly string[] {
  let left = LETTERS;
  return queries.filter(({ length }) => (left -= length) >= 0);
}
