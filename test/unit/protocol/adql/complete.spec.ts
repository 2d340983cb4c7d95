import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { complete, SchemaNames } from '../../../../src/protocol/adql/index.js';
import type { ICompletionContext } from '../../../../src/protocol/adql/index.js';
import { capability, column, context, table, tableSet } from './support.js';

/** What is offered where `|` stands. */
function offered(marked: string, more: Partial<ICompletionContext> = {}): string[] {
  return completed(marked, more)?.items.map(({ insert }) => insert) ?? [];
}

function completed(
  marked: string,
  more: Partial<ICompletionContext> = {}
): ReturnType<typeof complete> {
  const cursor = marked.indexOf('|');
  return complete(marked.replace('|', ''), cursor, { ...context(), ...more });
}

describe('complete', () => {
  it('offers the columns of the tables in scope, with what the service says of them', () => {
    const found = completed('SELECT dp_id FROM dbo.raw WHERE exposure > 1 AND dp_|');
    expect(found?.items.map(({ label }) => label)).toEqual([
      'dp_cat',
      'dp_id',
      'dp_tech',
      'dp_type'
    ]);
    expect(found).toMatchObject({ from: 49, to: 52, typed: 'dp_' });
    expect(found?.items[1]).toMatchObject({
      kind: 'column',
      of: 'dbo.raw',
      description: 'Identifier',
      indexed: true
    });
  });

  it('tells unit and UCD of a column', () => {
    const [item] = completed('SELECT expo| FROM dbo.raw')?.items ?? [];
    expect(item).toMatchObject({ type: 'double', unit: 's', ucd: 'time.duration' });
  });

  it('offers the columns of an alias, a table and a query in brackets', () => {
    expect(offered('SELECT r.dp_t| FROM dbo.raw AS r')).toEqual(['dp_tech', 'dp_type']);
    expect(offered('SELECT r.| FROM dbo.raw r, ivoa.ObsCore o')).toContain('dp_id');
    expect(offered('SELECT r.| FROM dbo.raw r, ivoa.ObsCore o')).not.toContain(
      'obs_id'
    );
    expect(offered('SELECT raw.ra| FROM dbo.raw')).toEqual(['ra']);
    expect(
      offered('SELECT q.| FROM (SELECT ra AS lon, dec FROM dbo.raw) AS q')
    ).toEqual(['lon', 'dec']);
  });

  it('goes on where the next line is another clause', () => {
    expect(offered('SELECT r.|\nFROM dbo.raw r\nWHERE 1 = 1')).toContain('dp_id');
    expect(offered('SELECT dp_c|\nFROM dbo.raw')).toEqual(['dp_cat']);
  });

  it('knows the columns of named queries and of queries around', () => {
    const named = 'WITH n AS (SELECT dp_id AS frame FROM dbo.raw) SELECT ';
    expect(offered(`${named}fr| FROM n`)).toContain('frame');
    expect(
      offered(
        'SELECT 1 FROM dbo.raw r WHERE EXISTS (SELECT 1 FROM ivoa.ObsCore o WHERE o.obs_id = r.dp_i|)'
      )
    ).toEqual(['dp_id']);
  });

  it('quotes what needs it, and quoted names of the service only once', () => {
    expect(offered('SELECT siz| FROM dbo.raw')).toContain('"size"');
    const names = new SchemaNames(
      tableSet(table('odd."my table"', [column('"a b"'), column('2mass')]))
    );
    expect(offered('SELECT | FROM odd."my table"', { names })).toEqual(
      expect.arrayContaining(['"a b"', '"2mass"'])
    );
    expect(offered('SELECT * FROM odd.|', { names })).toEqual(['"my table"']);
    expect(offered('SELECT * FROM my|', { names })).toEqual(['odd."my table"']);
  });

  it('replaces the begun name with its quote', () => {
    expect(completed('SELECT "si|\nFROM dbo.raw')).toMatchObject({ from: 7, to: 10 });
    expect(offered('SELECT "si|\nFROM dbo.raw')).toEqual(['"size"']);
    const found = completed('SELECT "si|" FROM dbo.raw');
    expect(found).toMatchObject({ from: 7, to: 11, typed: 'si' });
  });

  it('offers tables, schemas and uploads behind FROM and JOIN', () => {
    expect(offered('SELECT * FROM |')).toEqual(
      expect.arrayContaining(['dbo.raw', 'ivoa.ObsCore', 'dbo.', 'ivoa.'])
    );
    expect(offered('SELECT * FROM dbo.raw r JOIN obsc|')).toEqual(['ivoa.ObsCore']);
    expect(offered('SELECT * FROM ivoa.|')).toEqual(['ObsCore']);
    const uploads = new Map([['targets', ['name', 'ra', 'dec']]]);
    expect(offered('SELECT * FROM TAP_UPLOAD.|', { uploads })).toEqual(['targets']);
    expect(offered('SELECT t.| FROM TAP_UPLOAD.targets AS t', { uploads })).toEqual([
      'name',
      'ra',
      'dec'
    ]);
  });

  it('offers the keywords of the place, in the case of the query', () => {
    expect(offered('|')).toEqual(['SELECT', 'WITH']);
    expect(offered('SELECT |')).toContain('TOP');
    expect(offered('SELECT dp_id |')).toContain('FROM');
    expect(offered('SELECT dp_id FROM dbo.raw wh|')).toEqual(['WHERE']);
    expect(offered('select dp_id from dbo.raw wh|')).toEqual(['where']);
    expect(offered('SELECT dp_id FROM dbo.raw WHERE ra > 1 |')).toContain('AND');
    expect(offered('SELECT * FROM dbo.raw ORDER BY ra |')).toEqual([
      'ASC',
      'DESC',
      'OFFSET'
    ]);
  });

  it('offers the geometry of the service and its own functions with signatures', () => {
    const own = 'ivo_hasword(haystack TEXT, needle TEXT) -> INTEGER';
    const service = { capability: capability(['POINT', 'CIRCLE', 'CONTAINS'], [own]) };
    const found = completed('SELECT 1 FROM dbo.raw WHERE |', service)?.items ?? [];
    const names = found.map(({ label }) => label);
    expect(names).toContain('CONTAINS');
    expect(names).not.toContain('INTERSECTS');
    expect(found.find(({ label }) => label === 'ivo_hasword')).toMatchObject({
      type: own,
      insert: 'ivo_hasword()',
      back: 1
    });
    expect(offered('SELECT 1 FROM dbo.raw WHERE INTER|')).toContain('INTERSECTS()');
  });

  it('names the table of a column that two tables have', () => {
    expect(offered('SELECT ra| FROM dbo.raw r JOIN ivoa.ObsCore o ON 1 = 1')).toEqual(
      expect.arrayContaining(['r.ra', 'o.ra'])
    );
  });

  it('takes the columns of the table that is searched while there is no FROM', () => {
    expect(offered('SELECT dp_c|', { table: 'dbo.raw' })).toEqual(['dp_cat']);
  });

  it('is silent within comments, texts and numbers', () => {
    expect(completed("SELECT * FROM dbo.raw WHERE instrument = 'SP|H'")).toBeNull();
    expect(completed("SELECT * FROM dbo.raw WHERE instrument = 'SP|")).toBeNull();
    expect(completed('SELECT * FROM dbo.raw -- dp|')).toBeNull();
    expect(completed('SELECT * FROM dbo.raw WHERE ra > 12|')).toBeNull();
  });

  it('puts beginnings before words within, and those before other places', () => {
    const names = new SchemaNames(
      tableSet(table('a.t', ['data_url', 'url', 'curls', 'urlaub']))
    );
    expect(offered('SELECT url| FROM a.t', { names })).toEqual([
      'url',
      'urlaub',
      'data_url',
      'curls'
    ]);
  });

  it('never fails, and replaces only what was begun', () => {
    const pieces = [
      'SELECT ',
      'FROM ',
      'dbo.raw ',
      'r.',
      '(',
      ')',
      "'",
      '"',
      ',',
      'a',
      ' '
    ];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...pieces), { maxLength: 25 }),
        fc.nat(200),
        (parts, place) => {
          const text = parts.join('');
          const cursor = Math.min(place, text.length);
          const found = complete(text, cursor, context());
          if (found) {
            expect(found.from).toBeLessThanOrEqual(cursor);
            expect(found.to).toBeGreaterThanOrEqual(cursor);
            expect(text.slice(found.from, found.to)).not.toMatch(/[\s(),.]/);
          }
        }
      )
    );
  });
});
