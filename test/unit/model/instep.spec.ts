import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { IFormQueries } from '../../../src/archives/archive.js';
import { InStep } from '../../../src/model/instep.js';
import { QueryModel } from '../../../src/model/query.js';
import { SearchModel } from '../../../src/model/search.js';
import { EMPTY_FORM, type ISearchForm } from '../../../src/protocol/form.js';
import { queriesOf } from '../../support/forms.js';
import { archiveOf } from './rows.js';

/** What a text is read as, for texts that no form made. */
const READABLE = new Map<string, Partial<ISearchForm>>();

let model: SearchModel;
let query: QueryModel;
let inStep: InStep;

function queries(): IFormQueries {
  const made = queriesOf();
  return {
    search: made.search.bind(made),
    cost: made.cost.bind(made),
    facet: made.facet.bind(made),
    slicing: made.slicing.bind(made),
    nextSlice: made.nextSlice.bind(made),
    read: (_table, { adql, maxrec }) => {
      const fields = READABLE.get(adql);
      return fields ? { ...EMPTY_FORM, rowLimit: maxrec, ...fields } : null;
    }
  };
}

/** The user types into the editor, and pauses. */
function type(adql: string): void {
  query.adql = adql;
  vi.advanceTimersByTime(400);
}

beforeEach(() => {
  vi.useFakeTimers();
  READABLE.clear();
  const base = archiveOf(async function* () {});
  model = new SearchModel();
  model.setArchives([{ ...base, discover: { ...base.discover!, form: queries() } }]);
  query = new QueryModel();
  inStep = new InStep(model);
  query.changed.connect(() => inStep.follow(query));
  model.changed.connect(() => inStep.push(query));
});

afterEach(() => {
  inStep.dispose();
  vi.useRealTimers();
});

describe('The form and the text of its query', () => {
  it('stay in step when the form changes', () => {
    query.open(model.request!);
    model.update({ columns: { instrument_name: 'MUSE' } });
    expect(query.adql).toContain("instrument_name = 'MUSE'");
    expect(query.editedByHand).toBe(false);
    expect(model.handEdited).toBe(false);
  });

  it('stay in step when the text is edited to what the form can show', () => {
    query.open(model.request!);
    const text = "SELECT *  FROM ivoa.ObsCore WHERE instrument_name = 'MUSE'";
    READABLE.set(text, { columns: { instrument_name: 'MUSE' } });
    type(text);
    expect(model.form.columns).toEqual({ instrument_name: 'MUSE' });
    expect(model.handEdited).toBe(false);
    expect(query.adql).toBe(text);
    expect(query.editedByHand).toBe(false);
    expect(query.current?.constraints?.map(({ key }) => key)).toEqual([
      'column:instrument_name'
    ]);
  });

  it('keep the comments of the text when the form changes and when it is searched', () => {
    query.open(model.request!);
    const text = `-- Bright ones\n${model.request!.query.adql} -- for the proposal`;
    READABLE.set(text, {});
    type(text);
    expect(model.handEdited).toBe(false);
    model.update({ columns: { instrument_name: 'MUSE' } });
    const lines = [
      '-- Bright ones',
      'SELECT *',
      'FROM ivoa.ObsCore -- for the proposal',
      "WHERE instrument_name = 'MUSE'"
    ];
    expect(query.adql.split('\n')).toEqual(lines);
    const shown = inStep.asShown(model.request!, query);
    expect(shown.query.adql.split('\n')).toEqual(lines);
    query.open(shown);
    model.update({ columns: {} });
    expect(query.adql.split('\n')).toEqual(lines.slice(0, 3));
    expect(query.editedByHand).toBe(false);
  });

  it('leave a text as it was typed while the form stays as it is', () => {
    query.open(model.request!);
    const text = 'SELECT  *  FROM ivoa.ObsCore';
    READABLE.set(text, {});
    type(text);
    model.update({});
    expect(query.adql).toBe(text);
  });

  it('are not read before the typing pauses', () => {
    query.open(model.request!);
    READABLE.set('half', { columns: { instrument_name: 'M' } });
    query.adql = 'half';
    vi.advanceTimersByTime(399);
    query.adql = 'half a word';
    vi.advanceTimersByTime(400);
    expect(model.form.columns).toEqual({});
    expect(model.handEdited).toBe(true);
  });

  it('keep what was typed in the form where the text says the same', () => {
    model.update({
      position: '13:37:00.9 -29:51:57',
      radius: '6',
      radiusUnit: 'arcmin'
    });
    query.open(model.request!);
    const edited = `${model.request!.query.adql} AND calib_level = 2`;
    READABLE.set(edited, {
      position: '204.25375 -29.865833333333335',
      radius: '0.1',
      columns: { calib_level: [2] }
    });
    type(edited);
    expect(model.form.columns).toEqual({ calib_level: [2] });
    expect([model.form.position, model.form.radius, model.form.radiusUnit]).toEqual([
      '13:37:00.9 -29:51:57',
      '6',
      'arcmin'
    ]);
  });

  it('leave a text alone that the form cannot show, whatever is typed in the form', () => {
    query.open(model.request!);
    type('SELECT COUNT(*) FROM ivoa.ObsCore');
    expect(model.handEdited).toBe(true);
    model.update({ columns: { instrument_name: 'MUSE' } });
    expect(query.adql).toBe('SELECT COUNT(*) FROM ivoa.ObsCore');
    inStep.revert(query);
    expect(query.adql).toContain("instrument_name = 'MUSE'");
    expect(model.handEdited).toBe(false);
  });

  it('do not take an edited text over a change of the form made meanwhile', () => {
    query.open(model.request!);
    READABLE.set('edited', { columns: { calib_level: [2] } });
    query.adql = 'edited';
    model.update({ columns: { instrument_name: 'MUSE' } });
    vi.advanceTimersByTime(400);
    expect(model.form.columns).toEqual({ instrument_name: 'MUSE' });
    expect(query.adql).toBe('edited');
    expect(model.handEdited).toBe(true);
  });

  it('do not follow each other where the text never was the form’s', () => {
    const other = { ...model.request!, query: { adql: 'SELECT 1', maxrec: 5 } };
    query.open(other);
    model.update({ columns: { instrument_name: 'MUSE' } });
    expect(query.adql).toBe('SELECT 1');
  });

  it('do not change the form when another tab comes to the front', () => {
    const tab = new QueryModel();
    tab.open({ ...model.request!, query: { adql: 'SELECT 1', maxrec: 5 } });
    tab.adql = 'SELECT 2';
    READABLE.set('SELECT 2', { columns: { calib_level: [2] } });
    inStep.follow(tab);
    vi.advanceTimersByTime(400);
    expect(model.form.columns).toEqual({});
  });
});
