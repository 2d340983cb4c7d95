import { describe, expect, it } from 'vitest';

import type { IArchive, IQuery } from '../../../src/archives/archive.js';
import type { IFormProfile } from '../../../src/protocol/form/types.js';
import type { VOTableEvent } from '../../../src/protocol/votable/types.js';
import { QueryModel } from '../../../src/model/query.js';
import { OBSCORE_PROFILE } from '../../../src/protocol/obscore.js';
import { queriesOf } from '../../support/forms.js';
import {
  archiveOf,
  batchEvent,
  endEvent,
  field,
  headEvent,
  QUERY,
  TABLE
} from './rows.js';

const NEXT: IQuery = { adql: 'SELECT * FROM ivoa.ObsCore WHERE obs_id > 2', maxrec: 3 };

/** An archive whose form continues queries by `obs_id`, as long as the test says. */
function archive(
  answers: (query: IQuery) => VOTableEvent[],
  next: () => IQuery | null = () => NEXT,
  key: string | null = 'obs_id'
): { archive: IArchive; asked: IQuery[]; after: unknown[] } {
  const asked: IQuery[] = [];
  const after: unknown[] = [];
  async function* answer(query: IQuery): AsyncIterable<VOTableEvent> {
    asked.push(query);
    yield* answers(query);
  }
  const { definition, discover, ...rest } = archiveOf(answer);
  if (!discover) {
    throw new Error('The archive of the test can be searched.');
  }
  const profile = (): IFormProfile => ({ ...discover.profile(TABLE), key });
  const form = Object.assign(queriesOf({ ...OBSCORE_PROFILE, key }), {
    nextSlice: (_: unknown, __: unknown, last: unknown) => {
      after.push(last);
      return next();
    }
  });
  const own = { ...rest, definition, discover: { ...discover, profile, form } };
  return { archive: own, asked, after };
}

const ids = ({ result: { rows } }: QueryModel): unknown[] =>
  Array.from({ length: rows?.rowCount ?? 0 }, (_, row) => rows?.value(row, 0));

const rows = (...names: string[]): VOTableEvent =>
  batchEvent(names.map(name => [name, 1] as const));

const opened = (of: IArchive): QueryModel => {
  const model = new QueryModel();
  model.open({ archive: of, table: TABLE, query: QUERY, subject: 'x' });
  return model;
};

describe('the next slice', () => {
  it('follows the rows there are, without duplicates', async () => {
    const { archive: of, after } = archive(query => [
      headEvent(),
      query === QUERY ? rows('a', 'b', 'c') : rows('c', 'd', 'b', 'e'),
      endEvent(query === QUERY ? 'OVERFLOW' : 'OK')
    ]);
    const model = opened(of);
    expect(model.next).toBeNull();
    await model.run();
    const { rows: store } = model.result;
    expect(model.next?.query).toBe(NEXT);
    expect(after[0]).toEqual({ key: 'c' });
    await model.runNext();
    expect(ids(model)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(model.result.rows).toBe(store);
    expect([model.result.overflow, model.result.bytes]).toEqual([false, 2000]);
    expect(model.result.provenance?.slices).toEqual([NEXT]);
    expect([model.isStale, model.next]).toEqual([false, null]);
  });

  it('can be asked for again and again', async () => {
    let count = 0;
    const { archive: of } = archive(() => {
      count += 1;
      return [headEvent(), rows(`${count}`), endEvent('OVERFLOW')];
    });
    const model = opened(of);
    await model.run();
    await model.runNext();
    await model.runNext();
    expect(ids(model)).toEqual(['1', '2', '3']);
    expect(model.result.provenance?.slices).toHaveLength(2);
  });

  it('is not offered where the query cannot be continued', async () => {
    const answers = () => [headEvent(), rows('a'), endEvent('OVERFLOW')];
    for (const { archive: of } of [
      archive(answers, () => null),
      archive(answers, undefined, null),
      archive(answers, undefined, 'elsewhere')
    ]) {
      const model = opened(of);
      await model.run();
      expect(model.next).toBeNull();
    }
    const empty = archive(() => [headEvent(), endEvent('OVERFLOW')]);
    const model = opened(empty.archive);
    await model.run();
    expect(model.next).toBeNull();
  });

  it('leaves the rows there are when it fails or has other columns', async () => {
    let failure: VOTableEvent[] = [endEvent('ERROR', 'Too late.')];
    const { archive: of } = archive(query =>
      query === QUERY ? [headEvent(), rows('a'), endEvent('OVERFLOW')] : failure
    );
    const model = opened(of);
    await model.run();
    await model.runNext();
    expect([model.result.state, model.result.error?.message]).toEqual([
      'partial',
      'Too late.'
    ]);
    expect(ids(model)).toEqual(['a']);
    await model.run();
    failure = [headEvent([field('obs_id', 'char', null)]), endEvent()];
    await model.runNext();
    expect(model.result.error?.message).toMatch(/other columns/);
  });
});

/**
 * A service with rows of which it gives a few at a time, in the order asked for; without
 * one, those with the greatest number first.
 */
function tableOf(all: readonly (readonly [string, number])[], limit: number) {
  const asked: string[] = [];
  let isBroken = false;
  const base = archiveOf(async function* ({ adql, maxrec }) {
    asked.push(adql);
    if (isBroken) {
      yield* [headEvent(), endEvent('ERROR', 'Too late.')];
      return;
    }
    const after = /obs_id > '(\w+)'/.exec(adql)?.[1] ?? '';
    const from = Number(/s_ra >=? ([\d.]+)/.exec(adql)?.[1] ?? 0);
    const isOrdered = adql.includes('ORDER BY s_ra');
    const rest = all
      .filter(([id, ra]) =>
        isOrdered ? ra > from || (ra === from && id > after) : id > after
      )
      .sort(([a, x], [b, y]) =>
        isOrdered
          ? x - y || (a < b ? -1 : 1)
          : /ORDER BY/.test(adql)
            ? a < b
              ? -1
              : 1
            : y - x
      );
    const most = Math.min(limit, maxrec);
    yield* [headEvent(), batchEvent(rest.slice(0, most))];
    yield endEvent(rest.length > most ? 'OVERFLOW' : 'OK');
  });
  const form = queriesOf({ ...OBSCORE_PROFILE, key: 'obs_id' });
  const archive = { ...base, discover: { ...base.discover!, form } };
  return { archive, asked, breakDown: (broken: boolean) => (isBroken = broken) };
}

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

describe('Slices of a query as it is', () => {
  const asking = (of: IArchive, adql: string, maxrec = 3): QueryModel => {
    const model = new QueryModel();
    model.open({ archive: of, table: TABLE, query: { adql, maxrec }, subject: 'x' });
    return model;
  };
  const readAll = async (model: QueryModel): Promise<number> => {
    let slices = 0;
    while (model.next && slices < 10) {
      await model.runNext();
      slices += 1;
    }
    return slices;
  };

  it('have all rows once, also where nobody asked for an order', async () => {
    const { archive: of } = tableOf(
      NAMES.map((name, index) => [name, index]),
      100
    );
    const model = asking(of, 'SELECT * FROM ivoa.ObsCore');
    await model.run();
    expect(ids(model)).toEqual(['h', 'g', 'f']);
    expect(await readAll(model)).toBe(2);
    expect([...ids(model)].sort()).toEqual(NAMES);
  });

  it('miss none where a whole slice was there already', async () => {
    // The service gives fewer than are asked for, so that these are the first ones again.
    const { archive: of } = tableOf(
      NAMES.map((name, index) => [name, -index]),
      3
    );
    const model = asking(of, 'SELECT * FROM ivoa.ObsCore');
    await model.run();
    expect(ids(model)).toEqual(['a', 'b', 'c']);
    await readAll(model);
    expect(ids(model)).toEqual(NAMES);
  });

  it('follow an order that was written by hand', async () => {
    const { archive: of, asked } = tableOf(
      NAMES.map((name, index) => [name, 8 - Math.floor(index / 2)]),
      100
    );
    const model = asking(of, 'SELECT * FROM ivoa.ObsCore ORDER BY s_ra, obs_id');
    await model.run();
    await readAll(model);
    expect(ids(model)).toEqual(['g', 'h', 'e', 'f', 'c', 'd', 'a', 'b']);
    expect(asked[1]).toContain("s_ra > 6 OR (s_ra = 6 AND obs_id > 'e')");
  });

  it('are not offered where the answer lacks the column of the order', async () => {
    const { archive: of } = tableOf(
      NAMES.map((name, index) => [name, index]),
      100
    );
    const model = asking(of, 'SELECT obs_id FROM ivoa.ObsCore ORDER BY t_min, obs_id');
    await model.run();
    expect(model.result.overflow).toBe(true);
    expect(model.next).toBeNull();
  });

  it('go on where they were after one that failed', async () => {
    const { archive: of, breakDown } = tableOf(
      NAMES.map((name, index) => [name, index]),
      100
    );
    const model = asking(of, 'SELECT * FROM ivoa.ObsCore');
    await model.run();
    breakDown(true);
    await model.runNext();
    expect(model.result.error?.message).toBe('Too late.');
    breakDown(false);
    await readAll(model);
    expect([...ids(model)].sort()).toEqual(NAMES);
  });

  it('are asked for once, however quickly one presses', async () => {
    const { archive: of, asked } = tableOf(
      NAMES.map((name, index) => [name, index]),
      100
    );
    const model = asking(of, 'SELECT * FROM ivoa.ObsCore ORDER BY obs_id');
    await model.run();
    await Promise.all([model.runNext(), model.runNext()]);
    expect(asked).toHaveLength(2);
    expect(ids(model)).toEqual(NAMES.slice(0, 6));
  });
});

describe('a list that goes in parts', () => {
  it('has the rows of all, and says when any was cut short', async () => {
    const parts = ['p', 'q'].map(adql => ({ adql, maxrec: 3 }));
    const { archive: of, asked } = archive(query => [
      headEvent(),
      rows('a', query.adql),
      endEvent(query.adql === 'p' ? 'OVERFLOW' : 'OK')
    ]);
    const model = new QueryModel();
    const request = { archive: of, table: TABLE, query: QUERY, subject: 'x' };
    model.open({ ...request, more: parts });
    await model.run();
    expect(asked).toEqual([QUERY, ...parts]);
    expect(ids(model)).toEqual(['a', QUERY.adql, 'p', 'q']);
    expect(model.result.overflow).toBe(true);
  });
});
