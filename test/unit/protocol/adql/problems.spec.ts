import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  applyFix,
  findProblems,
  formatAdql,
  type ICheckContext,
  SchemaNames
} from '../../../../src/protocol/adql/index.js';
import { capability, context, table, tableSet, TABLES } from './support.js';

/** Each problem in one line: place, severity, words, and what the fix makes of the text. */
function found(text: string, more: Partial<ICheckContext> = {}): string[] {
  return findProblems(text, context(more)).map(
    ({ line, column, severity, message, fix }) =>
      `${line}:${column} ${severity} ${message}` +
      (fix ? ` -> ${applyFix(text, fix)}` : '')
  );
}

describe('findProblems', () => {
  it('is silent about a query in order', () => {
    for (const text of [
      "SELECT TOP 10 dp_id, r.ra AS lon FROM dbo.raw AS r WHERE instrument = 'X' ORDER BY lon DESC",
      'SELECT COUNT(*) FROM dbo.raw',
      'SELECT instrument, COUNT(*) AS n FROM dbo.raw GROUP BY instrument HAVING COUNT(*) > 1 ORDER BY n',
      "SELECT * FROM ivoa.obscore WHERE 1 = CONTAINS(POINT('ICRS', s_ra, s_dec), CIRCLE('ICRS', 1, -2, .1))",
      'SELECT q.a FROM (SELECT dp_id AS a FROM dbo.raw) q JOIN ivoa.ObsCore o ON o.obs_id = q.a',
      'WITH n AS (SELECT dp_id FROM dbo.raw) SELECT n.dp_id FROM n',
      'SELECT dp_id FROM dbo.raw r WHERE EXISTS (SELECT 1 FROM ivoa.ObsCore WHERE obs_id = r.dp_id)',
      'SELECT anything, u.else FROM ist.unknown AS u',
      'SELECT t.* FROM TAP_UPLOAD.targets AS t',
      'SELECT table_name FROM TAP_SCHEMA.tables',
      'SELECT "size" FROM raw WHERE "size" IS NOT NULL',
      "SELECT CASE WHEN ra > 1 THEN 'a' ELSE 'b' END AS x FROM dbo.raw",
      'SELECT CAST(ra AS VARCHAR(10)) FROM dbo.raw',
      "SELECT dp_id FROM dbo.raw WHERE date_obs > TIMESTAMP '2026-01-01'",
      'SELECT dp_id FROM dbo.raw WHERE ra BETWEEN 1 AND 2 AND dec NOT IN (1, 2) OR NOT (ra < -1)',
      'SELECT dp_id FROM dbo.raw UNION SELECT obs_id FROM ivoa.ObsCore',
      'SELECT ra FROM dbo.raw NATURAL JOIN ivoa.ObsCore',
      'SELECT ra FROM dbo.raw JOIN ivoa.ObsCore USING (ra)',
      'SELECT r.dp_id FROM dbo.raw r, (SELECT obs_id FROM ivoa.ObsCore) AS o (x) WHERE o.x = r.dp_id'
    ]) {
      expect({ text, problems: found(text) }).toEqual({ text, problems: [] });
    }
  });

  it('finds a column that the table lacks, and the nearest one', () => {
    const text = 'SELECT dp_id,\n       release_date, datalink\nFROM dbo.raw';
    expect(found(text)).toEqual([
      '2:22 error \u2018datalink\u2019 is not a column of dbo.raw. The nearest name is ' +
        `datalink_url. -> ${text.replace('datalink', 'datalink_url')}`
    ]);
    expect(
      found('SELECT r.obs_id FROM dbo.raw r JOIN ivoa.ObsCore o ON 1 = 1')
    ).toEqual(['1:10 error \u2018obs_id\u2019 is not a column of dbo.raw.']);
  });

  it('writes the nearest name with the quotes it needs', () => {
    expect(found('SELECT sizee FROM dbo.raw')).toEqual([
      '1:8 error \u2018sizee\u2019 is not a column of dbo.raw. The nearest name is size. ' +
        '-> SELECT "size" FROM dbo.raw'
    ]);
  });

  it('says nothing about columns of which not all are known', () => {
    expect(found('SELECT nonsense FROM dbo.raw, ist.unknown')).toEqual([]);
    expect(found('SELECT o.nonsense FROM ist.unknown o')).toEqual([]);
    const names = new SchemaNames(tableSet());
    expect(found('SELECT nonsense FROM no.such', { names })).toEqual([]);
  });

  it('finds a table that the service does not list', () => {
    expect(found('SELECT * FROM dbo.rawx')).toEqual([
      '1:15 error This service lists no table \u2018dbo.rawx\u2019. The nearest name is ' +
        'dbo.raw. -> SELECT * FROM dbo.raw'
    ]);
    expect(found('SELECT * FROM eso.ObsCore')).toEqual([
      '1:15 error This service lists no table \u2018eso.ObsCore\u2019. The nearest name is ' +
        'ivoa.ObsCore. -> SELECT * FROM ivoa.ObsCore'
    ]);
  });

  it('finds names before dots that are no tables here, and two tables of one name', () => {
    expect(found('SELECT p.dp_id FROM dbo.raw r')).toEqual([
      '1:8 error \u2018p\u2019 is not a table of this query. The nearest one is r. ' +
        '-> SELECT r.dp_id FROM dbo.raw r'
    ]);
    expect(found('SELECT 1 FROM dbo.raw a, ivoa.ObsCore a')).toEqual([
      '1:39 error \u2018a\u2019 names two tables here. Give one another name.'
    ]);
    expect(found('SELECT ra FROM dbo.raw r, ivoa.ObsCore o')).toEqual([
      '1:8 warning \u2018ra\u2019 is a column of r and o. Write r.ra or o.ra.'
    ]);
  });

  it('warns that there is no TOP, and of one beyond the row limit', () => {
    const rowLimit = 2000;
    expect(found('SELECT dp_id FROM dbo.raw', { rowLimit })).toEqual([
      '1:1 warning No TOP. The row limit of 2,000 will be sent with the query.'
    ]);
    expect(found('SELECT TOP 5000 dp_id FROM dbo.raw', { rowLimit })).toEqual([
      '1:12 warning TOP is more than the row limit: 2,000 rows will come at most.'
    ]);
    expect(found('SELECT TOP 5 dp_id FROM dbo.raw', { rowLimit })).toEqual([]);
    expect(found('SELECT COUNT(*) AS n FROM dbo.raw', { rowLimit })).toEqual([]);
  });

  it('knows what the service cannot do', () => {
    const text = 'SELECT 1 FROM dbo.raw WHERE INTERSECTS(ra, dec) = 1';
    const service = capability(['POINT', 'CIRCLE', 'CONTAINS'], ['ivo_hasword(a, b)']);
    expect(found(text, { capability: service })).toEqual([
      '1:29 error This service has no INTERSECTS.'
    ]);
    expect(found(text, { capability: capability() })).toEqual([]);
    expect(
      found('SELECT ivo_haswort(ra, dec) FROM dbo.raw', { capability: service })
    ).toEqual([
      '1:8 warning This service lists no function \u2018ivo_haswort\u2019. The nearest name ' +
        'is ivo_hasword. -> SELECT ivo_hasword(ra, dec) FROM dbo.raw'
    ]);
    expect(
      found('WITH n AS (SELECT 1 AS a FROM dbo.raw) SELECT a FROM n', {
        capability: capability([], [], ['2.0'])
      })
    ).toEqual(['1:1 warning This service does not say that it understands WITH.']);
  });

  it('finds brackets and quotes without a partner', () => {
    expect(found('SELECT COUNT(dp_id FROM dbo.raw')).toEqual([
      '1:13 error This bracket is not closed.'
    ]);
    expect(found('SELECT (dp_id)) FROM dbo.raw')[0]).toBe(
      '1:15 error This bracket closes none. Remove it, or open one before. ' +
        '-> SELECT (dp_id) FROM dbo.raw'
    );
    expect(found("SELECT dp_id FROM dbo.raw WHERE instrument = 'SPH")).toEqual([
      '1:46 error This text has no end. A quote within a text is written twice. ' +
        "-> SELECT dp_id FROM dbo.raw WHERE instrument = 'SPH'"
    ]);
  });

  it('knows what belongs to other languages', () => {
    const where = 'SELECT dp_id FROM dbo.raw WHERE ';
    expect(found(`${where}instrument = "SPHERE"`)).toEqual([
      "1:46 error Double quotes are for names. Write 'SPHERE' for a text. -> " +
        `${where}instrument = 'SPHERE'`
    ]);
    expect(found('SELECT dp_id FROM dbo.raw LIMIT 10')).toEqual([
      '1:27 error ADQL has no LIMIT. It writes TOP 10 behind SELECT. ' +
        '-> SELECT TOP 10 dp_id FROM dbo.raw '
    ]);
    expect(found('SELECT DISTINCT dp_id FROM dbo.raw LIMIT 10')[0]).toMatch(
      /-> SELECT DISTINCT TOP 10 dp_id FROM dbo.raw $/
    );
    expect(found(`${where}ra == 1`)[0]).toMatch(
      /error ADQL compares with =\..*ra = 1$/
    );
    expect(found(`${where}ra > \u22121`)[0]).toMatch(/error .*minus.*-> .*ra > -1$/);
    expect(found(`${where}instrument LIKE 'A!_' ESCAPE '!'`)[0]).toMatch(
      /warning .*ESCAPE/
    );
    expect(found('SELECT dp_id FROM dbo.raw;')[0]).toMatch(/warning .*semicolon/);
    expect(found('SELECT /* all */ dp_id FROM dbo.raw')[0]).toMatch(
      /warning .*comments/
    );
  });

  it('finds words of ADQL that were meant as names', () => {
    expect(found('SELECT size FROM dbo.raw')).toEqual([
      '1:8 warning \u2018size\u2019 is a word of ADQL. As a name it is written "size". ' +
        '-> SELECT "size" FROM dbo.raw'
    ]);
  });

  it('finds missing and superfluous commas, and missing operators', () => {
    expect(found('SELECT ra dec FROM dbo.raw')).toEqual([
      '1:11 warning \u2018dec\u2019 is taken as a new name of ra. A comma may be missing. ' +
        '-> SELECT ra, dec FROM dbo.raw'
    ]);
    expect(found('SELECT ra lon FROM dbo.raw')).toEqual([]);
    expect(found('SELECT ra, FROM dbo.raw')).toEqual([
      '1:10 error Something is missing behind this comma. -> SELECT ra FROM dbo.raw'
    ]);
    expect(found('SELECT ra FROM dbo.raw WHERE ra > 1 dec < 2')).toEqual([
      '1:37 error Something is missing between 1 and dec.'
    ]);
  });

  it('finds what is missing behind SELECT and FROM', () => {
    expect(found('SELECT FROM WHERE')).toEqual([
      '1:1 error Something is missing behind SELECT.',
      '1:8 error Something is missing behind FROM.'
    ]);
  });

  it('finds misspelt keywords', () => {
    expect(found('SELECT ra FROM dbo.raw WEHRE ra > 1')).toEqual([
      '1:24 error \u2018WEHRE\u2019 is no word of ADQL. The nearest one is WHERE. ' +
        '-> SELECT ra FROM dbo.raw WHERE ra > 1'
    ]);
    expect(found('SELCT ra FROM dbo.raw')[0]).toMatch(
      /^1:1 error A query begins with SELECT\. -> SELECT ra/
    );
  });

  it('tells names that need quotes', () => {
    expect(found('SELECT 2mass FROM ist.unknown')).toEqual([
      '1:8 error A name like this is written "2mass". -> SELECT "2mass" FROM ist.unknown'
    ]);
  });

  it('judges a query as it judges the same query formatted', () => {
    const texts = [
      'select datalink, r.x from dbo.raw r where (ra>1 order by dec',
      "select size from dbo.raw where instrument='A' -- it's\nand nope = 1"
    ];
    for (const text of texts) {
      const words = (query: string): string[] =>
        findProblems(query, context()).map(({ message }) => message);
      expect(words(formatAdql(text))).toEqual(words(text));
    }
  });

  it('never fails, and stays within the text', () => {
    const pieces =
      `SELECT FROM dbo.raw r r.ra ra , ( ) * 'x' "y" ' WHERE = AND WITH AS n JOIN ON
      ORDER BY LIMIT 5 TOP COUNT( UNION . - ; WEHRE`.split(/\s+/);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 30 }), parts => {
        const text = parts.join(' ');
        for (const { from, to, fix } of findProblems(text, context({ rowLimit: 10 }))) {
          expect(from).toBeGreaterThanOrEqual(0);
          expect(to).toBeLessThanOrEqual(text.length);
          expect(fix === null || typeof applyFix(text, fix) === 'string').toBe(true);
        }
      }),
      { numRuns: 1000 }
    );
  });

  it('does not take longer than a query is long', () => {
    const columns = Array.from({ length: 2000 }, (_, index) => `column_${index}`);
    const names = new SchemaNames(
      tableSet(table('big.wide', columns), ...TABLES.schemas[0].tables)
    );
    const list = columns.slice(0, 800).map(name => `w.${name}`);
    const text = `SELECT ${list.join(', ')} FROM big.wide AS w WHERE w.column_1 > 0`;
    expect(text.length).toBeGreaterThan(10_000);
    expect(findProblems(text, context({ names }))).toEqual([]);
  });
});
