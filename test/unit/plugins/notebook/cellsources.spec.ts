import { nullTranslator } from '@jupyterlab/translation';
import { describe, expect, it } from 'vitest';

import { QueryModel } from '../../../../src/model/query.js';
import {
  cellFlavours,
  possibleFlavours,
  resultCell as cellOf
} from '../../../../src/plugins/notebook/cellsources.js';
import {
  archiveOf,
  batchEvent,
  endEvent,
  headEvent,
  QUERY,
  TABLE
} from '../../model/rows.js';

const trans = nullTranslator.load('obsdeck');

/** The source of a cell. */
const resultCell = (
  query: QueryModel | null,
  flavour: unknown,
  selectedRows: readonly number[] = []
): string | null => cellOf(trans, { query, selectedRows }, flavour)?.source ?? null;

function opened(fail = false): QueryModel {
  const model = new QueryModel();
  const archive = archiveOf(async function* () {
    if (fail) {
      throw new Error('no');
    }
    yield headEvent();
    yield batchEvent([['a', 1]]);
    yield endEvent();
  });
  model.open({ archive, table: TABLE, query: QUERY, subject: 'M 83' });
  return model;
}

describe('resultCell', () => {
  it('repeats the query with PyVO: service, ADQL and row limit', () => {
    const cell = resultCell(opened(), 'pyvo');
    expect(cell).toContain(`pyvo.dal.TAPService("${TABLE.service}")`);
    expect(cell).toContain(QUERY.adql);
    expect(cell).toContain(`maxrec=${QUERY.maxrec}`);
  });

  it('asks with the sign-in what was asked in the user’s name', async () => {
    const model = opened();
    model.setAs('me');
    expect(resultCell(model, 'pyvo')).toContain(
      `obsdeck.tap("test", "${TABLE.service}")`
    );
    await model.run();
    model.setAs('anyone');
    expect(resultCell(model, 'pyvo')).toContain('import obsdeck');
  });

  it('repeats what the rows answer, not what was typed since', async () => {
    const model = opened();
    await model.run();
    model.adql = 'SELECT 1';
    expect(resultCell(model, 'adql')).toContain(QUERY.adql);
  });

  it('takes the query as it stands where there are no rows yet', () => {
    const model = opened();
    model.adql = 'SELECT TOP 3 * FROM ivoa.ObsCore';
    expect(resultCell(model, 'adql')).toContain('SELECT TOP 3');
  });

  it('is PyVO for a flavour nobody knows', () => {
    expect(resultCell(opened(), 'constructor')).toContain('import pyvo');
    expect(resultCell(opened(), undefined)).toContain('import pyvo');
  });

  it('has nothing to say before the first search', () => {
    expect(resultCell(null, 'pyvo')).toBeNull();
    expect(resultCell(new QueryModel(), 'pyvo')).toBeNull();
  });

  it('offers PyVO first', () => {
    const [first] = cellFlavours(trans);
    expect(first).toEqual({ id: 'pyvo', label: 'Python (PyVO)' });
  });

  it('has the selected rows themselves, once there are any', async () => {
    const model = opened();
    const offered = (): string[] =>
      possibleFlavours(trans, { query: model, selectedRows: [] }).map(({ id }) => id);
    expect(offered()).toEqual(['pyvo', 'adql', 'curl', 'note']);
    await model.run();
    expect(offered()).toContain('rows');
    expect(() => resultCell(model, 'rows')).toThrow(/No rows are selected/);
    expect(resultCell(model, 'rows', [0])).toContain('"a",1\n');
  });

  it('tells the method in Markdown', async () => {
    const model = opened();
    await model.run();
    const cell = cellOf(trans, { query: model, selectedRows: [0] }, 'note');
    expect(cell?.type).toBe('markdown');
    expect(cell?.source).toContain(QUERY.adql);
    expect(cell?.source).toContain('1 row came. 1 of them was chosen.');
  });

  it('asks with astroquery where that has a module, as anyone only', async () => {
    const model = opened();
    const { archive } = model.request!;
    const astroquery = {
      module: 'astroquery.test',
      name: 'Test',
      method: 'ask',
      rows: 'table'
    } as const;
    const tap = [{ url: `${TABLE.service}/`, title: '', astroquery }];
    const definition = { ...archive.definition, services: { tap } };
    model.open({ ...model.request!, archive: { ...archive, definition } });
    await model.run();
    expect(resultCell(model, 'astroquery')).toContain('results = Test.ask(');
    const offered = (): string[] =>
      possibleFlavours(trans, { query: model, selectedRows: [] }).map(({ id }) => id);
    expect(offered()).toContain('astroquery');
    model.setAs('me');
    await model.run();
    expect(offered()).not.toContain('astroquery');
  });
});
