import { describe, expect, it } from 'vitest';

import { readTab } from '../../../src/plugins/restore.js';
import { archiveOf, TABLE } from '../model/rows.js';

const archive = archiveOf(async function* () {});
const known = { get: (id: string) => (id === 'test' ? archive : undefined) };
const kept = {
  archive: 'test',
  table: TABLE.name,
  adql: 'SELECT * FROM ivoa.ObsCore',
  maxrec: 7,
  subject: 'M 83'
};

describe('readTab', () => {
  it('brings the query back', () => {
    const request = readTab(kept, known);
    expect(request?.archive).toBe(archive);
    expect(request?.query).toEqual({ adql: kept.adql, maxrec: 7 });
    expect(request?.subject).toBe('M 83');
  });

  it('ESO-10: asks as anyone what a layout says to ask as me', () => {
    expect(readTab({ ...kept, ...{ as: 'me' } }, known)?.as).toBe('anyone');
  });

  it('fetches the rows of a job from it again, and does not run its query', () => {
    const service = TABLE.service;
    const url = new URL('async/7', `${service}/`).href;
    const request = readTab({ ...kept, service, job: url }, known);
    expect(request?.job).toEqual({ service, url });
  });

  it.each([
    ['at another host', 'https://elsewhere.example/async/7'],
    ['without an address', 'async/7'],
    ['that is none', { url: 'https://x' }]
  ])('believes in no job %s', (_, job) => {
    expect(
      readTab({ ...kept, service: TABLE.service, job }, known)?.job
    ).toBeUndefined();
  });

  it('finds a table that the archive does not list, at its own services only', () => {
    const other = { ...kept, table: 'ivoa.Other' };
    expect(readTab({ ...other, service: TABLE.service }, known)?.table).toEqual({
      name: 'ivoa.Other',
      title: 'ivoa.Other',
      service: TABLE.service
    });
    expect(
      readTab({ ...other, service: 'https://elsewhere.example' }, known)
    ).toBeNull();
  });

  it.each([
    ['an archive that is gone', { ...kept, archive: 'gone' }],
    ['a table that is gone', { ...kept, table: 'gone' }],
    ['no query', { ...kept, adql: undefined }],
    ['a query that is no text', { ...kept, adql: ['SELECT'] }],
    ['a row limit that is no number', { ...kept, maxrec: '7' }],
    ['nothing', {}]
  ])('brings nothing back for %s', (_, saved) => {
    expect(readTab(saved, known)).toBeNull();
  });
});
