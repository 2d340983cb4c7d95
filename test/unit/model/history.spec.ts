import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  entryOf,
  findEntries,
  HistoryModel,
  tellLastRun
} from '../../../src/model/history/history.js';
import type { IHistoryEntry } from '../../../src/model/history/types.js';
import { QueryModel } from '../../../src/model/query.js';
import { ProtocolError } from '../../../src/protocol/errors.js';
import { archiveOf, endEvent, headEvent, QUERY, TABLE } from './rows.js';

function entry(
  adql: string,
  when: number,
  more: Partial<IHistoryEntry> = {}
): IHistoryEntry {
  return {
    adql,
    maxrec: 100,
    archive: 'eso',
    service: 'https://archive.example/tap',
    table: 'dbo.raw',
    subject: 'M 83',
    when,
    rows: 3,
    seconds: 1.5,
    error: null,
    ...more
  };
}

describe('HistoryModel', () => {
  it('has the newest first, each query once', () => {
    const history = new HistoryModel();
    history.add(entry('SELECT 1', 1));
    history.add(entry('SELECT 2', 2));
    history.add(entry('SELECT 1', 3, { rows: 5 }));
    expect(history.entries.map(({ adql, rows }) => [adql, rows])).toEqual([
      ['SELECT 1', 5],
      ['SELECT 2', 3]
    ]);
  });

  it('keeps the same text for another service or another row limit apart', () => {
    const history = new HistoryModel();
    history.add(entry('SELECT 1', 1));
    history.add(entry('SELECT 1', 2, { maxrec: 5 }));
    history.add(entry('SELECT 1', 3, { service: 'https://other.example/tap' }));
    expect(history.entries).toHaveLength(3);
  });

  it('remembers the last 200', () => {
    const history = new HistoryModel();
    for (let when = 0; when < 250; when++) {
      history.add(entry(`SELECT ${when}`, when));
    }
    expect(history.entries).toHaveLength(200);
    expect(history.entries[199].adql).toBe('SELECT 50');
  });

  it('takes in what another window kept, and not what was removed here', () => {
    const history = new HistoryModel();
    history.add(entry('SELECT mine', 2));
    history.add(entry('SELECT gone', 1));
    history.remove(history.entries[0]);
    history.restore([entry('SELECT gone', 1), entry('SELECT theirs', 3)]);
    expect(history.entries.map(({ adql }) => adql)).toEqual([
      'SELECT theirs',
      'SELECT mine'
    ]);
    history.clear();
    history.restore(JSON.parse(JSON.stringify([entry('SELECT theirs', 3)])));
    expect(history.entries).toEqual([]);
    history.add(entry('SELECT theirs', 4));
    expect(history.entries).toHaveLength(1);
  });

  it('is kept as it is, and whatever was kept is read without harm', () => {
    const history = new HistoryModel();
    history.add(entry("SELECT '\"\u0000é'", 1, { error: 'no such table' }));
    const read = new HistoryModel();
    read.restore(JSON.parse(JSON.stringify(history)));
    expect(read.entries).toEqual(history.entries);
    fc.assert(
      fc.property(fc.jsonValue(), json => {
        const other = new HistoryModel();
        other.restore(json);
        other.restore([json, { ...entry('SELECT 1', 1), when: json }]);
        return other.entries.length <= 1;
      })
    );
    const extra = new HistoryModel();
    extra.restore([{ ...entry('SELECT 1', 1), as: 'me', rows: [1] }]);
    expect(extra.entries).toEqual([]);
    extra.restore([entry('SELECT never', 9e15)]);
    expect(extra.entries).toEqual([]);
    extra.restore([{ ...entry('SELECT 1', 1), as: 'me' }]);
    expect(JSON.stringify(extra)).not.toContain('me"');
  });
});

describe('An entry of the history', () => {
  it('tells how a query ended, and never as whom it was asked', async () => {
    const archive = archiveOf(async function* () {
      yield headEvent();
      yield endEvent();
    });
    const model = new QueryModel();
    const request = { archive, table: TABLE, query: QUERY, subject: 'M 83' };
    model.open({ ...request, as: 'me' });
    expect(entryOf(request, model.result)).toBeNull();
    await model.run();
    const made = entryOf(model.ran!, model.result);
    expect(made).toMatchObject({
      adql: QUERY.adql,
      subject: 'M 83',
      rows: 0,
      error: null
    });
    expect(Object.values(made!)).not.toContain('me');
  });

  it('has the reason of a failure', async () => {
    // eslint-disable-next-line require-yield
    const archive = archiveOf(async function* () {
      throw new ProtocolError('rejected', 'Unknown table.');
    });
    const model = new QueryModel();
    model.open({ archive, table: TABLE, query: QUERY, subject: 'M 83' });
    await model.run();
    expect(entryOf(model.ran!, model.result)?.error).toBe('Unknown table.');
  });
});

describe('findEntries', () => {
  it('finds all words anywhere, in any case', () => {
    const entries = [entry('SELECT * FROM dbo.raw', 1), entry('SELECT s_ra', 2)];
    const found = (words: string): string[] =>
      findEntries(entries, words).map(({ adql }) => adql);
    expect(found('')).toHaveLength(2);
    expect(found('RAW from')).toEqual(['SELECT * FROM dbo.raw']);
    expect(found('s_RA')).toEqual(['SELECT s_ra']);
    expect(found('m 83 s_ra')).toEqual(['SELECT s_ra']);
    expect(found('nothing')).toEqual([]);
  });
});

describe('tellLastRun', () => {
  const opened = (): QueryModel => {
    const model = new QueryModel();
    const archive = archiveOf(() => {
      throw new Error('Opening must not ask.');
    });
    model.open({ archive, table: TABLE, query: QUERY, subject: 'M 83' });
    return model;
  };
  const earlier = (): IHistoryEntry =>
    entry(QUERY.adql, 5, { service: TABLE.service, maxrec: QUERY.maxrec, rows: 1234 });

  it('says of a restored query when it was run last, whichever comes first', () => {
    const history = new HistoryModel();
    const model = opened();
    tellLastRun(model, history);
    expect(model.lastRun).toBeNull();
    history.restore([earlier()]);
    expect(model.lastRun).toMatchObject({ when: 5, rows: 1234, error: null });
    const later = opened();
    tellLastRun(later, history);
    expect(later.lastRun).toMatchObject({ when: 5 });
    expect(later.result.state).toBe('idle');
  });

  it('says nothing of another query, nor of one that was forgotten', () => {
    const history = new HistoryModel();
    const model = opened();
    history.add(earlier());
    tellLastRun(model, history);
    model.adql = 'SELECT 2';
    expect(model.lastRun).toBeNull();
    model.revert();
    expect(model.lastRun).not.toBeNull();
    history.clear();
    expect(model.lastRun).toBeNull();
  });
});
