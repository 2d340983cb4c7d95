import { nullTranslator } from '@jupyterlab/translation';
import { Signal } from '@lumino/signaling';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { RowMarks } from '../../../../src/view/results/rowmarks.js';
import {
  type PictureLoader,
  Thumbnails
} from '../../../../src/view/results/thumbnails.js';
import { field, type IColumn, obscore, storeOf } from './support.js';

const trans = nullTranslator.load('obsdeck');

/** 2026-11-22 */
const NOW = Date.UTC(2026, 10, 22);

const texts = (name: string, cells: readonly (string | null)[]): IColumn => ({
  field: field(name, 'char', { arraysize: '*' }),
  cells
});

describe('the padlock of a row', () => {
  it('says until when it is proprietary', () => {
    const store = storeOf([
      texts('data_rights', ['public', 'proprietary', 'proprietary', null]),
      texts('obs_release_date', ['2027-09-14T00:00:00', null, '2020-01-01', null])
    ]);
    const marks = new RowMarks(store, trans, null, NOW);
    expect([0, 1, 2, 3].map(row => marks.lockedOf(row))).toEqual([
      'Proprietary until 2027-09-14',
      'Proprietary',
      null,
      null
    ]);
    expect(marks.width).toBeGreaterThan(0);
  });

  it('takes no room where a table says nothing of rights', () => {
    expect(new RowMarks(storeOf(obscore(1)), trans, null, NOW).width).toBe(0);
  });
});

describe('rows whose file is on disk', () => {
  it('say so behind what is worse, and take room only where there are any', () => {
    const store = storeOf([texts('data_rights', ['proprietary', 'public'])]);
    const rows = new Set<number>();
    const here = {
      has: (_: unknown, row: number) => rows.has(row),
      countOf: () => rows.size,
      changed: new Signal<object, void>({}),
      isDisposed: false,
      dispose: vi.fn()
    };
    const marks = new RowMarks(store, trans, null, NOW, here);
    const { width } = marks;
    expect([marks.wordsOf(0), marks.wordsOf(1)]).toEqual(['Proprietary', null]);
    [0, 1].forEach(row => rows.add(row));
    expect([marks.wordsOf(0), marks.wordsOf(1)]).toEqual([
      'Proprietary, Already here',
      'Already here'
    ]);
    expect(marks.width).toBeGreaterThan(width);
    expect(marks.of(1).isHere).toBe(true);
  });
});

describe('the pictures of rows', () => {
  const urls = ['a', 'b', 'c'].map(name => `https://x/${name}.png`);
  const file = { blob: new Blob(['12345678']), width: 640, height: 480 };
  const load = vi.fn<PictureLoader>(() => Promise.resolve(file));
  const closed = vi.fn();
  let decode = vi.fn<(blob: Blob, how: object) => Promise<ImageBitmap>>();
  let live: Set<string>;
  let thumbnails: Thumbnails;
  let marks: RowMarks;

  const arrived = (row: number): Promise<void> =>
    vi.waitFor(() => expect(marks.of(row).picture).not.toBeNull());

  beforeEach(() => {
    load.mockReset().mockImplementation(() => Promise.resolve(file));
    closed.mockReset();
    live = new Set();
    let made = 0;
    URL.createObjectURL = () => {
      const src = `blob:${made++}`;
      live.add(src);
      return src;
    };
    URL.revokeObjectURL = src => void live.delete(src);
    decode = vi.fn(() => Promise.resolve({ close: closed } as unknown as ImageBitmap));
    vi.stubGlobal('createImageBitmap', decode);
    thumbnails = new Thumbnails(load);
    const formats = ['image/png', 'application/fits', 'image/jpeg'];
    const store = storeOf([texts('access_url', urls), texts('access_format', formats)]);
    marks = new RowMarks(store, trans, thumbnails, NOW);
  });

  afterEach(() => vi.unstubAllGlobals());

  it('are not asked for before the user wants them', () => {
    expect([marks.hasPreviews, marks.width]).toEqual([true, 0]);
    expect([marks.of(0).picture, marks.originalOf(0)]).toEqual([null, null]);
    expect(load).not.toHaveBeenCalled();
  });

  it('are asked for once, of the rows that are looked at, as far as they have any', async () => {
    thumbnails.on = true;
    const came = vi.fn();
    thumbnails.changed.connect(came);
    [0, 1, 0].forEach(row => marks.of(row));
    await arrived(0);
    expect(marks.originalOf(0)).toBe('blob:0');
    expect(load.mock.calls.map(([url]) => url)).toEqual([urls[0]]);
    expect(came).toHaveBeenCalledTimes(1);
  });

  it('are made small when they are decoded, by their longer side', async () => {
    thumbnails.on = true;
    marks.of(0);
    await arrived(0);
    load.mockResolvedValueOnce({ ...file, width: 480, height: 640 });
    marks.of(2);
    await arrived(2);
    expect(decode.mock.calls.map(([, how]) => how)).toEqual([
      { resizeWidth: 48, resizeQuality: 'medium' },
      { resizeHeight: 48, resizeQuality: 'medium' }
    ]);
  });

  it('are not asked for again where none came', async () => {
    load.mockRejectedValueOnce(new Error('no'));
    thumbnails.on = true;
    marks.of(2);
    await vi.waitFor(() => expect(load).toHaveBeenCalledTimes(1));
    await Promise.resolve();
    expect([marks.of(2).picture, marks.originalOf(2)]).toEqual([null, null]);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('are kept as they came only of the rows looked at last, and small of more', async () => {
    thumbnails.on = true;
    const blob = { size: 10_000_000 } as Blob;
    load.mockImplementation(() => Promise.resolve({ ...file, blob }));
    for (let index = 0; index < 5; index++) {
      thumbnails.get(`u${index}`);
      await vi.waitFor(() => expect(thumbnails.get(`u${index}`)).not.toBeNull());
      expect(thumbnails.original('u0')).toBe('blob:0');
    }
    expect([...live]).toEqual(['blob:0', 'blob:3', 'blob:4']);
    expect(thumbnails.get('u1')).not.toBeNull();
    expect([closed.mock.calls.length, load.mock.calls.length]).toEqual([0, 5]);
  });

  it('leave nothing behind', async () => {
    thumbnails.on = true;
    marks.of(0);
    await arrived(0);
    marks.of(2);
    thumbnails.dispose();
    await vi.waitFor(() => expect(decode).toHaveBeenCalledTimes(2));
    await vi.waitFor(() => expect(closed).toHaveBeenCalledTimes(2));
    expect([...live]).toEqual([]);
    expect(thumbnails.get(urls[0])).toBeNull();
    expect(load).toHaveBeenCalledTimes(2);
  });
});
