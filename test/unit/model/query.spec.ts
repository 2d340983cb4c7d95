import { describe, expect, it } from 'vitest';

import { QueryModel } from '../../../src/model/query.js';
import { archiveOf, batchEvent, endEvent, headEvent, QUERY, TABLE } from './rows.js';

function request(asked: string[]) {
  const archive = archiveOf(async function* (query) {
    asked.push(query.adql);
    yield headEvent();
    yield batchEvent([['a', 1]]);
    yield endEvent();
  });
  const constraints = [{ key: 'position', label: '' }] as const;
  return { archive, table: TABLE, query: QUERY, subject: 'M 83', constraints };
}

describe('QueryModel', () => {
  it('sends nothing when it is opened', () => {
    const asked: string[] = [];
    const model = new QueryModel();
    model.open(request(asked));
    expect(asked).toEqual([]);
    expect(model.adql).toBe(QUERY.adql);
    expect(model.editedByHand).toBe(false);
  });

  it('runs the text as it stands in the editor', async () => {
    const asked: string[] = [];
    const model = new QueryModel();
    model.open(request(asked));
    model.adql = 'SELECT TOP 1 * FROM ivoa.ObsCore';
    expect(model.editedByHand).toBe(true);
    await model.run();
    expect(asked).toEqual(['SELECT TOP 1 * FROM ivoa.ObsCore']);
    expect(model.result.provenance?.query.adql).toBe(
      'SELECT TOP 1 * FROM ivoa.ObsCore'
    );
    model.revert();
    expect(model.editedByHand).toBe(false);
  });

  it('names a query that was written by hand after its table, once it has run', async () => {
    const model = new QueryModel();
    model.open(request([]));
    expect(model.ran).toBeNull();
    await model.run();
    expect(model.ran?.subject).toBe('M 83');
    model.adql = 'SELECT * FROM caom2.Plane';
    expect(model.ran?.subject).toBe('M 83');
    await model.run();
    expect(model.ran?.subject).toBe('caom2.Plane');
    expect(model.ran?.constraints).toBeUndefined();
    expect(model.ran?.query.adql).toBe('SELECT * FROM caom2.Plane');
    model.revert();
    expect(model.current?.subject).toBe('M 83');
  });

  it('is stale while its rows answer another text, table or row limit', async () => {
    const model = new QueryModel();
    const first = request([]);
    model.open(first);
    expect(model.isStale).toBe(false);
    await model.run();
    expect(model.isStale).toBe(false);
    model.adql = 'SELECT 1';
    expect(model.isStale).toBe(true);
    model.open({ ...first, table: { ...TABLE, name: 'dbo.raw' } });
    expect(model.isStale).toBe(true);
    model.open({ ...first, query: { ...QUERY, maxrec: QUERY.maxrec + 1 } });
    expect(model.isStale).toBe(true);
    model.open({ ...first });
    expect(model.isStale).toBe(false);
  });

  it('asks as whom it was opened for, and is stale when that changes', async () => {
    const asked: (string | undefined)[] = [];
    const archive = archiveOf(async function* (_query, _signal, how) {
      asked.push(how?.as);
      yield headEvent();
      yield endEvent();
    });
    const request = { archive, table: TABLE, query: QUERY, subject: 'M 83' };
    const model = new QueryModel();
    model.open(request);
    await model.run();
    model.open({ ...request, as: 'me' });
    expect(model.isStale).toBe(true);
    model.adql = 'SELECT 1';
    await model.run();
    expect(asked).toEqual([undefined, 'me']);
    expect(model.isStale).toBe(false);
    model.open({ ...request, as: 'anyone' });
    expect(model.isStale).toBe(true);
  });

  it('leaves the job of another asker, whose rows it has', () => {
    const model = new QueryModel();
    const job = { service: TABLE.service, url: 'https://x.org/tap/async/7' };
    model.open({ ...request([]), job });
    model.setAs('anyone');
    expect(model.request?.job).toBe(job);
    model.setAs('me');
    expect([model.request?.job, model.request?.as]).toEqual([undefined, 'me']);
  });

  it('does not run an empty text, nor without a request', async () => {
    const asked: string[] = [];
    const model = new QueryModel();
    await model.run();
    model.open(request(asked));
    model.adql = '  \n';
    await model.run();
    expect(asked).toEqual([]);
  });
});
