import { describe, expect, it } from 'vitest';

import {
  readDocument,
  writeDocument
} from '../../../../src/model/document/document.js';
import { USUAL_LAYOUT } from '../../../../src/model/columnlayout.js';
import { documentOf, requestOf } from '../../../../src/model/document/request.js';
import type { ISearchDocument } from '../../../../src/model/document/types.js';
import { EMPTY_FORM } from '../../../../src/protocol/form.js';
import { queriesOf } from '../../../support/forms.js';
import { archiveOf, TABLE } from '../rows.js';
import { ofAdql, ofForm } from './searches.js';

// eslint-disable-next-line require-yield
const test = archiveOf(async function* () {
  throw new Error('Nothing may be asked by opening a search.');
});
const archive = { ...test, discover: { ...test.discover!, form: queriesOf() } };
const here = {
  archive: archive.definition.id,
  service: TABLE.service,
  table: TABLE.name
};

function again(search: ISearchDocument): ISearchDocument {
  return documentOf(requestOf(readDocument(writeDocument(search)), archive), search);
}

describe('requestOf', () => {
  it('makes the query of a saved form, with the names as they were resolved', () => {
    const search = { ...ofForm({ targets: [] }), ...here };
    const request = requestOf(search, archive);
    expect(request.query.adql).toContain('204.2538');
    expect(request.query.maxrec).toBe(1000);
    expect(request.subject).toBe('M 83');
    expect(request.constraints?.map(({ key }) => key)).toContain('position');
    expect(again(search)).toEqual(search);
  });

  it('takes a saved query as it is', () => {
    const search = { ...ofAdql('SELECT *\nFROM some.table'), ...here };
    const request = requestOf(search, archive);
    expect(request.query).toEqual({ adql: 'SELECT *\nFROM some.table', maxrec: 1000 });
    expect(request.subject).toBe('some.table');
    expect(request.as).toBe('anyone');
    expect(again(search)).toEqual(search);
  });

  it('asks no archive and no service that is not known here', () => {
    const search = { ...ofAdql('SELECT 1'), ...here };
    expect(() => requestOf(search, undefined)).toThrow(
      `The archive “${here.archive}” of this search is not known here.`
    );
    const elsewhere = { ...search, service: 'https://evil.example/tap' };
    expect(() => requestOf(elsewhere, archive)).toThrow(
      'has no service at https://evil.example/tap.'
    );
  });

  it('takes a table that the archive does not list from its own service', () => {
    const search = { ...ofAdql('SELECT 1'), ...here, table: 'other.table' };
    expect(requestOf(search, archive).table).toMatchObject({
      name: 'other.table',
      service: TABLE.service
    });
  });
});

/** A document of which nothing is known yet. */
const PLAIN = { layout: USUAL_LAYOUT, others: {} };

describe('documentOf', () => {
  const request = {
    archive,
    table: TABLE,
    query: { adql: 'SELECT 1', maxrec: 10 },
    subject: 'M 83'
  };

  it('never says as whom', () => {
    const text = writeDocument(documentOf({ ...request, as: 'me' }, PLAIN));
    expect(text).not.toMatch(/"as"|"me"/);
  });

  it('leaves out criteria in which nothing is asked', () => {
    const form = {
      ...EMPTY_FORM,
      columns: { a: '', b: [], c: { min: '', max: '' }, d: 'x' }
    };
    expect(documentOf({ ...request, form }, PLAIN).form?.columns).toEqual({ d: 'x' });
  });

  it('keeps a list of targets by the form only', () => {
    const query = { ...request.query, uploads: [{ name: 'targets', votable: '' }] };
    expect(() => documentOf({ ...request, query }, PLAIN)).toThrow('list of targets');
    expect(
      documentOf({ ...request, query, form: EMPTY_FORM }, PLAIN).form
    ).not.toBeNull();
  });
});
