import { describe, expect, it } from 'vitest';

import type { IArchive, IQuery } from '../../../src/archives/archive.js';
import type { IFormProfile } from '../../../src/protocol/form/types.js';
import type { VOTableEvent } from '../../../src/protocol/votable/types.js';
import { QueryModel } from '../../../src/model/query.js';
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
  const form = {
    ...discover.form,
    nextSlice: (_: unknown, __: unknown, last: unknown) => {
      after.push(last);
      return next();
    }
  };
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
    expect(after[0]).toEqual({ key: 'c', order: null });
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
