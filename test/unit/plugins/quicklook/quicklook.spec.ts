import { Signal } from '@lumino/signaling';
import { describe, expect, it, vi } from 'vitest';

import type { IArchive } from '../../../../src/archives/archive.js';
import type {
  IDownload,
  IDownloadQueue
} from '../../../../src/model/downloads/types.js';
import type { IRowTarget } from '../../../../src/model/quicklook/types.js';
import {
  remoteMeans,
  requestOf
} from '../../../../src/plugins/quicklook/quicklookremote.js';
import {
  isFits,
  readTarget,
  writeTarget
} from '../../../../src/plugins/quicklook/quicklooktarget.js';
import type { IArchiveRegistry, ITransport } from '../../../../src/tokens.js';

const archive = {
  definition: { id: 'x', name: 'Archive X', signIn: { kind: 'none' } },
  links: {
    sourceOfId: (id: string) => ({
      kind: 'service',
      url: 'https://x.example/links',
      id
    })
  }
} as unknown as IArchive;

const archives = {
  get: (id: string) => (id === 'x' ? archive : undefined)
} as IArchiveRegistry;

const ROW: IRowTarget = {
  kind: 'row',
  archive: 'x',
  id: 'ivo://x/1',
  title: 'obs-1',
  source: { kind: 'document', url: 'https://x.example/links?ID=1', id: 'ivo://x/1' },
  file: {
    url: 'https://s3.example/1.fits?X-Amz-Signature=0123456789abcdef&X-Amz-Expires=3600',
    size: 1000,
    contentType: 'application/fits',
    semantics: '#this'
  },
  preview: 'https://s3.example/1.png?X-Amz-Signature=0123456789abcdef',
  sky: { region: null, ra: null, dec: null, fov: null }
};

describe('FITS files', () => {
  it('are known by their names, compressed or not', () => {
    for (const name of [
      'a.fits',
      'b.FIT',
      'c.fts',
      'd.fits.gz',
      'e.fits.fz',
      'f.fits.Z'
    ]) {
      expect(isFits(`data/${name}`)).toBe(true);
    }
    for (const name of ['a.txt', 'fits', 'a.fits.html', 'a.fits.part', 'outfits']) {
      expect(isFits(name)).toBe(false);
    }
  });
});

describe('Targets of Quick look', () => {
  it('are read from arguments of the command', () => {
    expect(readTarget({ path: 'a/b.fits' }, archives)).toEqual({
      kind: 'file',
      path: 'a/b.fits'
    });
    const url = 'https://x.example/a%20b.fits';
    expect(readTarget({ archive: 'x', url, size: 5 }, archives)).toMatchObject({
      kind: 'row',
      title: 'a b.fits',
      file: { url, size: 5 }
    });
    const odd = { archive: 'x', url: 'https://x.example/100%.fits' };
    expect(readTarget(odd, archives)).toMatchObject({ title: '100%.fits' });
    expect(readTarget({ archive: 'x', id: 'ivo://x/1' }, archives)).toMatchObject({
      id: 'ivo://x/1',
      source: { kind: 'service' }
    });
  });

  it('are refused where they lead nowhere, or somewhere else', () => {
    expect(readTarget({}, archives)).toBeNull();
    expect(readTarget({ archive: 'gone', id: '1' }, archives)).toBeNull();
    for (const url of ['javascript:alert(1)', 'file:///etc/passwd', 'http:']) {
      expect(readTarget({ archive: 'x', url }, archives)).toBeNull();
    }
  });

  it('are kept with the layout without any address', () => {
    const kept = JSON.stringify([
      writeTarget(ROW),
      writeTarget({ kind: 'file', path: 'a.fits', origin: ROW })
    ]);
    expect(kept).not.toContain('http');
    expect(kept).not.toContain('Signature');
    const url = 'https://s3.example/2.fits?X-Amz-Signature=0123456789abcdef';
    const named = readTarget({ archive: 'x', url }, archives);
    expect(JSON.stringify(named && writeTarget(named))).not.toContain('Signature');
    expect(readTarget(JSON.parse(kept)[1], archives)).toMatchObject({
      kind: 'file',
      path: 'a.fits',
      origin: { id: 'ivo://x/1', title: 'obs-1' }
    });
  });
});

describe('Downloads from Quick look', () => {
  it('say where a fresh address comes from', () => {
    expect(requestOf(ROW, 'me')).toEqual({
      archive: 'x',
      url: ROW.file?.url,
      as: 'me',
      observation: 'ivo://x/1',
      size: 1000,
      contentType: 'application/fits',
      source: {
        links: 'https://x.example/links?ID=1',
        id: 'ivo://x/1',
        semantics: '#this'
      }
    });
  });

  it('go through the queue, tell how far they are, and leave it when nobody waits', async () => {
    const changed = new Signal<object, void>({});
    const items: Partial<IDownload>[] = [];
    let done: (item: Partial<IDownload>) => void = () => undefined;
    const queue = {
      items,
      changed,
      defaults: { folder: 'obsdeck', layout: 'flat' },
      add: vi.fn(async () => ['7']),
      cancel: vi.fn(async () => undefined),
      finished: (_id: string, signal: AbortSignal) =>
        new Promise((resolve, reject) => {
          done = resolve;
          const leave = (): void => reject(new Error('Nobody waits.'));
          signal.addEventListener('abort', leave);
          if (signal.aborted) {
            leave();
          }
        })
    } as unknown as IDownloadQueue;
    const { download } = remoteMeans({} as ITransport, archives, queue);
    const progress = vi.fn();
    const stop = new AbortController();
    const path = download!(ROW, progress, stop.signal);
    await vi.waitFor(() => expect(queue.add).toHaveBeenCalled());
    await new Promise(resolve => setTimeout(resolve));
    items.push({ id: '7', received: 10, total: 1000 });
    changed.emit();
    expect(progress).toHaveBeenCalledWith(10, 1000);
    done({ path: 'obsdeck/1.fits' });
    expect(await path).toBe('obsdeck/1.fits');
    stop.abort();
    expect(queue.cancel).not.toHaveBeenCalled();
    const other = new AbortController();
    download!(ROW, progress, other.signal).catch(() => undefined);
    await vi.waitFor(() => expect(queue.add).toHaveBeenCalledTimes(2));
    await new Promise(resolve => setTimeout(resolve));
    other.abort();
    await vi.waitFor(() => expect(queue.cancel).toHaveBeenCalledWith(['7']));
  });
});
