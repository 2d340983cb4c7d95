import { PromiseDelegate } from '@lumino/coreutils';
import { describe, expect, it, vi } from 'vitest';

import { ResultModel } from '../../../src/model/result.js';
import { SignInGate } from '../../../src/model/signingate.js';
import { ProtocolError } from '../../../src/protocol/errors.js';
import { streamVOTable } from '../../../src/protocol/votable/index.js';
import type {
  IVOTableResource,
  VOTableEvent
} from '../../../src/protocol/votable/types.js';
import {
  archiveOf,
  batchEvent,
  endEvent,
  field,
  headEvent,
  QUERY,
  TABLE
} from './rows.js';

/** An archive that sends these events and then, where given, fails. */
function sending(events: readonly VOTableEvent[], failure?: Error) {
  return archiveOf(async function* () {
    yield* events;
    if (failure) {
      throw failure;
    }
  });
}

const GOOD = [
  headEvent(),
  batchEvent([['a', 1]]),
  batchEvent([['b', 2]], 1),
  endEvent()
];

describe('ResultModel', () => {
  it('shows rows while they arrive, and says how many', async () => {
    const model = new ResultModel();
    const seen: number[] = [];
    model.rowsInserted.connect((_, { first, count }) => seen.push(first, count));
    await model.run(sending(GOOD), TABLE, QUERY);
    expect(seen).toEqual([0, 1, 1, 1]);
    expect(model.state).toBe('done');
    expect(model.rows?.rowCount).toBe(2);
    expect(model.rows?.value(1, 0)).toBe('b');
    expect(model.bytes).toBe(1000);
    expect(model.error).toBeNull();
  });

  it('says that the service has more', async () => {
    const model = new ResultModel();
    await model.run(sending([...GOOD.slice(0, 3), endEvent('OVERFLOW')]), TABLE, QUERY);
    expect(model.overflow).toBe(true);
    expect(model.state).toBe('done');
  });

  it('keeps the rows before it when a query fails without rows', async () => {
    const model = new ResultModel();
    await model.run(sending(GOOD), TABLE, QUERY);
    const before = model.provenance;
    const failure = new ProtocolError('rejected', 'No such table: ivoa.nonsense');
    await model.run(sending([], failure), TABLE, QUERY);
    expect(model.state).toBe('failed');
    expect(model.error?.message).toBe('No such table: ivoa.nonsense');
    expect(model.error?.details.archive).toBe('Test archive');
    expect(model.rows?.rowCount).toBe(2);
    expect(model.provenance).toBe(before);
    expect(model.asked).not.toBe(before);
  });

  it('keeps the rows before it until the first row of the next is there', async () => {
    const model = new ResultModel();
    await model.run(sending(GOOD), TABLE, QUERY);
    let release = (): void => undefined;
    const gate = new Promise<void>(resolve => (release = resolve));
    const running = model.run(
      archiveOf(async function* () {
        yield headEvent();
        await gate;
        yield batchEvent([['c', 3]]);
        yield endEvent();
      }),
      TABLE,
      QUERY
    );
    await Promise.resolve();
    expect(model.state).toBe('loading');
    expect(model.rows?.value(0, 0)).toBe('a');
    release();
    await running;
    expect(model.rows?.value(0, 0)).toBe('c');
    expect(model.rows?.rowCount).toBe(1);
  });

  it('replaces the rows before it by an answer of zero rows', async () => {
    const model = new ResultModel();
    await model.run(sending(GOOD), TABLE, QUERY);
    await model.run(sending([headEvent(), endEvent()]), TABLE, QUERY);
    expect(model.rows?.rowCount).toBe(0);
    expect(model.state).toBe('done');
  });

  it('marks an answer that broke after some rows as partial', async () => {
    const model = new ResultModel();
    const failure = new ProtocolError('bad-answer', 'The answer ends in the middle.', {
      row: 2
    });
    await model.run(sending(GOOD.slice(0, 3), failure), TABLE, QUERY);
    expect(model.state).toBe('partial');
    expect(model.rows?.rowCount).toBe(2);
    expect(model.error?.details.row).toBe(2);
  });

  it('keeps the rows before a cell that cannot be read, and says which', async () => {
    const rows = ['1', '2', 'three'].map(cell => `<TR><TD>${cell}</TD></TR>`);
    const text =
      '<VOTABLE><RESOURCE type="results"><TABLE><FIELD name="n" datatype="int"/>' +
      `<DATA><TABLEDATA>${rows.join('')}</TABLEDATA></DATA></TABLE></RESOURCE></VOTABLE>`;
    const model = new ResultModel();
    const document = (): AsyncIterable<VOTableEvent> =>
      streamVOTable(new TextEncoder().encode(text));
    await model.run(archiveOf(document), TABLE, QUERY);
    expect(model.state).toBe('partial');
    expect(model.rows?.rowCount).toBe(2);
    expect(model.rows?.value(1, 0)).toBe(2);
    expect(model.error?.details).toMatchObject({ row: 2, column: 0 });
    expect(model.error?.message).toMatch(/^Row 3, column “n” .*“three”/);
  });

  it('takes an ERROR after the rows for partial, in the service’s words', async () => {
    const model = new ResultModel();
    await model.run(
      sending([...GOOD.slice(0, 3), endEvent('ERROR', 'Time out')]),
      TABLE,
      QUERY
    );
    expect(model.state).toBe('partial');
    expect(model.error?.details.serviceMessage).toBe('Time out');
  });

  it('refuses a table without columns', async () => {
    const model = new ResultModel();
    await model.run(sending([headEvent([]), endEvent()]), TABLE, QUERY);
    expect(model.state).toBe('failed');
    expect(model.error?.message).toBe('The service sent a table without columns.');
    expect(model.rows).toBeNull();
  });

  it('keeps what arrived when the user stops it', async () => {
    const model = new ResultModel();
    const running = model.run(
      archiveOf(async function* (_, signal) {
        yield headEvent();
        yield batchEvent([['a', 1]]);
        await new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason as Error))
        );
      }),
      TABLE,
      QUERY
    );
    await new Promise(resolve => setTimeout(resolve, 0));
    model.cancel();
    await running;
    expect(model.state).toBe('partial');
    expect(model.error?.kind).toBe('cancelled');
    expect(model.rows?.rowCount).toBe(1);
  });

  it('lets a new query win over one that is still running', async () => {
    const model = new ResultModel();
    const first = model.run(
      archiveOf(async function* (_, signal) {
        yield headEvent();
        await new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason as Error))
        );
      }),
      TABLE,
      QUERY
    );
    const second = model.run(sending(GOOD), TABLE, QUERY);
    await Promise.all([first, second]);
    expect(model.state).toBe('done');
    expect(model.rows?.rowCount).toBe(2);
    expect(model.error).toBeNull();
  });

  it('takes the first table only: a second one is not rows of the answer', async () => {
    const model = new ResultModel();
    const other: VOTableEvent[] = [
      { ...headEvent([field('x', 'double', null)]), table: 1 } as VOTableEvent,
      { ...batchEvent([['z', 9]]), table: 1 } as VOTableEvent
    ];
    await model.run(sending([...GOOD.slice(0, 3), ...other, endEvent()]), TABLE, QUERY);
    expect(model.rows?.rowCount).toBe(2);
    expect(model.rows?.fields).toHaveLength(2);
  });

  it('shows the table of the RESOURCE of results, also where another comes first', async () => {
    const model = new ResultModel();
    const resource = (type: string, table: number): IVOTableResource => ({
      ...{ id: null, name: null, type, utype: null, description: null },
      ...{ infos: [], params: [], groups: [], tables: [table], resources: [] }
    });
    const results: VOTableEvent[] = [
      { ...headEvent(), table: 1 } as VOTableEvent,
      { ...batchEvent([['z', 9]]), table: 1 } as VOTableEvent
    ];
    const resources = [resource('meta', 0), resource('results', 1)];
    const end = { ...endEvent('OVERFLOW'), resources } as VOTableEvent;
    await model.run(sending([...GOOD.slice(0, 3), ...results, end]), TABLE, QUERY);
    expect(model.rows?.value(0, 0)).toBe('z');
    expect([model.rows?.rowCount, model.arrived]).toEqual([1, 1]);
    expect([model.state, model.overflow]).toEqual(['done', true]);
  });

  it('says nothing more once it is disposed', async () => {
    const model = new ResultModel();
    let emitted = 0;
    const running = model.run(sending(GOOD), TABLE, QUERY);
    model.stateChanged.connect(() => emitted++);
    model.dispose();
    await running;
    expect(emitted).toBe(0);
    expect(model.isDisposed).toBe(true);
  });

  describe('in the user’s name', () => {
    const EXPIRED = new ProtocolError('expired', 'The sign-in has expired.');

    /** An archive that fails so often, after some rows, and remembers who asked. */
    function expiring(times: number) {
      const asked: (string | undefined)[] = [];
      const archive = archiveOf((_query, _signal, how) => {
        asked.push(how?.as);
        return asked.length <= times ? events(GOOD.slice(0, 2), EXPIRED) : events(GOOD);
      });
      return { archive, asked };
    }

    async function* events(sent: readonly VOTableEvent[], failure?: Error) {
      yield* sent;
      await Promise.resolve();
      if (failure) {
        throw failure;
      }
    }

    it('asks so only when told to', async () => {
      const { archive, asked } = expiring(0);
      const model = new ResultModel();
      await model.run(archive, TABLE, QUERY);
      expect(asked).toEqual([undefined]);
      await model.run(archive, TABLE, QUERY, 'me');
      expect(asked).toEqual([undefined, 'me']);
      expect(model.provenance?.as).toBe('me');
    });

    it('keeps its rows while it waits for a sign-in, and goes on after it', async () => {
      const { archive, asked } = expiring(1);
      const gate = new SignInGate({
        ranOut: () => undefined,
        changed: () => undefined,
        isSignedIn: () => Promise.resolve(true)
      });
      const model = new ResultModel((id, work, signal) => gate.run(id, work, signal));
      const running = model.run(archive, TABLE, QUERY, 'me');
      await vi.waitFor(() => expect(gate.waiting).toEqual(['test']));
      expect(model.wait).toEqual({ for: 'sign-in' });
      expect(model.state).toBe('loading');
      expect(model.rows?.rowCount).toBe(1);
      gate.open('test');
      await running;
      expect(asked).toEqual(['me', 'me']);
      expect(model.wait).toBeNull();
      expect(model.state).toBe('done');
      expect(model.rows?.rowCount).toBe(2);
    });

    it('does not count the time that the user took to sign in', async () => {
      const { archive } = expiring(0);
      const now = vi.spyOn(Date, 'now').mockReturnValue(1_000_000);
      const model = new ResultModel(async (_id, work) => {
        now.mockReturnValue(1_060_000);
        return work();
      });
      await model.run(archive, TABLE, QUERY, 'me');
      expect(model.seconds).toBe(0);
      expect(model.provenance?.startedAt).toBe(1_060_000);
      expect(model.provenance).toBe(model.asked);
    });

    it('says that it waits also where it could not begin', async () => {
      const { archive, asked } = expiring(0);
      const held = new PromiseDelegate<void>();
      const model = new ResultModel(async (_id, work) => {
        await held.promise;
        return work();
      });
      const running = model.run(archive, TABLE, QUERY, 'me');
      expect(model.wait).toEqual({ for: 'sign-in' });
      expect(asked).toEqual([]);
      held.resolve();
      await running;
      expect(model.wait).toBeNull();
      expect(model.state).toBe('done');
    });

    it('can be cancelled while it waits; rows that arrived stay', async () => {
      const gate = new SignInGate({
        ranOut: () => undefined,
        changed: () => undefined,
        isSignedIn: () => Promise.resolve(true)
      });
      const model = new ResultModel((id, work, signal) => gate.run(id, work, signal));
      const running = model.run(expiring(9).archive, TABLE, QUERY, 'me');
      await vi.waitFor(() => expect(gate.waiting).toEqual(['test']));
      model.cancel();
      await running;
      expect(model.state).toBe('partial');
      expect(model.wait).toBeNull();
      expect(model.rows?.rowCount).toBe(1);
    });

    it('fails where nothing can wait', async () => {
      const model = new ResultModel();
      await model.run(expiring(9).archive, TABLE, QUERY, 'me');
      expect(model.error).toMatchObject({ kind: 'expired' });
      expect(model.wait).toBeNull();
    });

    it('tells how long the service asks to wait', async () => {
      const seen: unknown[] = [];
      const model = new ResultModel();
      model.stateChanged.connect(({ wait }) => seen.push(wait));
      const archive = archiveOf((_query, _signal, how) => {
        how?.waits?.(5000);
        how?.waits?.(null);
        return events(GOOD);
      });
      await model.run(archive, TABLE, QUERY);
      expect(seen.slice(0, 3)).toEqual([null, { for: 'service', until: 5000 }, null]);
    });
  });
});
