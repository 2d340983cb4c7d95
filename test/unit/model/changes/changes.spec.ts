import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';

import type { RowStore } from '../../../../src/model/columns.js';
import { RunChanges } from '../../../../src/model/changes/changes.js';
import { compareRuns } from '../../../../src/model/changes/compare.js';
import { readRun, writeRun } from '../../../../src/model/changes/file.js';
import {
  escapeCell,
  fingerprint,
  type IRunRows,
  unescapeCell
} from '../../../../src/model/changes/rows.js';
import { sortedOrder } from '../../../../src/model/changes/sort.js';
import { ResultModel } from '../../../../src/model/result.js';
import type { IQuery } from '../../../../src/archives/archive.js';
import { streamVOTable } from '../../../../src/protocol/votable/stream.js';
import { archiveOf, QUERY, TABLE } from '../rows.js';

const pause = (): void => undefined;
const text = fc.string({ unit: 'binary' });

const NOW = Date.parse('2026-11-22T12:00:00Z');

/** A run with these rows: key, release date, rights. */
function runOf(
  rows: readonly (readonly [key: string, release?: string, rights?: string])[],
  more: Partial<IRunRows> = {}
): IRunRows {
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return {
    when: NOW,
    query: 'q',
    isSlice: false,
    withAccount: false,
    keyColumns: ['obs_publisher_did'],
    keyless: 0,
    keys: sorted.map(([key]) => key),
    releases: sorted.map(([, release = '']) => release),
    rights: sorted.map(([, , rights = '']) => rights),
    ...more
  };
}

/** What is different, with the keys of what was added and released. */
async function differenceOf(before: IRunRows, now: IRunRows) {
  const places = Uint32Array.from(now.keys, (_, index) => index);
  const found = await compareRuns(
    before,
    { rows: now, places },
    now.keys.length,
    pause
  );
  const marked = (mark: number): string[] =>
    now.keys.filter((_, row) => found.marks[row] === mark);
  return { ...found, addedKeys: marked(1), releasedKeys: marked(2) };
}

describe('The rows of a run as text', () => {
  it('are read as they were written', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(text.map(escapeCell), text, text), { maxLength: 20 }),
        fc.boolean(),
        async (rows, flag) => {
          const run = runOf(rows, { isSlice: flag, withAccount: !flag, keyless: 3 });
          expect(await readRun(await writeRun(run, pause), pause)).toEqual(run);
        }
      )
    );
    fc.assert(fc.property(text, value => unescapeCell(escapeCell(value)) === value));
  });

  it('have one row a line, sorted, below a head that says what they are', async () => {
    const run = runOf([['b', '2027-01-01', 'proprietary'], ['a']]);
    expect(await writeRun(run, pause)).toBe(
      [
        '# Rows of the last run of this saved search, to tell what has changed since.',
        '# version\t1',
        '# run\t2026-11-22T12:00:00.000Z',
        '# query\tq',
        '# rows\t2',
        '# without key\t0',
        '# cut at the row limit\tno',
        '# with an account\tno',
        'obs_publisher_did\trelease\trights',
        'a\t\t',
        'b\t2027-01-01\tproprietary',
        ''
      ].join('\n')
    );
  });

  it('are not believed once somebody has changed them', async () => {
    const written = await writeRun(runOf([['a'], ['b'], ['c']]), pause);
    expect(await readRun(written.replaceAll('\n', '\r\n'), pause)).not.toBeNull();
    for (const broken of [
      '',
      'a\tb\tc',
      written.replace('b\t\t\n', ''),
      written.replace('b\t\t', 'z\t\t'),
      written.replace('b\t\t', 'b\t'),
      written.replace('version\t1', 'version\t2'),
      written.replace('# run\t2026', '# run\tx'),
      written.replace('# rows\t3', '# rows\t99999999')
    ]) {
      expect(await readRun(broken, pause), broken).toBeNull();
    }
  });
});

describe('sortedOrder', () => {
  it('is the order of the code units, with equal ones as they were', async () => {
    let pauses = 0;
    const texts = Array.from({ length: 30_001 }, (_, i) => `k${(i * 7919) % 5003}`);
    const order = await sortedOrder(texts, () => void (pauses += 1));
    const expected = [...texts.keys()].sort((a, b) =>
      texts[a] < texts[b] ? -1 : texts[a] > texts[b] ? 1 : a - b
    );
    expect([...order]).toEqual(expected);
    expect(pauses).toBeGreaterThan(10);
  });
});

describe('compareRuns', () => {
  it('finds what was added and removed, also of rows with the same key', async () => {
    const found = await differenceOf(
      runOf([['a'], ['b'], ['c'], ['c']]),
      runOf([['b'], ['c'], ['d'], ['d']])
    );
    expect(found.removed).toEqual(['a', 'c']);
    expect(found.addedKeys).toEqual(['d', 'd']);
    expect([found.added, found.released, found.since]).toEqual([2, 0, NOW]);
  });

  it('agrees with counting, whatever the rows are', async () => {
    const keys = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(keys, keys, async (old, next) => {
        const found = await differenceOf(
          runOf(old.map(key => [key])),
          runOf(next.map(key => [key]))
        );
        const count = (list: string[], key: string): number =>
          list.filter(each => each === key).length;
        for (const key of 'abcde') {
          const more = count(next, key) - count(old, key);
          expect(count(found.addedKeys, key)).toBe(Math.max(0, more));
          expect(count([...found.removed], key)).toBe(Math.max(0, -more));
        }
      })
    );
  });

  it.each([
    ['its day has come', ['2026-11-22'], ['2026-11-22'], true],
    ['its day came nearer', ['2027-11-22'], ['2027-03-01'], true],
    ['its day was put off', ['2027-03-01'], ['2027-11-22'], false],
    ['its day is still to come', ['2027-03-01'], ['2027-03-01'], false],
    ['it was public all the time', ['2020-01-01'], ['2019-01-01'], false],
    ['its day is not told any more', ['2027-03-01'], [''], false],
    ['its day is not told as one', ['2027-03-01'], ['soon'], false],
    ['its rights are public now', ['', 'Proprietary'], ['', 'public'], true],
    ['its rights are told only now', ['', ''], ['', 'public'], false],
    ['its rights were taken away', ['', 'public'], ['', 'secure'], false]
  ])('tells whether a row was released: %s', async (_, before, now, expected) => {
    const old = runOf([['a', ...before] as unknown as ['a']], {
      when: NOW - 86_400_000
    });
    const found = await differenceOf(old, runOf([['a', ...now] as unknown as ['a']]));
    expect(found.releasedKeys).toEqual(expected ? ['a'] : []);
    expect(found.added + found.removed.length).toBe(0);
  });
});

describe('fingerprint', () => {
  it('is another one for every other question', () => {
    const prints = new Set(
      Array.from({ length: 5000 }, (_, i) => fingerprint(['eso', `SELECT ${i}`, i % 7]))
    );
    expect(prints.size).toBe(5000);
    expect(fingerprint(['a', 'b'])).toBe(fingerprint(['a', 'b']));
    expect(fingerprint(['ab', ''])).not.toBe(fingerprint(['a', 'b']));
  });
});

describe('RunChanges', () => {
  let kept: string | null;
  let rows: readonly string[];
  let end: string;
  let result: ResultModel;
  let changes: RunChanges;

  /** An answer of the columns that say whose a row is. */
  const archive = archiveOf(async function* () {
    const cells = rows
      .map(
        row =>
          `<TR>${row
            .split(',')
            .map(cell => `<TD>${cell}</TD>`)
            .join('')}</TR>`
      )
      .join('');
    const fields = ['obs_publisher_did', 'data_rights', 'note']
      .map(name => `<FIELD name="${name}" datatype="char" arraysize="*"/>`)
      .join('');
    const document = `<VOTABLE><RESOURCE type="results"><TABLE>${fields}<DATA><TABLEDATA>${cells}</TABLEDATA></DATA></TABLE>${end}</RESOURCE></VOTABLE>`;
    yield* streamVOTable(new TextEncoder().encode(document));
  });

  async function run(more: { query?: IQuery; as?: 'me' } = {}) {
    await result.run(archive, TABLE, more.query ?? QUERY, more.as);
    for (let turn = 0; turn < 500 && changes.changes.state === 'working'; turn++) {
      await new Promise(resolve => setTimeout(resolve, 1));
    }
    return changes.changes;
  }

  beforeEach(() => {
    kept = null;
    end = '';
    rows = ['a,proprietary,x', 'b,public,y'];
    result = new ResultModel();
    changes = new RunChanges(result, {
      keeper: {
        read: async () => kept,
        write: async written => void (kept = written)
      },
      words: {
        column: 'Change',
        added: 'Added',
        released: 'Released',
        removed: 'Removed'
      },
      pause: () => pause
    });
  });

  const shown = (): (string | null)[][] => {
    const store = result.rows as RowStore;
    return Array.from({ length: store.rowCount }, (_, row) =>
      ['obs_publisher_did', 'note', 'Change'].map(
        name => store.value(row, store.indexOf(name)) as string | null
      )
    );
  };

  it('marks the rows of the second run, and lists those that are gone', async () => {
    expect(await run()).toEqual({ state: 'first' });
    expect(result.rows?.indexOf('Change')).toBe(-1);
    rows = ['a,public,x', 'c,public,z'];
    const found = await run();
    expect(found).toMatchObject({
      state: 'compared',
      difference: { added: 1, released: 1, removed: ['b'] }
    });
    expect(result.rows?.answered).toBe(2);
    expect(shown()).toEqual([
      ['a', 'x', 'Released'],
      ['c', 'z', 'Added'],
      ['b', null, 'Removed']
    ]);
    expect(await run()).toMatchObject({
      difference: { added: 0, released: 0, removed: [] }
    });
    expect(result.rows?.indexOf('Change')).toBe(-1);
  });

  it('takes the rows that follow', async () => {
    await run();
    end = '<INFO name="QUERY_STATUS" value="OVERFLOW"/>';
    rows = ['a,proprietary,x', 'c,public,z'];
    const found = await run();
    // What is not in the slice may be behind its end.
    expect(found).toMatchObject({
      difference: { isSlice: true, added: 1, removed: ['b'] }
    });
    expect(shown()).toHaveLength(2);
    const store = result.rows as RowStore;
    store.append(store.batches[0]);
    expect(shown()[2]).toEqual(['a', 'x', null]);
  });

  it('compares nothing with the run of another query, and says so', async () => {
    await run();
    const found = await run({ query: { ...QUERY, maxrec: 5 } });
    expect(found.state).toBe('other-query');
    expect((await run({ query: { ...QUERY, maxrec: 5 } })).state).toBe('compared');
  });

  it('compares nothing with what another sees', async () => {
    await run();
    expect((await run({ as: 'me' })).state).toBe('other-account');
    expect(kept).not.toMatch(/\bme\b/);
  });

  it('keeps the last whole run when this one breaks', async () => {
    await run();
    const before = kept;
    end = '<INFO name="QUERY_STATUS" value="ERROR">Out of memory.</INFO>';
    rows = ['c,public,z'];
    expect(await run()).toEqual({ state: 'incomplete' });
    expect(kept).toBe(before);
    end = '';
    expect(await run()).toMatchObject({
      difference: { added: 1, removed: ['a', 'b'] }
    });
  });

  it('counts rows that have no key instead of guessing', async () => {
    rows = [',public,x', ',public,y', 'a,public,z'];
    await run();
    rows = [',public,x', 'a,public,z'];
    expect(await run()).toMatchObject({
      difference: { keyless: 1, added: 0, removed: [] }
    });
  });

  it('compares also what it cannot keep, and says why', async () => {
    await run();
    const earlier = kept;
    changes.dispose();
    changes = new RunChanges(result, {
      keeper: {
        read: async () => earlier,
        write: () => Promise.reject(new Error('The folder is read-only.'))
      },
      words: {
        column: 'Change',
        added: 'Added',
        released: 'Released',
        removed: 'Removed'
      },
      pause: () => pause
    });
    rows = [];
    expect(await run()).toMatchObject({ difference: { removed: ['a', 'b'] } });
    expect(changes.notKept).toBe('The folder is read-only.');
  });
});
