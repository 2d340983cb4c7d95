import { describe, expect, it } from 'vitest';

import type { IArchive, IResolver } from '../../../src/archives/archive.js';
import { createIvoaArchive, withResolvers } from '../../../src/archives/index.js';
import { streamVOTable } from '../../../src/protocol/votable/index.js';
import { FakeTransport } from '../../support/transport.js';
import { archiveOf } from '../model/rows.js';

const asked: string[] = [];

/** A resolver that knows one name, or is down. */
function resolver(title: string, known: string | null): IResolver {
  return {
    title,
    resolve: name => {
      asked.push(title);
      return known === null
        ? Promise.reject(new Error(`${title} is down`))
        : Promise.resolve(name === known ? [{ name, ra: 1, dec: 2, by: title }] : []);
    }
  };
}

function archive(id: string, rank: number, resolve?: IResolver): IArchive {
  const base = archiveOf(() => {
    throw new Error('An archive was asked.');
  });
  const definition = { ...base.definition, id, name: id, rank };
  return { definition, discover: base.discover, ...(resolve && { resolve }) };
}

function only(id: string, rank: number, resolve: IResolver): IArchive {
  return { definition: archive(id, rank).definition, resolve };
}

async function ask(archives: readonly IArchive[], name: string) {
  asked.length = 0;
  const [first] = withResolvers(archives);
  return first.resolve?.resolve(name);
}

describe('withResolvers', () => {
  const eso = archive('eso', 10);
  const sandbox = archive('sandbox', 0, resolver('Sandbox', 'Nowhere 1'));
  const cds = only('cds', 95, resolver('CDS Sesame', 'M 83'));

  it('asks the archive’s own resolver first, then the others by rank', async () => {
    const own = archive('own', 50, resolver('Own', 'none'));
    expect(await ask([own, cds, sandbox], 'M 83')).toMatchObject([
      { by: 'CDS Sesame' }
    ]);
    expect(asked).toEqual(['Own', 'Sandbox', 'CDS Sesame']);
    expect(withResolvers([own, cds, sandbox])[0].resolve?.title).toBe(
      'Own, Sandbox and CDS Sesame'
    );
  });

  it('asks nobody further once the name is known', async () => {
    await ask([sandbox, cds], 'Nowhere 1');
    expect(asked).toEqual(['Sandbox']);
  });

  it('sends no position to anybody, also none out of range', async () => {
    expect(await ask([eso, cds], '10 20')).toEqual([]);
    expect(await ask([eso, cds], '10 91')).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('finds what one knows though another is down', async () => {
    const down = only('down', 5, resolver('Down', null));
    expect(await ask([eso, down, cds], 'M 83')).toHaveLength(1);
  });

  it('calls no name unknown that somebody who was not reached may know', async () => {
    const down = only('down', 99, resolver('Down', null));
    await expect(ask([eso, sandbox, cds, down], 'M 84')).rejects.toMatchObject({
      message: 'Down is down Sandbox and CDS Sesame do not know ‘M 84’.'
    });
    await expect(ask([eso, down], 'M 83')).rejects.toMatchObject({
      message: 'Down is down'
    });
  });

  it('leaves alone what cannot be searched, and archives nobody can help', () => {
    expect(withResolvers([eso, cds])[1]).toBe(cds);
    expect(withResolvers([eso])[0].resolve).toBeUndefined();
  });
});

describe('an archive that only resolves', () => {
  const definition = {
    ...archive('cds', 1).definition,
    services: {
      sesame: [
        { url: 'https://a.org/-oxp/SNV?', title: 'A' },
        { url: 'https://b.org/-oxp/SNV?', title: 'B' }
      ]
    }
  };

  it('tries the mirror where the first is down, and cannot be searched', async () => {
    const transport = new FakeTransport(({ url }) =>
      url.startsWith('https://a.org')
        ? new Response('', { status: 502 })
        : new Response(
            '<Sesame><Resolver name="S=Simbad"><jradeg>1</jradeg><jdedeg>2</jdedeg></Resolver></Sesame>'
          )
    );
    const made = createIvoaArchive(definition, {
      transport,
      readVOTable: streamVOTable
    });
    expect(made.discover).toBeUndefined();
    expect(await made.resolve?.resolve('M 1')).toEqual([
      { name: 'M 1', ra: 1, dec: 2, by: 'Simbad' }
    ]);
  });

  it('gives the words of the first where both are down', async () => {
    const transport = new FakeTransport(
      ({ url }) =>
        new Response(url.includes('a.org') ? 'First' : 'Second', { status: 500 })
    );
    const made = createIvoaArchive(definition, {
      transport,
      readVOTable: streamVOTable
    });
    await expect(made.resolve?.resolve('M 1')).rejects.toMatchObject({
      details: { serviceMessage: 'First' }
    });
  });
});
