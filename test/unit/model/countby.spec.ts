import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { IArchive } from '../../../src/archives/archive.js';
import { countableBy } from '../../../src/model/countby.js';
import type { IQueryRequest } from '../../../src/model/query.js';
import { SearchModel } from '../../../src/model/search.js';
import { SearchFlow } from '../../../src/model/searchflow.js';
import { fieldOf } from '../../../src/protocol/form.js';
import { OBSCORE_PROFILE } from '../../../src/protocol/obscore.js';
import { queriesOf } from '../../support/forms.js';
import { answerOf } from './answers.js';
import { archiveOf, TABLE } from './rows.js';

let asked: string[];
let model: SearchModel;
let flow: SearchFlow;

/** A service that counts whatever it is asked to group by. */
function archive(): IArchive {
  const base = archiveOf(async function* ({ adql }) {
    asked.push(adql);
    const column = /GROUP BY (\w+)/.exec(adql)?.[1];
    yield* column
      ? answerOf({ [column]: ['MUSE', 'WFI'], n_rows: [3, 2] })
      : answerOf({ n_rows: [5] });
  });
  const form = queriesOf();
  return {
    ...base,
    discover: { ...base.discover!, profile: () => OBSCORE_PROFILE, form }
  };
}

/** A search as the form made it. */
function searched(): IQueryRequest {
  model.update({ position: '10 20', columns: { calib_level: [2] } });
  return model.request!;
}

/** A query that was written by hand. */
const written = (adql: string): IQueryRequest => ({
  archive: model.archive!,
  table: TABLE,
  query: { adql, maxrec: 100 },
  subject: 'x'
});

const why = (request: IQueryRequest, column: string): unknown => {
  const countable = countableBy(request, column, model);
  return 'why' in countable ? countable : null;
};

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  model = new SearchModel();
  flow = new SearchFlow(model);
  model.setArchives([archive()]);
});

afterEach(() => {
  flow.dispose();
  model.dispose();
  vi.useRealTimers();
});

describe('Counting the rows of a search by a column', () => {
  it('asks one question, and shows its answer in the form', async () => {
    const request = searched();
    model.update({ position: '', columns: {} });
    expect(await flow.countBy(request, 'Facility_Name')).toBeNull();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toContain('GROUP BY facility_name');
    expect(asked[0]).toContain('calib_level');
    expect(model.form.position).toBe('10 20');
    const field = fieldOf(model.offer!.profile, 'facility_name')!;
    expect(field.facet).toBe(true);
    expect(flow.counts.facet(field).items.map(({ rows }) => rows)).toEqual([3, 2]);
  });

  it('unfolds the values of a column that the form counts anyway', async () => {
    model.facets.fold('instrument_name', true);
    await flow.countBy(searched(), 'instrument_name');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(1);
    expect(model.facets.isFolded('instrument_name')).toBe(false);
    expect(model.facets.added).toEqual([]);
  });

  it('asks nothing twice that the form has counted before', async () => {
    const request = searched();
    await flow.count();
    await vi.advanceTimersByTimeAsync(60_000);
    asked = [];
    await flow.countBy(request, 'facility_name');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(1);
  });

  it('reads a query that was written by hand, and says where no form stands for it', () => {
    const simple = searched().query.adql.replace('10', '11');
    expect(why(written(simple), 'instrument_name')).toBeNull();
    const other = 'SELECT o_ucd, COUNT(*) AS n FROM ivoa.ObsCore GROUP BY o_ucd';
    expect(why(written(other), 'o_ucd')).toEqual({ why: 'form' });
    expect(asked).toEqual([]);
  });

  it('says so where the archive is gone, and where the form makes no such query', () => {
    const request = searched();
    const form = { ...request.form!, radius: '-1' };
    expect(why({ ...request, form }, 'instrument_name')).toMatchObject({
      why: 'problem',
      message: expect.stringContaining('adius') as string
    });
    model.setArchives([]);
    expect(why(request, 'instrument_name')).toEqual({ why: 'archive' });
  });

  it('says that the table has no such column, and asks nobody for its values', async () => {
    const request = searched();
    expect(await flow.countBy(request, 'n')).toEqual({ why: 'column' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toEqual([]);
    expect(model.facets.added).toEqual([]);
  });
});
