import { describe, expect, it } from 'vitest';

import {
  complete,
  findProblems,
  firstTable,
  formatAdql,
  tablesNamed
} from '../../../../src/protocol/adql/index.js';
import { context } from './support.js';

/** Texts that nobody types, but a file may hold, of about `n` pieces. */
const HOSTILE: Readonly<Record<string, (n: number) => string>> = {
  'queries in queries': n => `${'SELECT * FROM ('.repeat(n)}x${')'.repeat(n)}`,
  brackets: n => `SELECT ${'('.repeat(n)}1${')'.repeat(n)} FROM dbo.raw`,
  'brackets without an end': n => `SELECT ${'('.repeat(n)}`,
  'brackets without a beginning': n => `SELECT a${')'.repeat(n)}`,
  calls: n => `SELECT ${'f('.repeat(n)}1${')'.repeat(n)}`,
  'tables in brackets': n => `SELECT * FROM ${'('.repeat(n)}t${')'.repeat(n)}`,
  comments: n => `SELECT a ${'/* c */ '.repeat(n)}`,
  'lines of comments': n => `SELECT a ${'-- c\n '.repeat(n)}`,
  'comments without an end': n => `SELECT a ${'/* '.repeat(n)}`,
  signs: n => `SELECT ${'- '.repeat(n)}1`,
  columns: n => `SELECT ${'none, '.repeat(n)}dp_id FROM dbo.raw`,
  'words that fit nowhere': n => `SELECT * FROM t ${'a b c, '.repeat(n)}`,
  tables: n => `SELECT * FROM ${'dbo.raw, '.repeat(n)}dbo.raw`,
  joins: n => `SELECT * FROM dbo.raw r${' JOIN dbo.raw s ON r.a=s.b'.repeat(n)}`,
  unions: n => `${'SELECT a FROM t UNION '.repeat(n)}SELECT a FROM t`,
  'named queries': n => `WITH ${'q AS (SELECT a FROM t), '.repeat(n)}SELECT 1`,
  'named queries of named queries': n => {
    const step = (_: unknown, at: number): string => {
      return `, q${at + 1} AS (SELECT * FROM q${at} a, q${at} b, q${at} c)`;
    };
    const steps = Array.from({ length: Math.min(n, 100) }, step).join('');
    return `WITH q0 AS (SELECT * FROM dbo.raw)${steps} SELECT none FROM q100`;
  }
};

const ACTS: Readonly<Record<string, (text: string) => unknown>> = {
  formatAdql,
  findProblems: text => findProblems(text, context({ rowLimit: 100 })),
  complete: text => complete(text, text.length, { ...context(), table: 'dbo.raw' }),
  tablesNamed,
  firstTable
};

/** Processor time for texts of a size, in ms: the least of some, as others work here too. */
function effort(act: (text: string) => unknown, make: (n: number) => string): number {
  const [small, large] = [1000, 8000].map(n => {
    const text = make(n);
    return Math.min(
      ...Array.from({ length: 3 }, () => {
        const before = process.cpuUsage();
        act(text);
        const { user, system } = process.cpuUsage(before);
        return (user + system) / 1000;
      })
    );
  });
  // Below some milliseconds, what is measured is something else.
  return large / Math.max(small, 5);
}

describe('hostile ADQL', () => {
  const cases = Object.keys(HOSTILE).flatMap(text =>
    Object.keys(ACTS).map(act => [act, text] as const)
  );

  it.each(cases)('%s takes no more than its share of time for %s', (act, text) => {
    // Eight times the text: 8 in proportion, 64 if it were squared.
    expect(effort(ACTS[act], HOSTILE[text])).toBeLessThan(28);
  });

  it('says that brackets are too deep, and leaves the query as it is', () => {
    const text = `${'SELECT * FROM ('.repeat(20_000)}x${')'.repeat(20_000)}`;
    const deep = text.slice(0, 199_000);
    expect(findProblems(deep, context())).toEqual([
      {
        from: 15 * 100 + 14,
        to: 15 * 101,
        line: 1,
        column: 15 * 101,
        severity: 'warning',
        message:
          'More than 100 brackets are open here. It is sent as it stands, but not ' +
          'checked, completed or formatted.',
        fix: null
      }
    ]);
    expect(formatAdql(deep)).toBe(deep);
    expect(complete(deep, deep.length, context())).toBeNull();
    expect(messages(text)).toEqual([
      expect.stringContaining('longer than 200,000 letters')
    ]);
  });

  it('makes out a hundred brackets', () => {
    const text = `SELECT ${'('.repeat(100)}none${')'.repeat(100)} FROM dbo.raw`;
    expect(messages(text)).toEqual([
      expect.stringContaining('\u2018none\u2019 is not')
    ]);
  });

  it('says that there are too many tables, and makes out 400 of them', () => {
    const tables = (n: number): string => {
      const names = Array.from({ length: n }, (_, at) => `dbo.raw r${at}`);
      return `SELECT r1.none FROM ${names.join(', ')}`;
    };
    expect(messages(tables(400))).toEqual([
      expect.stringContaining('\u2018none\u2019 is not')
    ]);
    expect(messages(tables(501))).toEqual([
      expect.stringContaining('more than 500 tables and subqueries')
    ]);
  });

  it('lists no more problems than anyone reads', () => {
    expect(messages(`SELECT ${'none, '.repeat(5000)}dp_id FROM dbo.raw`)).toHaveLength(
      200
    );
  });

  it('takes a comment without an end for one, and says so', () => {
    const text = 'SELECT dp_id FROM dbo.raw /* WHERE';
    expect(formatAdql(text)).toBe(text);
    expect(findProblems(text, context())).toMatchObject([
      { from: 26, severity: 'error', message: expect.stringContaining('comments') }
    ]);
  });

  const messages = (text: string): string[] =>
    findProblems(text, context()).map(({ message }) => message);
});
