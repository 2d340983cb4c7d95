import { nullTranslator } from '@jupyterlab/translation';
import { beforeEach, describe, expect, it, vi } from 'vitest';

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

describe('the pictures of rows', () => {
  const urls = ['a', 'b', 'c'].map(name => `https://x/${name}.png`);
  const load = vi.fn<PictureLoader>(() => Promise.resolve(new Blob()));
  let thumbnails: Thumbnails;
  let marks: RowMarks;

  beforeEach(() => {
    load.mockClear();
    URL.createObjectURL = () => 'blob:x';
    URL.revokeObjectURL = () => undefined;
    HTMLImageElement.prototype.decode = () => Promise.resolve();
    thumbnails = new Thumbnails(load);
    const formats = ['image/png', 'application/fits', 'image/jpeg'];
    const store = storeOf([texts('access_url', urls), texts('access_format', formats)]);
    marks = new RowMarks(store, trans, thumbnails, NOW);
  });

  it('are not asked for before the user wants them', () => {
    expect([marks.hasPreviews, marks.width]).toEqual([true, 0]);
    expect(marks.of(0).picture).toBeNull();
    expect(load).not.toHaveBeenCalled();
  });

  it('are asked for once, of the rows that are looked at, as far as they have any', async () => {
    thumbnails.on = true;
    const came = vi.fn();
    thumbnails.changed.connect(came);
    [0, 1, 0].forEach(row => marks.of(row));
    await vi.waitFor(() => expect(marks.of(0).picture?.src).toBe('blob:x'));
    expect(load.mock.calls.map(([url]) => url)).toEqual([urls[0]]);
    expect(came).toHaveBeenCalledTimes(1);
  });

  it('are not asked for again where none came', async () => {
    load.mockRejectedValueOnce(new Error('no'));
    thumbnails.on = true;
    marks.of(2);
    await vi.waitFor(() => expect(load).toHaveBeenCalledTimes(1));
    await Promise.resolve();
    expect(marks.of(2).picture).toBeNull();
    expect(load).toHaveBeenCalledTimes(1);
  });
});
