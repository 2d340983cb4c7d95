import { describe, expect, it } from 'vitest';

import type {
  ArchiveFactory,
  IArchive,
  IArchiveDefinition,
  IArchiveMeans
} from '../../../src/archives/archive.js';
import {
  ArchivesModel,
  type IArchiveMaker,
  type IArchiveStore
} from '../../../src/model/archives.js';
import { API_VERSION } from '../../../src/model/handshake.js';
import { ProtocolError } from '../../../src/protocol/errors.js';
import { streamVOTable } from '../../../src/protocol/votable/index.js';
import { archiveOf } from './rows.js';

function definition(id: string, rank: number): IArchiveDefinition {
  const { definition: template } = archiveOf(async function* () {});
  return { ...template, id, name: id.toUpperCase(), rank };
}

/** A server half that holds these definitions. */
function store(
  held: IArchiveDefinition[],
  over: Partial<IArchiveStore> = {}
): IArchiveStore {
  return {
    hello: async () => ({ version: '0.1.0', api: API_VERSION }),
    archives: async () => ({ archives: held, problems: [] }),
    addArchive: async ({ name }) => definition(name, 500),
    changeArchive: async (id, signIn) => ({
      ...definition(id, 500),
      signIn: { ...signIn }
    }),
    removeArchive: async () => undefined,
    ...over
  };
}

/** Means that reach nothing. */
const nowhere: IArchiveMeans = {
  transport: { request: () => Promise.reject(new Error('no network')) },
  readVOTable: streamVOTable
};

/** Makes archives that tell by which factory they were made. */
class Maker implements IArchiveMaker {
  create(made: IArchiveDefinition): IArchive {
    return this._factories.at(-1)?.(made, nowhere) ?? { definition: made };
  }

  register(_kind: string, factory: ArchiveFactory): () => void {
    this._factories.push(factory);
    return () => void this._factories.pop();
  }

  private readonly _factories: ArchiveFactory[] = [];
}

const maker = new Maker();

function ids(model: ArchivesModel): string[] {
  return model.archives.map(archive => archive.definition.id);
}

describe('ArchivesModel', () => {
  it('orders archives by rank, then by name', async () => {
    const model = new ArchivesModel(
      store([
        definition('z', 2),
        definition('b', 5),
        definition('a', 5),
        definition('s', 0)
      ]),
      maker
    );
    await model.refresh();
    await model.ready;
    expect(ids(model)).toEqual(['s', 'z', 'a', 'b']);
    expect(model.handshake).toEqual({ state: 'ok', version: '0.1.0' });
  });

  it('keeps the list when a later reading fails', async () => {
    let fail = false;
    const model = new ArchivesModel(
      store([], {
        archives: async () => {
          if (fail) {
            throw new ProtocolError(
              'unavailable',
              'The Jupyter server answered with an error.'
            );
          }
          return { archives: [definition('a', 1)], problems: ['b.json: no name.'] };
        }
      }),
      maker
    );
    await model.refresh();
    expect(model.problems).toEqual(['b.json: no name.']);
    fail = true;
    await model.refresh();
    expect(ids(model)).toEqual(['a']);
    expect(model.error?.kind).toBe('unavailable');
  });

  it.each([
    [
      'missing',
      new ProtocolError('not-found', 'The server half of Obsdeck is missing.')
    ],
    [
      'offline',
      new ProtocolError('unavailable', 'No connection to the Jupyter server.')
    ],
    ['offline', new TypeError('boom')]
  ])('tells that the server half is %s', async (state, error) => {
    const model = new ArchivesModel(
      store([], { hello: () => Promise.reject(error) }),
      maker
    );
    await model.refresh();
    expect(model.handshake?.state).toBe(state);
    expect(model.archives).toEqual([]);
  });

  it.each([
    ['older', API_VERSION - 1],
    ['newer', API_VERSION + 1]
  ])('tells that the server half is %s than the page', async (state, api) => {
    const model = new ArchivesModel(
      store([], { hello: async () => ({ version: '9.9', api }) }),
      maker
    );
    await model.refresh();
    expect(model.handshake).toEqual({ state, version: '9.9' });
  });

  it('takes over how one signs in to one of the user’s own', async () => {
    const model = new ArchivesModel(store([definition('a', 1)]), maker);
    await model.refresh();
    let told = 0;
    model.changed.connect(() => void (told += 1));
    await model.change('a', { kind: 'bearer' });
    expect(model.get('a')?.definition.signIn.kind).toBe('bearer');
    expect([ids(model), told]).toEqual([['a'], 1]);
  });

  it('adds and removes the user’s own', async () => {
    const model = new ArchivesModel(store([definition('a', 1)]), maker);
    await model.refresh();
    const added = await model.add({ name: 'mine', url: 'https://example.org/tap' });
    expect(added.definition.id).toBe('mine');
    expect(ids(model)).toEqual(['a', 'mine']);
    await model.remove('mine');
    expect(ids(model)).toEqual(['a']);
  });

  it('makes the capabilities anew when it learns a kind, and takes that back', async () => {
    const model = new ArchivesModel(store([definition('a', 1)]), new Maker());
    await model.refresh();
    const { discover } = archiveOf(async function* () {});
    const kind = model.addKind('ivoa', made => ({ definition: made, discover }));
    expect(model.get('a')?.discover).toBe(discover);
    kind.dispose();
    expect(model.get('a')?.discover).toBeUndefined();
  });
});
