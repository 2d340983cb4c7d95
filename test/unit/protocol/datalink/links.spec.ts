import { describe, expect, it } from 'vitest';

import {
  appendQuery,
  goodUntil,
  isLinksType,
  readLinks,
  signatureOf,
  withoutSignature
} from '../../../../src/protocol/datalink/index.js';
import { linksTable } from '../../../support/linkserver.js';

const ORIGIN = { url: 'https://archive.example/dl/links?ID=x', readAt: 7 };

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

describe('a document of links', () => {
  it('of 10,000 rows is read whole, rows of an id together', async () => {
    const ids = Array.from({ length: 5000 }, (_, index) => `ivo://x/${index}`);
    const { links, readAt } = await readLinks(bytes(linksTable(ids)), ORIGIN);
    expect(links).toHaveLength(10_000);
    expect(links.filter((_, place) => place % 2 === 0).map(({ id }) => id)).toEqual(
      ids
    );
    expect(readAt).toBe(7);
  });

  it('with columns missing is read as far as it goes', async () => {
    const text =
      '<VOTABLE><RESOURCE><TABLE><FIELD name="access_url" datatype="char" arraysize="*"/>' +
      '<DATA><TABLEDATA><TR><TD>../files/a.fits</TD></TR></TABLEDATA></DATA></TABLE></RESOURCE></VOTABLE>';
    const { links } = await readLinks(bytes(text), { ...ORIGIN, id: 'asked' });
    expect(links[0]).toMatchObject({
      id: 'asked',
      accessUrl: 'https://archive.example/files/a.fits',
      semantics: '',
      contentLength: null,
      flaw: null
    });
  });

  it('that is an error throws in the words of the service', async () => {
    const text =
      '<VOTABLE><RESOURCE type="results"><INFO name="QUERY_STATUS" value="ERROR">NotFoundFault: no x</INFO></RESOURCE></VOTABLE>';
    await expect(readLinks(bytes(text), ORIGIN)).rejects.toMatchObject({
      kind: 'not-found',
      message: 'no x'
    });
  });

  it('says when more was asked for than it answers', async () => {
    const answer = await readLinks(bytes(linksTable(['a'], true)), ORIGIN);
    expect(answer.isPartial).toBe(true);
  });

  it('is known by its media type in any spelling', () => {
    const types = [
      'application/x-votable+xml;content=datalink',
      'text/xml; CONTENT = "datalink"; charset=utf-8'
    ];
    expect(types.every(isLinksType)).toBe(true);
    expect(isLinksType('application/x-votable+xml')).toBe(false);
  });
});

describe('a signed address', () => {
  const google =
    'https://s.example/b/x.fits?X-Goog-Algorithm=a&X-Goog-Date=20261122T100000Z&X-Goog-Expires=3600&X-Goog-Signature=feed&keep=%7E';
  const end = Date.UTC(2026, 10, 22, 11);

  it('says when it ends', () => {
    const amazon = google.replaceAll('X-Goog-', 'X-Amz-');
    expect(signatureOf(google)?.expires).toBe(end);
    expect(signatureOf(amazon)?.expires).toBe(end);
    const old = 'https://s.example/x?AWSAccessKeyId=a&Expires=1800000000&Signature=b';
    expect(signatureOf(old)?.expires).toBe(1_800_000_000_000);
    const azure = 'https://s.example/x?sv=1&se=2026-11-22T11%3A00%3A00Z&sig=feed';
    expect(signatureOf(azure)?.expires).toBe(end);
  });

  it('that does not say is good for an hour, a minute less for slow clocks', () => {
    const url = 'https://s.example/x?X-Amz-Signature=abcdef';
    expect(signatureOf(url)).toEqual({ expires: null });
    expect(goodUntil(url, 1000)).toBe(1000 + 59 * 60_000);
    expect(goodUntil(google, 0)).toBe(end - 60_000);
    expect(goodUntil('https://s.example/x?expires=1', 0)).toBeNull();
  });

  it('is shown without what makes it a credential, the rest as it was', () => {
    expect(withoutSignature(google)).toBe('https://s.example/b/x.fits?keep=%7E');
    const plain = 'https://s.example/x?expires=1&st=2&ID=a%20b';
    expect(withoutSignature(plain)).toBe(plain);
  });
});

describe('parameters behind an address', () => {
  it.each([
    ['https://s.example/run', 'https://s.example/run?ID=a%20b'],
    ['https://s.example/run?', 'https://s.example/run?ID=a%20b'],
    ['https://s.example/run?x=%7E&', 'https://s.example/run?x=%7E&ID=a%20b'],
    ['https://s.example/run?x=1#y', 'https://s.example/run?x=1&ID=a%20b'],
    ['https://s.example/run?ID=a+b', 'https://s.example/run?ID=a+b']
  ])('%s', (url, expected) => {
    expect(appendQuery(url, [['ID', 'a b']])).toBe(expected);
  });
});
