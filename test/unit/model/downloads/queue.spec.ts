import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { DownloadQueue } from '../../../../src/model/downloads/queue.js';
import { DownloadServer } from '../../../../src/model/downloads/server.js';
import { SILENCE } from '../../../../src/model/downloads/lines.js';
import { ProtocolError } from '../../../../src/protocol/errors.js';
import { FakeCalls, file, totals } from '../../../support/downloads.js';

const GONE = new ProtocolError('unavailable', 'No connection to the Jupyter server.', {
  archive: '',
  hint: 'What is on screen stays.'
});
const PLAN = { folder: 'data', layout: 'flat', start: true } as const;

let calls: FakeCalls;
let queue: DownloadQueue;

beforeEach(() => {
  vi.useFakeTimers();
  calls = new FakeCalls();
  queue = new DownloadQueue(new DownloadServer(calls));
});

afterEach(() => {
  queue.dispose();
  vi.useRealTimers();
});

const soon = (milliseconds = 0) => vi.advanceTimersByTimeAsync(milliseconds);
const ids = () => queue.items.map(({ id }) => id);

/** Load the queue, and let the server tell what is in it. */
async function loaded(...items: ReturnType<typeof file>[]): Promise<void> {
  queue.load();
  await soon();
  calls.last.say({ items, totals: totals({ files: items.length }) });
  await soon();
}

describe('DownloadQueue', () => {
  it('follows no stream while nothing moves and nobody looks', async () => {
    await loaded(file('one', { state: 'done', end: 'saved' }));
    expect(ids()).toEqual(['one']);
    expect(calls.last.isOpen).toBe(false);
    await soon(120_000);
    expect(calls.streams).toHaveLength(1);
    const looking = queue.watch();
    await soon();
    calls.last.say({ items: [], totals: totals() });
    await soon();
    expect([calls.streams.length, calls.last.isOpen]).toEqual([2, true]);
    looking.dispose();
  });

  it('takes changes over: new files at the end, another order, files that are gone', async () => {
    await loaded(file('one'), file('two'));
    const half = file('one', { state: 'running', received: 29_300_000 });
    calls.last.say({ changed: [half, file('three')], totals: totals({ files: 3 }) });
    await soon();
    expect(ids()).toEqual(['one', 'two', 'three']);
    expect([queue.items[0].state, queue.totals.files]).toEqual(['running', 3]);
    const order = ['three', 'one', 'two'];
    calls.last.say({ changed: [], order, removed: [], totals: totals() });
    calls.last.say({ changed: [], removed: ['one'], totals: totals() });
    await soon();
    expect(ids()).toEqual(['three', 'two']);
  });

  it('reads lines however they are cut, letters of several bytes among them', async () => {
    queue.load();
    await soon();
    const name = 'M\u202F83 – größe.fits';
    const line = JSON.stringify({ items: [file('a', { name })], totals: totals() });
    const bytes = new TextEncoder().encode(`\n${line}\n\n`);
    for (const byte of bytes) {
      calls.last.bytes(Uint8Array.of(byte));
    }
    for (let turn = 0; turn < 100; turn += 1) {
      await soon();
    }
    expect(queue.items[0].name).toBe(name);
  });

  it('opens the stream anew when it breaks, and shows what there is meanwhile', async () => {
    await loaded(file('one'));
    calls.down = GONE;
    calls.last.break();
    await soon(1000);
    expect(queue.error?.message).toBe('No connection to the Jupyter server.');
    expect(ids()).toEqual(['one']);
    calls.down = null;
    await soon(30_000);
    expect(calls.streams).toHaveLength(2);
    calls.last.say({ items: [file('one'), file('new')], totals: totals() });
    await soon();
    expect([queue.error, ids()]).toEqual([null, ['one', 'new']]);
  });

  it('asks less and less often while the server is gone', async () => {
    // Pauses are random, up to twice the one before.
    vi.spyOn(Math, 'random').mockReturnValue(0.99);
    const stream = vi.spyOn(calls, 'stream');
    calls.down = GONE;
    queue.load();
    await soon(60_000);
    const early = stream.mock.calls.length;
    await soon(60_000);
    expect(early).toBeLessThan(16);
    expect(stream.mock.calls.length - early).toBeLessThan(early / 2);
  });

  it('takes a stream that says nothing for dead', async () => {
    await loaded(file('one'));
    await soon(SILENCE - 1000);
    calls.last.write('\n');
    await soon(SILENCE - 1000);
    expect(calls.streams).toHaveLength(1);
    await soon(SILENCE + 2000);
    expect(calls.streams).toHaveLength(2);
  });

  it('leaves the connection alone while nobody sees the page', async () => {
    await loaded(file('one'));
    queue.isVisible = false;
    await soon(60_000);
    expect([calls.streams.length, calls.last.isOpen]).toEqual([1, false]);
    queue.isVisible = true;
    await soon();
    expect(calls.streams).toHaveLength(2);
  });

  it('tells when a file is there, also one that the stream did not know yet', async () => {
    await loaded();
    calls.answer = () => ({ ids: ['new'] });
    const [id] = await queue.add([{ archive: 'eso', url: 'https://x.org/f' }], PLAN);
    const finished = queue.finished(id);
    await soon();
    calls.last.say({ items: [file('new')], totals: totals() });
    const path = 'data/new.fits';
    const done = file('new', { state: 'done', end: 'checked', path });
    calls.last.say({ changed: [done], totals: totals() });
    await soon();
    expect((await finished).path).toBe(path);
    expect(queue.defaults).toEqual({ folder: 'data', layout: 'flat' });
  });

  it('tells why a file is not there: it failed, or was cancelled, here or elsewhere', async () => {
    await loaded(file('bad'), file('off'), file('elsewhere'));
    const reasons = ['bad', 'off'].map(id =>
      queue.finished(id).catch((reason: unknown) => reason)
    );
    const message = 'A web page came instead of the file. Nothing was saved.';
    const failed = file('bad', { state: 'failed', kind: 'bad-answer', message });
    calls.last.say({ changed: [failed], removed: ['off'], totals: totals() });
    await soon();
    expect(await reasons[0]).toMatchObject({ kind: 'bad-answer', message });
    expect(await reasons[1]).toMatchObject({ kind: 'cancelled' });
    const stop = new AbortController();
    const left = queue.finished('elsewhere', stop.signal);
    stop.abort();
    await expect(left).rejects.toMatchObject({ kind: 'cancelled' });
  });

  it('adds very many files in several requests', async () => {
    calls.answer = (_, body) => ({
      ids: (body as { requests: { url: string }[] }).requests.map(({ url }) => url)
    });
    const requests = Array.from({ length: 12_000 }, (_, n) => ({
      archive: 'eso',
      url: `https://x.org/${n}`
    }));
    expect(await queue.add(requests, PLAN)).toEqual(requests.map(({ url }) => url));
    expect(calls.asked).toHaveLength(3);
  });

  it('asks for what is done with files', async () => {
    await queue.pause();
    await queue.move('a', 'b');
    await queue.move('a', null);
    await queue.cancel(['a']);
    await queue.script(['a', 'b']);
    expect(calls.asked).toEqual([
      { method: 'PATCH', path: 'downloads', body: { action: 'pause' } },
      {
        method: 'PATCH',
        path: 'downloads',
        body: { action: 'move', ids: ['a'], before: 'b' }
      },
      { method: 'PATCH', path: 'downloads', body: { action: 'move', ids: ['a'] } },
      { method: 'DELETE', path: 'downloads', body: { ids: ['a'] } },
      { method: 'GET', path: 'downloads/script?ids=a%2Cb' }
    ]);
  });

  it('says so where the server tells something else, and does not ask on', async () => {
    queue.load();
    await soon();
    calls.last.write('<html>Login</html>\n');
    await soon(120_000);
    expect(queue.error?.kind).toBe('bad-answer');
    expect(calls.streams).toHaveLength(1);
  });
});
