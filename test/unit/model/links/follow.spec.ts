import { describe, expect, it } from 'vitest';

import { followLink } from '../../../../src/model/links/follow.js';
import { requestsOf } from '../../../../src/model/links/requests.js';
import { fetchText, MOST_TEXT } from '../../../../src/model/links/textfile.js';
import { ProtocolError } from '../../../../src/protocol/errors.js';
import type {
  ITransport,
  ITransportResponse
} from '../../../../src/protocol/transport.js';
import { FakeLinks, idOf, link, links, modelOf } from './support.js';

const HERE = 'https://x.example/links?ID=1';
const HOUR = 3_600_000;
const { signal } = new AbortController();

/** Signed the n-th time it is asked for, at a time in hours since 1970. */
function signed(n: number, hours: number): string {
  const date = new Date(hours * HOUR).toISOString().replace(/[-:]|\.\d+/g, '');
  return `https://s.example/a.fits?X-Goog-Date=${date}&X-Goog-Expires=3600&X-Goog-Signature=invented${n}`;
}

/** A service that signs anew for each question, and the model at a time in hours. */
function signing() {
  const clock = { hours: 0 };
  let n = 0;
  const service = new FakeLinks({
    [HERE]: () => {
      n += 1;
      const readAt = clock.hours * HOUR;
      return links([link({ accessUrl: signed(n, clock.hours) })], [], readAt);
    }
  });
  const model = modelOf(service, [HERE], { now: () => clock.hours * HOUR });
  return { clock, service, model };
}

describe('followLink', () => {
  it('reads an old signed address again before it is used, without a question', async () => {
    const { clock, service, model } = signing();
    await model.load();
    const id = idOf(model, 'a.fits (fits)');
    const urls: string[] = [];
    const note = ({ url }: { url: string }): Promise<void> => {
      urls.push(url);
      return Promise.resolve();
    };
    await followLink(model, id, signal, note);
    expect(service.asked).toHaveLength(1);
    clock.hours = 2;
    await followLink(model, id, signal, note);
    expect(service.asked).toHaveLength(2);
    expect(urls).toEqual([signed(1, 0), signed(2, 2)]);
  });

  it('RUBIN-38: asks once more where the store refuses the signature, then gives up', async () => {
    const { service, model } = signing();
    await model.load();
    const urls: string[] = [];
    const refused = followLink(
      model,
      idOf(model, 'a.fits (fits)'),
      signal,
      ({ url }) => {
        urls.push(url);
        return Promise.reject(
          new ProtocolError('rejected', 'Expired.', { status: 400 })
        );
      }
    );
    await expect(refused).rejects.toThrow('Expired.');
    expect(urls).toEqual([signed(1, 0), signed(2, 0)]);
    expect(service.asked).toHaveLength(2);
  });

  it('reads the links of many old addresses once', async () => {
    const { clock, service, model } = signing();
    await model.load();
    clock.hours = 2;
    const id = idOf(model, 'a.fits (fits)');
    await Promise.all([1, 2, 3].map(() => model.fresh(id, signal)));
    expect(service.asked).toHaveLength(2);
  });

  it('reads them for those who still wait where another one has left', async () => {
    const { clock, service, model } = signing();
    await model.load();
    clock.hours = 2;
    const id = idOf(model, 'a.fits (fits)');
    const preview = new AbortController();
    const [shown, saved] = [model.fresh(id, preview.signal), model.fresh(id, signal)];
    preview.abort();
    await expect(shown).rejects.toMatchObject({ kind: 'cancelled' });
    expect((await saved).accessUrl).toBe(signed(2, 2));
    expect(service.asked).toHaveLength(2);
  });

  it('asks nothing any more for a tab that was closed', async () => {
    const { service, model } = signing();
    model.dispose();
    await model.load('me');
    expect(service.asked).toEqual([]);
    expect(model.reading.state).toBe('idle');
  });

  it('carries nobody’s name to an address that is a key by itself', async () => {
    const { model, service } = signing();
    await model.load('me');
    const as = await followLink(model, idOf(model, 'a.fits (fits)'), signal, followed =>
      Promise.resolve(followed.as)
    );
    expect(service.askedAs).toEqual(['me']);
    expect(as).toBeUndefined();
  });

  it('says so where the links have it no longer', async () => {
    const { clock, service, model } = signing();
    await model.load();
    clock.hours = 2;
    service.answers = { [HERE]: links([]) };
    const asked = model.fresh(idOf(model, 'a.fits (fits)'), signal);
    await expect(asked).rejects.toThrow('The links of this row have it no longer.');
  });
});

describe('requestsOf', () => {
  it('asks for fresh addresses, and says where they are found again', async () => {
    const { clock, model } = signing();
    await model.load();
    clock.hours = 2;
    const requests = await requestsOf(model, [idOf(model, 'a.fits (fits)')], signal);
    expect(requests).toMatchObject([
      {
        archive: 'x',
        url: signed(2, 2),
        observation: HERE,
        source: { links: HERE, id: 'ivo://x/1', semantics: '#this' }
      }
    ]);
  });

  it('takes a file that the row itself names', async () => {
    const url = 'https://x.example/row.fits';
    const service = new FakeLinks({
      [url]: links([link({ accessUrl: url, contentLength: 7 })])
    });
    const source = {
      kind: 'file',
      url,
      id: 'row',
      contentType: null,
      size: 7
    } as const;
    const model = modelOf(service, [], {
      subjects: [{ name: 'row', source }],
      as: 'me'
    });
    await model.load();
    const requests = await requestsOf(model, [idOf(model, 'row.fits (fits)')], signal);
    expect(requests).toEqual([
      {
        archive: 'x',
        as: 'me',
        url,
        observation: 'row',
        size: 7,
        contentType: 'application/fits'
      }
    ]);
  });
});

/** Answers everything with these bytes. */
function answering(
  bytes: Uint8Array<ArrayBuffer>,
  status = 200,
  type = 'text/plain'
): ITransport {
  const answer: ITransportResponse = {
    status,
    url: 'https://x.example/log?Signature=invented',
    header: name => (name === 'content-type' ? type : null),
    body: new Blob([bytes]).stream()
  };
  return { request: () => Promise.resolve(answer) };
}

const WHERE = { archive: 'x', url: 'https://x.example/log' };

const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(text);

describe('fetchText', () => {
  const read = async (transport: ITransport): Promise<string> =>
    (await fetchText(transport, WHERE, signal)).text;

  it('reads night logs in whatever encoding they have', async () => {
    expect(await read(answering(bytesOf('seeing 0.8″, Muñoz')))).toBe(
      'seeing 0.8″, Muñoz'
    );
    expect(await read(answering(new Uint8Array([0x4d, 0x75, 0xf1, 0x6f, 0x7a])))).toBe(
      'Muñoz'
    );
    expect(await read(answering(new Uint8Array([0xff, 0xfe, 0x41, 0x00])))).toBe('A');
    const latin2 = answering(
      new Uint8Array([0xb3]),
      200,
      'text/plain; charset=iso-8859-2'
    );
    expect(await read(latin2)).toBe('ł');
  });

  it('shows the beginning of a text without end, also where that cuts a letter in two', async () => {
    const long = bytesOf(`a${'ñ'.repeat(MOST_TEXT)}`);
    const { text, isCut } = await fetchText(answering(long), WHERE, signal);
    expect(isCut).toBe(true);
    expect(text).toMatch(/^añ+$/);
  });

  it('takes no web page and no other file for a text', async () => {
    await expect(
      read(answering(bytesOf('\n<!DOCTYPE html><p>Sign in')))
    ).rejects.toThrow('A web page came instead of the text.');
    await expect(read(answering(new Uint8Array([0x53, 0, 1])))).rejects.toThrow(
      'The file is no text.'
    );
  });

  it('tells a refusal in the words of the archive, and no address', async () => {
    const refused = read(answering(bytesOf('No such file.'), 404));
    await expect(refused).rejects.toThrow('No such file.');
    const error = (await refused.catch((reason: unknown) => reason)) as ProtocolError;
    expect(JSON.stringify(error.details)).not.toContain('invented');
  });
});
