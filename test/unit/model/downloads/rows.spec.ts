import { describe, expect, it, vi } from 'vitest';

import type {
  ILinkService,
  LinkSource,
  RowCell
} from '../../../../src/archives/links.js';
import { readAddresses } from '../../../../src/model/downloads/addresses.js';
import { filesOfRows, type IWantedRows } from '../../../../src/model/downloads/rows.js';
import type { ILink } from '../../../../src/protocol/datalink/types.js';
import { ProtocolError } from '../../../../src/protocol/errors.js';

function link(more: Partial<ILink> = {}): ILink {
  return {
    id: 'ivo://x/1',
    accessUrl: 'https://files.x.org/1.fits?X-Amz-Signature=abc',
    serviceDef: null,
    error: null,
    description: null,
    semantics: '#this',
    localSemantics: null,
    contentType: 'application/fits',
    contentLength: 5000,
    contentQualifier: null,
    auth: null,
    authorized: null,
    flaw: null,
    extras: {},
    ...more
  };
}

/** An archive whose rows name their links by id; `file:` ids are files themselves. */
function service(answers: Record<string, readonly ILink[] | ProtocolError>) {
  const asked: { ids: string[]; as?: string }[] = [];
  const links: Pick<ILinkService, 'sourceOf' | 'read'> = {
    sourceOf: row => {
      const id = String(row('id') ?? '');
      if (id === '') {
        return null;
      }
      const source = { url: `https://x.org/links?ID=${id}`, id };
      return id.startsWith('file:')
        ? {
            ...source,
            kind: 'file',
            url: `https://x.org/${id.slice(5)}`,
            contentType: 'application/fits',
            size: 7000
          }
        : { ...source, kind: 'document' };
    },
    async *read(sources: readonly LinkSource[], _signal, how) {
      asked.push({ ids: sources.map(({ id }) => id), ...how });
      for (const [index, { id }] of sources.entries()) {
        const answer = answers[id] ?? [];
        yield {
          index,
          answer:
            answer instanceof ProtocolError
              ? answer
              : {
                  links: answer,
                  services: new Map(),
                  isPartial: false,
                  readAt: 0,
                  warnings: []
                }
        };
      }
    }
  };
  return { links: links as ILinkService, asked };
}

const cells = (id: string, more: Record<string, string> = {}): RowCell => {
  return column => ({ id, ...more })[column] ?? null;
};

function wanted(
  links: ILinkService,
  rows: readonly RowCell[],
  mine: readonly RowCell[] = []
): IWantedRows {
  const found = { service: 'https://x.org/tap', query: 'SELECT 1' };
  return { archive: 'x', links, rows, asMe: row => mine.includes(row), found };
}

const never = new AbortController().signal;

describe('files of rows', () => {
  it('takes files as they are, and reads the links of the others', async () => {
    const { links, asked } = service({ 'ivo://x/1': [link()] });
    const progress: [number, number][] = [];
    const rows = [
      cells('ivo://x/1', { dataproduct_type: 'image' }),
      cells('file:a.fits'),
      cells('')
    ];
    const files = await filesOfRows(wanted(links, rows), never, (...now) =>
      progress.push(now)
    );
    expect(asked).toEqual([{ ids: ['ivo://x/1'] }]);
    expect(files.requests.map(({ url }) => url)).toEqual([
      'https://files.x.org/1.fits?X-Amz-Signature=abc',
      'https://x.org/a.fits'
    ]);
    expect(files.requests[0]).toMatchObject({
      archive: 'x',
      size: 5000,
      category: 'image',
      observation: 'ivo://x/1',
      source: { links: 'https://x.org/links?ID=ivo://x/1', semantics: '#this' },
      found: { query: 'SELECT 1' }
    });
    expect(files.none).toBe(1);
    expect(progress).toEqual([
      [1, 2],
      [2, 2]
    ]);
  });

  it('takes the file itself only: no preview, no service, no error, no further links', async () => {
    const { links } = service({
      one: [
        link({ semantics: '#preview', accessUrl: 'https://x.org/p.png' }),
        link({ accessUrl: null, serviceDef: 'soda' }),
        link({ contentType: 'application/x-votable+xml;content=datalink' }),
        link({
          semantics: 'http://www.ivoa.net/rdf/datalink/core#this',
          accessUrl: 'https://x.org/ok.fits',
          extras: { eso_category: 'IFS_FLAT', eso_origfile: 'ok.fits' }
        })
      ],
      two: [link({ error: { fault: 'NotFoundFault', message: 'no such id' } })],
      three: new ProtocolError('timeout', 'The service did not answer.', {
        archive: 'X'
      })
    });
    const rows = ['one', 'two', 'three'].map(id => cells(id));
    const files = await filesOfRows(wanted(links, rows), never, () => undefined);
    expect(files.requests).toMatchObject([
      { url: 'https://x.org/ok.fits', name: 'ok.fits', category: 'IFS_FLAT' }
    ]);
    expect(files.problems).toEqual([
      'two: no such id',
      'three: X: The service did not answer.'
    ]);
  });

  it('takes the estimate of a row for the size of its only file, where the link has none', async () => {
    const bare = (url: string): ILink =>
      link({ accessUrl: `https://x.org/${url}`, contentLength: null });
    const { links } = service({
      one: [bare('one.fits')],
      told: [link()],
      two: [bare('two-a.fits'), bare('two-b.fits')]
    });
    const rows = ['one', 'told', 'two'].map(id => cells(id, { access_estsize: '12' }));
    const files = await filesOfRows(wanted(links, rows), never, () => undefined);
    expect(files.requests.map(({ size }) => size)).toEqual([
      12_000,
      5000,
      undefined,
      undefined
    ]);
  });

  it('asks in the user’s name about those rows that want it, and for each file once', async () => {
    const { links, asked } = service({ a: [link()], b: [link()] });
    const rows = [cells('a'), cells('b')];
    const files = await filesOfRows(
      wanted(links, rows, [rows[1]]),
      never,
      () => undefined
    );
    expect(asked).toEqual([{ ids: ['a'] }, { ids: ['b'], as: 'me' }]);
    expect(files.requests).toMatchObject([{ as: 'me' }]);
  });

  it('lets the page have its turn while it goes through many rows', async () => {
    const { links } = service({});
    let [clock, seen] = [0, 0];
    const now = vi.spyOn(performance, 'now').mockImplementation(() => (clock += 1));
    const slow = {
      ...links,
      sourceOf: (row: RowCell) => {
        seen += 1;
        return links.sourceOf(row);
      }
    };
    const rows = Array.from({ length: 5000 }, (_, at) => cells(`file:${at}.fits`));
    const turn = new Promise<number>(resolve => setTimeout(() => resolve(seen)));
    const files = filesOfRows(wanted(slow, rows), never, () => undefined);
    expect(await turn).toBeLessThan(5000);
    expect((await files).requests).toHaveLength(5000);
    now.mockRestore();
  });

  it('asks about none where the list has not room for all', async () => {
    const { links, asked } = service({});
    const rows = Array.from({ length: 20_001 }, () => cells('a'));
    await expect(
      filesOfRows(wanted(links, rows), never, () => undefined)
    ).rejects.toThrow('the list of downloads has room for 20,000');
    expect(asked).toEqual([]);
  });

  it('ends as cancelled', async () => {
    const stop = new AbortController();
    stop.abort();
    const { links } = service({});
    const files = filesOfRows(
      wanted(links, [cells('a')]),
      stop.signal,
      () => undefined
    );
    await expect(files).rejects.toMatchObject({ kind: 'cancelled' });
  });
});

describe('a list of addresses', () => {
  it('takes http and https, each once, and tells what it left out', () => {
    const list = readAddresses(
      [
        '# frames',
        ' https://x.org/a.fits ',
        'https://x.org/a.fits',
        '',
        'http://y.org/b?x=1&y=%2F',
        'file:///etc/passwd',
        'javascript:alert(1)',
        'https://user:secret@x.org/c',
        'c.fits'
      ].join('\r\n'),
      'x'
    );
    expect(list.requests).toEqual([
      { archive: 'x', url: 'https://x.org/a.fits' },
      { archive: 'x', url: 'http://y.org/b?x=1&y=%2F' }
    ]);
    expect([list.refusedCount, list.refused.length]).toEqual([4, 3]);
  });
});
