import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { IArchive } from '../../../src/archives/archive.js';
import { SearchModel } from '../../../src/model/search.js';
import { SearchFlow } from '../../../src/model/searchflow.js';
import { ProtocolError } from '../../../src/protocol/errors.js';
import type { IResolvedTarget } from '../../../src/protocol/form.js';
import { queriesOf } from '../../support/forms.js';
import { archiveOf } from './rows.js';

const M83: IResolvedTarget = { name: 'M 83', ra: 204.25, dec: -29.87, by: 'Simbad' };

let asked: string[];
let matches: readonly IResolvedTarget[];
let failure: ProtocolError | null;
let model: SearchModel;
let flow: SearchFlow;

function archive(): IArchive {
  const base = archiveOf(async function* () {});
  const resolve = (name: string, signal?: AbortSignal) => {
    asked.push(name);
    return new Promise<readonly IResolvedTarget[]>((done, fail) => {
      signal?.addEventListener('abort', () => fail(new Error('stopped')));
      setTimeout(() => (failure ? fail(failure) : done(matches)), 100);
    });
  };
  return {
    ...base,
    discover: { ...base.discover!, form: queriesOf() },
    resolve: { title: 'Test resolver', resolve }
  };
}

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  matches = [M83];
  failure = null;
  model = new SearchModel();
  flow = new SearchFlow(model);
  model.setArchives([archive()]);
});

afterEach(() => {
  flow.dispose();
  model.dispose();
  vi.useRealTimers();
});

/** Search, and let the resolver answer. */
async function search(): ReturnType<SearchFlow['submit']> {
  const request = flow.submit();
  await vi.advanceTimersByTimeAsync(100);
  return request;
}

describe('Searching at a name', () => {
  it('asks no resolver before a gesture', async () => {
    model.update({ position: 'M 83' });
    flow.leave('position');
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked).toEqual([]);
    expect(model.problems).toEqual([]);
  });

  it('waits for the position, which the query then has', async () => {
    model.update({ position: 'M 83' });
    const done = flow.submit();
    expect(flow.waiting).toEqual({ for: 'name', name: 'M 83' });
    await vi.advanceTimersByTimeAsync(100);
    const request = await done;
    expect(flow.waiting).toBeNull();
    expect(request?.query.adql).toContain("CIRCLE('ICRS', 204.25, -29.87, 0.5)");
    expect(request?.subject).toBe('M 83');
    expect(request?.resolved).toEqual([M83]);
  });

  it('asks but once, and on leaving the field once a search was made', async () => {
    model.update({ position: 'M 83' });
    await search();
    await search();
    expect(asked).toEqual(['M 83']);
    model.update({ position: 'NGC 5236' });
    flow.leave('position');
    expect(asked).toEqual(['M 83', 'NGC 5236']);
  });

  it('says that nobody knows the name, and searches nothing', async () => {
    matches = [];
    model.update({ position: 'M 833' });
    expect(await search()).toBeNull();
    expect(model.problems).toEqual([
      {
        field: 'position',
        message: 'No resolver knows ‘M 833’. Type a position instead.'
      }
    ]);
  });

  it('lets the user choose where several have the name', async () => {
    const other = { ...M83, ra: 10, by: 'NED' };
    matches = [M83, other];
    model.update({ position: 'M 83' });
    expect(await search()).toBeNull();
    expect(model.resolution?.state).toBe('several');
    flow.choose(other);
    expect((await search())?.query.adql).toContain("CIRCLE('ICRS', 10, -29.87, 0.5)");
    expect(asked).toEqual(['M 83']);
  });

  it('takes two answers within an arcsecond as one', async () => {
    matches = [M83, { ...M83, ra: M83.ra + 0.0002, by: 'NED' }];
    model.update({ position: 'M 83' });
    expect((await search())?.query.adql).toContain('204.25,');
  });

  it('says what went wrong, and asks again', async () => {
    failure = new ProtocolError('unavailable', 'Simbad does not answer.');
    model.update({ position: 'M 83' });
    expect(await search()).toBeNull();
    expect(model.problems.map(({ message }) => message)).toEqual([
      'Simbad does not answer.'
    ]);
    failure = null;
    expect(await search()).not.toBeNull();
  });

  it('can be cancelled, and searches nothing then', async () => {
    model.update({ position: 'M 83' });
    const done = flow.submit();
    flow.cancel();
    expect(await done).toBeNull();
    expect(flow.waiting).toBeNull();
    expect(model.problems).toEqual([]);
  });

  it('searches nothing where another name was typed meanwhile', async () => {
    model.update({ position: 'M 83' });
    const done = flow.submit();
    model.update({ position: 'M 31' });
    await vi.advanceTimersByTimeAsync(100);
    expect(await done).toBeNull();
  });
});

describe('Starting a job', () => {
  it('waits for it, and can be cancelled', async () => {
    const stopped = vi.fn();
    const done = flow.startJob(
      (_request, signal) =>
        new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => {
            stopped();
            reject(new Error('stopped'));
          })
        )
    );
    await vi.advanceTimersByTimeAsync(0);
    expect(flow.waiting).toEqual({ for: 'job' });
    flow.cancel();
    await done;
    expect(stopped).toHaveBeenCalledOnce();
    expect(flow.waiting).toBeNull();
  });

  it('starts none for a form that cannot be understood', async () => {
    const start = vi.fn();
    model.update({ from: 'yesterday' });
    await flow.startJob(start);
    expect(start).not.toHaveBeenCalled();
    expect(model.problems).toHaveLength(1);
  });
});

describe('Counting after a gesture', () => {
  it('follows the form after a search, not after its query was taken to be edited', async () => {
    const allow = vi.spyOn(flow.counts, 'allow');
    expect(await flow.take()).not.toBeNull();
    expect(allow).not.toHaveBeenCalled();
    expect(await flow.submit()).not.toBeNull();
    expect(allow).toHaveBeenCalledTimes(1);
  });
});
