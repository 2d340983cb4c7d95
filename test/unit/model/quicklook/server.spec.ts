import { describe, expect, it } from 'vitest';

import { ServerQuickLook } from '../../../../src/model/quicklook/server.js';
import { serverHalf } from './answers.js';

const { signal } = new AbortController();

describe('ServerQuickLook', () => {
  it('tells what is in a file as the server half does', async () => {
    const { hdus, best } = await new ServerQuickLook(serverHalf()).info(
      'a.fits',
      signal
    );
    expect(best).toBe(1);
    expect(hdus.map(({ name, kind }) => [name, kind])).toEqual([
      ['', 'none'],
      ['SCI', 'image'],
      ['CUBE', 'image'],
      ['SPEC', 'spectrum'],
      ['CAT', 'table']
    ]);
    const [, image, cube, , table] = hdus;
    expect(image.image).toEqual({
      width: 60,
      height: 40,
      planes: 1,
      planeAxis: null,
      unit: 'adu',
      hasSky: true
    });
    expect(cube.image?.planes).toBe(3);
    expect(cube.image?.planeAxis?.values[2]).toBeCloseTo(520, 6);
    expect(table.table?.rows).toBe(2);
    expect(table.table?.columns[1]).toMatchObject({ name: 'MAG', unit: 'mag' });
  });

  it('asks for a region with limits set by hand, and draws blocks at full size', async () => {
    const asked: URLSearchParams[] = [];
    const client = new ServerQuickLook(serverHalf(asked));
    const request = {
      hdu: 1,
      plane: 0,
      region: { x: 3, y: 4, width: 50, height: 30 },
      size: { width: 32, height: 32 },
      stretch: 'log',
      interval: 'zscale',
      limits: { low: -1.5, high: 9 }
    } as const;
    const { region, limits, png } = await client.picture('x/ü.fits', request, signal);
    expect(Object.fromEntries(asked[0])).toEqual({
      path: 'x/ü.fits',
      what: 'picture',
      hdu: '1',
      plane: '0',
      x0: '3',
      y0: '4',
      x1: '53',
      y1: '34',
      width: '32',
      height: '32',
      stretch: 'log',
      interval: 'manual',
      low: '-1.5',
      high: '9'
    });
    expect(region).toEqual({ x: 0, y: 0, width: 60, height: 40 });
    expect(limits).toEqual({ low: 1, high: 2399 });
    expect(png.size).toBeGreaterThan(60);
  });

  it('knows where a pixel is on the sky, and that some images have no place there', async () => {
    const client = new ServerQuickLook(serverHalf());
    const sky = await client.sky('a.fits', 1, signal);
    const at = sky?.position({ x: 29.5, y: 19.5 });
    expect(at?.ra).toBeCloseTo(55.75, 7);
    expect(at?.dec).toBeCloseTo(-32.3, 7);
    expect(await client.sky('a.fits', 2, signal)).toBeNull();
  });

  it('reads values, spectra with gaps and cells of all kinds', async () => {
    const client = new ServerQuickLook(serverHalf());
    const pixel = { hdu: 1, plane: 0, x: 3, y: 4 };
    expect(await client.value('a.fits', pixel, signal)).toBe('243');
    expect(await client.value('a.fits', { ...pixel, x: 0, y: 0 }, signal)).toBe('');
    const { x, y, count } = await client.spectrum('a.fits', 3, signal);
    expect([x.name, x.unit, count]).toEqual(['WAVE', 'nm', 3]);
    expect(y[0].values).toEqual([1, NaN, 3]);
    const { rows } = await client.rows(
      'a.fits',
      { hdu: 4, first: 0, count: 2 },
      signal
    );
    expect(rows[1]).toEqual([
      '1152921504606846976',
      null,
      'two',
      '[1, 1, 1, 1, 1, 1, 1, 1, … 10]',
      'false'
    ]);
  });

  it('says whose fault it is when an answer makes no sense', async () => {
    const client = new ServerQuickLook(async () => new Response('<html>'));
    await expect(client.info('a.fits', signal)).rejects.toMatchObject({
      kind: 'bad-answer',
      message: 'The Jupyter server sent an answer that cannot be read.'
    });
    const grid = { x: [0, 1], y: [0, 1], vectors: [null] };
    const other = new ServerQuickLook(async () => Response.json(grid));
    await expect(other.sky('a.fits', 0, signal)).rejects.toMatchObject({
      kind: 'bad-answer'
    });
  });
});
