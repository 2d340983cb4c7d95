import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { IArchive } from '../../../src/archives/archive.js';
import { SearchModel } from '../../../src/model/search.js';
import { SearchFlow } from '../../../src/model/searchflow.js';
import type { ICounted } from '../../../src/model/cost.js';
import {
  fieldOf,
  type IFormField,
  type IFormProfile
} from '../../../src/protocol/form.js';
import { OBSCORE_PROFILE } from '../../../src/protocol/obscore.js';
import type { VOTableEvent } from '../../../src/protocol/votable/types.js';
import { queriesOf } from '../../support/forms.js';
import { answerOf } from './answers.js';
import { archiveOf } from './rows.js';

let asked: string[];
/** Queries that were given up. */
let stopped: string[];
/** The service does not answer. */
let isSlow: boolean;
/** Nothing fits the form. */
let isEmpty: boolean;
/** Values of the columns that the test knows nothing else of. */
let words: readonly string[];
let model: SearchModel;
let flow: SearchFlow;

/** A service that counts, by which column it is asked to group. */
async function* answer(
  adql: string,
  signal: AbortSignal
): AsyncGenerator<VOTableEvent> {
  asked.push(adql);
  if (isSlow) {
    await new Promise((_, reject) =>
      signal.addEventListener('abort', () => {
        stopped.push(adql);
        reject(new Error('stopped'));
      })
    );
  }
  const column = /GROUP BY (\w+)/.exec(adql)?.[1];
  if (column && isEmpty) {
    yield* answerOf({ [column]: [], n_rows: [] });
    return;
  }
  switch (column) {
    case undefined:
      yield* answerOf({ n_rows: [26412], n_sized: [26412], sum_size: [24600000] });
      return;
    case 'dataproduct_type':
      yield* answerOf({ dataproduct_type: ['image', 'cube'], n_rows: [48211, 1204] });
      return;
    case 'calib_level':
      yield* answerOf({ calib_level: [3, 1], n_rows: [7217, 9214] });
      return;
    default:
      yield* answerOf({ [column]: words, n_rows: words.map(() => 5) });
  }
}

/** ObsCore with one field changed. */
function obsCoreWith(changed: IFormField): IFormProfile {
  const fields = OBSCORE_PROFILE.fields.map(other =>
    other.column === changed.column ? changed : other
  );
  return { ...OBSCORE_PROFILE, fields };
}

function archive(profile: IFormProfile = OBSCORE_PROFILE): IArchive {
  const base = archiveOf((query, signal) => answer(query.adql, signal));
  const tap = [{ url: 'http://127.0.0.1:1/tap', title: 'TAP', syncSeconds: 60 }];
  return {
    definition: { ...base.definition, services: { tap } },
    discover: { ...base.discover!, profile: () => profile, form: queriesOf(profile) }
  };
}

const field = (column: string): IFormField => fieldOf(model.offer!.profile, column)!;
const rowsOf = (column: string) =>
  flow.counts.facet(field(column)).items.map(({ label, rows }) => [label, rows]);
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
const grouped = (column: string) =>
  asked.filter(adql => adql.includes(`GROUP BY ${column}`));

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  stopped = [];
  isSlow = false;
  isEmpty = false;
  words = ['A'];
  model = new SearchModel();
  flow = new SearchFlow(model);
  model.setArchives([archive()]);
});

afterEach(() => {
  flow.dispose();
  model.dispose();
  vi.useRealTimers();
});

describe('SearchCounts', () => {
  it('asks nobody before a gesture, whatever is typed', async () => {
    model.update({ position: '10 20', columns: { calib_level: [2] } });
    await pass(60_000);
    expect(asked).toEqual([]);
    expect(flow.counts.cost.state).toBe('unknown');
    expect(flow.counts.facet(field('dataproduct_type')).state).toBe('known');
  });

  it('counts rows, size and each facet in one query each', async () => {
    await flow.count();
    await pass(0);
    expect(asked).toHaveLength(
      1 + model.offer!.profile.fields.filter(({ facet }) => facet).length
    );
    const cost = flow.counts.cost as ICounted;
    expect([cost.rows, cost.fetched, cost.bytes, cost.limit]).toEqual([
      26412, 1000, 24_600_000_000, 60
    ]);
    expect(rowsOf('dataproduct_type')).toEqual([
      ['image', 48211],
      ['cube', 1204]
    ]);
    // Levels keep their order, whatever their counts.
    expect(rowsOf('calib_level')).toEqual([
      ['1', 9214],
      ['3', 7217]
    ]);
  });

  it('follows the form after a pause, and asks the unchanged nothing anew', async () => {
    await flow.count();
    await pass(0);
    asked = [];
    model.update({ columns: { calib_level: [1] } });
    expect(flow.counts.facet(field('dataproduct_type')).state).toBe('counting');
    // Its own criterion changes nothing about a column's counts.
    expect(flow.counts.facet(field('calib_level')).state).toBe('counted');
    await pass(599);
    expect(asked).toEqual([]);
    await pass(1);
    expect(grouped('dataproduct_type')).toHaveLength(1);
    expect(grouped('calib_level')).toHaveLength(0);
    model.update({ columns: {} });
    await pass(600);
    expect(grouped('dataproduct_type')).toHaveLength(1);
    expect(flow.counts.facet(field('dataproduct_type')).state).toBe('counted');
  });

  it('keeps ticked values that no row has any more', async () => {
    model.update({ columns: { dataproduct_type: ['sed'] } });
    await flow.count();
    await pass(0);
    expect(rowsOf('dataproduct_type')).toEqual([
      ['image', 48211],
      ['cube', 1204],
      ['sed', 0]
    ]);
  });

  it('counts after a search, once its rows are there', async () => {
    await flow.submit();
    model.running = { rows: 0, bytes: 0, seconds: 0, isWaiting: false };
    await pass(10_000);
    expect(asked).toEqual([]);
    model.running = null;
    await pass(600);
    expect(asked.length).toBeGreaterThan(1);
  });

  it('counts no values that are folded away, until they are unfolded', async () => {
    model.facets.fold('obs_collection', true);
    await flow.count();
    await pass(0);
    expect(grouped('obs_collection')).toHaveLength(0);
    model.facets.fold('obs_collection', false);
    await pass(600);
    expect(grouped('obs_collection')).toHaveLength(1);
  });

  it('counts by any column that is added', async () => {
    model.facets.add('target_name');
    await flow.count();
    await pass(0);
    expect(rowsOf('target_name')).toEqual([['A', 5]]);
  });

  it('estimates seconds by earlier answers of the service, and none without', async () => {
    await flow.count();
    await pass(0);
    expect((flow.counts.cost as ICounted).seconds).toBeNull();
    flow.counts.pace.note('http://127.0.0.1:1/tap', 500, 2);
    flow.counts.pace.note('http://127.0.0.1:1/tap', 1500, 4);
    expect((flow.counts.cost as ICounted).seconds).toBeCloseTo(3);
  });

  it('stops what is being counted when the form changes', async () => {
    isSlow = true;
    await flow.count();
    await pass(0);
    expect(asked).toHaveLength(2);
    model.update({ columns: { obs_id: 'x' } });
    await pass(0);
    expect(stopped).toHaveLength(2);
    // Nothing else is asked before the pause is over.
    expect(asked).toHaveLength(2);
  });

  it('shows what can be ticked where nothing is left', async () => {
    model.update({ columns: { obs_id: 'nothing' } });
    isEmpty = true;
    await flow.count();
    await pass(0);
    expect(rowsOf('calib_level')).toEqual(
      [0, 1, 2, 3, 4].map(level => [`${level}`, 0])
    );
  });

  it('counts words of lists by the word', async () => {
    const profile = obsCoreWith({
      ...field('target_name'),
      control: 'words',
      facet: true
    });
    model.setArchives([archive(profile)]);
    words = ['FLAT,LAMP', 'FLAT, LAMP', 'BIAS'];
    await flow.count();
    await pass(0);
    expect(rowsOf('target_name')).toEqual([
      ['FLAT', 10],
      ['LAMP', 10],
      ['BIAS', 5]
    ]);
  });

  it('does not count a form that cannot be understood', async () => {
    model.update({ radius: '-1', position: '10 20' });
    await flow.count();
    await pass(1000);
    expect(asked).toEqual([]);
    expect(model.problems.map(problem => problem.field)).toEqual(['radius']);
  });
});
