import { describe, expect, it } from 'vitest';

import { schemaRows } from '../../../src/model/schema/tree.js';
import type { IServiceSchema } from '../../../src/model/schema/types.js';
import { capability, column, table, tableSet } from '../protocol/adql/support.js';

const SCHEMA: IServiceSchema = {
  tables: tableSet(
    table('dbo.raw', ['dp_id', column('"size"', { description: 'Size of the file' })]),
    table('dbo."odd name"'),
    table('ivoa.ObsCore', ['obs_id'])
  ),
  capability: capability(['POINT', 'CIRCLE'], ['ivo_hasword(a, b)']),
  examples: [],
  readAt: 0,
  error: null
};

const rows = (expanded: readonly string[] = [], search = ''): string[] =>
  schemaRows(SCHEMA, { expanded: new Set(expanded), search }).map(
    ({ level, label, thing, position, count, expanded: open, adql }) =>
      `${level} ${label || thing.kind} ${position}/${count} ${open ?? '-'} ${adql}`.trim()
  );

describe('schemaRows', () => {
  it('begins with schemas and groups of functions, folded', () => {
    expect(rows()).toEqual([
      '1 dbo 1/4 false dbo',
      '1 ivoa 2/4 false ivoa',
      '1 functions 3/4 false',
      '1 functions 4/4 false'
    ]);
  });

  it('unfolds tables and columns, with names as they go into a query', () => {
    expect(rows(['schema dbo', 'table dbo.raw']).slice(0, 5)).toEqual([
      '1 dbo 1/4 true dbo',
      '2 raw 1/2 true dbo.raw',
      '3 dp_id 1/2 - dp_id',
      '3 size 2/2 - "size"',
      '2 odd name 2/2 false dbo."odd name"'
    ]);
  });

  it('has a row that stands for columns that are not known', () => {
    expect(rows(['schema dbo', 'table dbo."odd name"'])[3]).toBe('3 columns 1/1 -');
  });

  it('finds names and descriptions, and opens the way to them', () => {
    expect(rows([], 'SIZE of')).toEqual([
      '1 dbo 1/1 true dbo',
      '2 raw 1/1 true dbo.raw',
      '3 size 1/1 - "size"'
    ]);
    expect(rows([], 'obscore')).toEqual([
      '1 ivoa 1/1 true ivoa',
      '2 ObsCore 1/1 false ivoa.ObsCore'
    ]);
    expect(rows([], 'hasword')).toHaveLength(2);
    expect(rows([], 'nothing like it')).toEqual([]);
  });

  it('shows ten thousand tables', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => table(`a.t${index}`));
    const schema = { ...SCHEMA, tables: tableSet(...many) };
    const shown = schemaRows(schema, { expanded: new Set(['schema a']), search: '' });
    expect(shown).toHaveLength(10_003);
  });
});
