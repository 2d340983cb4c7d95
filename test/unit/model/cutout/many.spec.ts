import { describe, expect, it } from 'vitest';

import type { IArchive } from '../../../../src/archives/archive.js';
import type { LinkSource } from '../../../../src/archives/links.js';
import { ManyCutouts, type WantedRow } from '../../../../src/model/cutout/many.js';
import { dataFacts } from '../../../../src/model/cutout/facts.js';
import type { ILinks } from '../../../../src/protocol/datalink/index.js';
import { ProtocolError } from '../../../../src/protocol/errors.js';
import { MemoryQueue, meansFor, type Fetcher } from '../../../support/cutouts.js';

function sourceOf(id: string): LinkSource {
  return { kind: 'document', url: `https://x.example/links?ID=${id}`, id };
}

/** Links with one cutout service that takes circles. */
function links(id: string): ILinks {
  const parameter = {
    name: 'CIRCLE',
    id: null,
    datatype: 'double',
    arraysize: '3',
    unit: 'deg',
    ucd: null,
    utype: null,
    xtype: 'circle',
    description: null,
    nullValue: null,
    value: '',
    ref: null,
    options: [],
    min: null,
    max: null,
    kind: 'free'
  } as const;
  const service = {
    id: 's',
    name: null,
    description: null,
    accessUrl: `https://x.example/soda?ID=${id}`,
    standardId: 'ivo://ivoa.net/std/SODA#sync-1.0',
    contentType: null,
    exampleUrls: [],
    parameters: [parameter]
  };
  const link = {
    id,
    accessUrl: null,
    serviceDef: 's',
    error: null,
    description: null,
    semantics: '#cutout',
    localSemantics: null,
    contentType: null,
    contentLength: null,
    contentQualifier: null,
    auth: null,
    authorized: null,
    flaw: null,
    extras: {}
  };
  return {
    links: [link],
    services: new Map([['s', service]]),
    isPartial: false,
    readAt: 0,
    warnings: []
  };
}

function row(id: string, more: { ra?: number; source?: null } = {}): WantedRow {
  const { ra = 10 } = more;
  const sky = { region: null, ra, dec: 0, fov: 1 };
  const source = more.source === null ? null : sourceOf(id);
  return {
    subject: { id, title: id, source, facts: dataFacts(sky) },
    marks: ['r']
  };
}

function many(rows: readonly WantedRow[], fetch: Fetcher) {
  const archive = {
    definition: { id: 'x', name: 'X' },
    links: {
      read: async function* (sources: readonly LinkSource[]) {
        for (const [index, { id }] of sources.entries()) {
          const answer = /broken/.test(id)
            ? new ProtocolError('unavailable', 'The links are broken.')
            : links(id);
          yield { index, answer };
        }
      }
    }
  } as unknown as IArchive;
  const queue = new MemoryQueue(fetch);
  return { cutouts: new ManyCutouts(rows, meansFor(archive, queue)), queue };
}

const BYTES = new Uint8Array([1]);

describe('ManyCutouts', () => {
  it('cuts around the position of each row, and tells of each row what came of it', async () => {
    const { cutouts, queue } = many(
      [
        row('one', { ra: 10 }),
        row('none', { source: null }),
        row('two', { ra: 20 }),
        row('empty'),
        row('broken'),
        row('refused')
      ],
      ({ url }) => {
        if (url.includes('empty')) {
          return Promise.reject(new ProtocolError('not-found', 'No pixels there.'));
        }
        return url.includes('refused')
          ? Promise.reject(new ProtocolError('rejected', 'UsageError: no'))
          : Promise.resolve(BYTES);
      }
    );
    await cutouts.run({ radius: 0.25, at: null });
    expect(cutouts.entries.map(({ state }) => state)).toEqual([
      'done',
      'failed',
      'done',
      'empty',
      'failed',
      'failed'
    ]);
    expect(cutouts.entries.map(({ words }) => words)).toEqual([
      '',
      'This row has no links.',
      '',
      'No pixels there.',
      'The links are broken.',
      'UsageError: no'
    ]);
    const circles = queue.asked.map(({ url }) =>
      new URL(url).searchParams.get('CIRCLE')
    );
    expect(circles.slice(0, 2).sort()).toEqual(['10 0 0.25', '20 0 0.25']);
    expect(cutouts.isRunning).toBe(false);
    expect(cutouts.over).toBe(6);
  });

  it('cuts the same place out of all rows; a row that does not have it has no pixels', async () => {
    const rows = [row('here', { ra: 10 }), row('far', { ra: 200 })];
    const { cutouts, queue } = many(rows, () => Promise.resolve(BYTES));
    await cutouts.run({ radius: 0.1, at: { ra: 10.2, dec: 0.1 } });
    expect(cutouts.entries.map(({ state }) => state)).toEqual(['done', 'empty']);
    expect(
      queue.asked.map(({ url }) => new URL(url).searchParams.get('CIRCLE'))
    ).toEqual(['10.2 0.1 0.1']);
  });

  it('stops, and keeps what is saved', async () => {
    const rows = ['a', 'b', 'c', 'd', 'e', 'f'].map(id => row(id));
    const { cutouts, queue } = many(rows, ({ url }) =>
      url.includes('ID=a') ? Promise.resolve(BYTES) : new Promise(() => undefined)
    );
    const run = cutouts.run({ radius: 0.1, at: null });
    await new Promise<void>(resolve =>
      cutouts.changed.connect(() => {
        if (cutouts.entries[0].state === 'done') {
          resolve();
        }
      })
    );
    cutouts.cancel();
    await run;
    const states = cutouts.entries.map(({ state }) => state);
    expect(states[0]).toBe('done');
    expect(new Set(states.slice(1))).toEqual(new Set(['stopped']));
    expect(queue.cancelled).not.toContain('1');
    expect(queue.asked.length).toBeLessThan(rows.length);
  });
});
