import { describe, expect, it } from 'vitest';

import type { IQuery } from '../../../src/archives/archive.js';
import { originOf } from '../../../src/model/export/origin.js';
import { archiveOf, QUERY, TABLE } from './rows.js';

describe('originOf', () => {
  const archive = archiveOf(async function* () {});
  const origin = (slices?: readonly string[]): ReadonlyMap<string, string> => {
    const asked: readonly IQuery[] | undefined = slices?.map(adql => {
      return { ...QUERY, adql };
    });
    const startedAt = Date.UTC(2026, 10, 22);
    return originOf({ archive, table: TABLE, query: QUERY, slices: asked, startedAt });
  };
  const queries = (slices: readonly string[]): unknown =>
    JSON.parse(origin(slices).get('obsdeck.queries') ?? 'null');

  it('names one query by itself', () => {
    expect([...origin().keys()]).toEqual([
      'obsdeck.archive',
      'obsdeck.service',
      'obsdeck.query',
      'obsdeck.date'
    ]);
  });

  it('names all queries of an answer in slices, each once, and counts the slices', () => {
    const slices = ['SELECT 2', 'SELECT 3', QUERY.adql, 'SELECT 2'];
    expect(origin(slices).get('obsdeck.query')).toBe(QUERY.adql);
    expect(queries(slices)).toEqual(['SELECT 2', 'SELECT 3']);
    expect(origin(slices).get('obsdeck.slices')).toBe('5');
  });

  it('names no more of them than a file can hold, but counts all', () => {
    const many = Array.from({ length: 3000 }, (_, at) => `SELECT ${at}`);
    expect(queries(many)).toHaveLength(100);
    expect(origin(many).get('obsdeck.slices')).toBe('3001');
    const long = Array.from(
      { length: 9 },
      (_, at) => `SELECT ${at}${'x'.repeat(9000)}`
    );
    expect(queries(long)).toHaveLength(5);
  });
});
