import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { LinkedPictures } from '../../../../src/model/quicklook/linked.js';
import type { IQuickLookClient } from '../../../../src/model/quicklook/client.js';
import {
  type ImageHdu,
  PictureModel
} from '../../../../src/model/quicklook/picture.js';
import { ProtocolError } from '../../../../src/protocol/errors.js';
import { fakeClient, fakeDecode, imageHdu, plateOf } from './fake.js';

const SCREEN = { width: 800, height: 400 };

function pictureOf(more: Partial<IQuickLookClient> = {}, hdu: ImageHdu = imageHdu()) {
  const { client, pictures } = fakeClient(more);
  const picture = new PictureModel({ client, path: 'a.fits', hdu, decode: fakeDecode });
  picture.resize(SCREEN, 1);
  picture.read();
  return { picture, pictures, client };
}

/** Let what has been answered arrive. */
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(1);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('PictureModel', () => {
  it('asks for as many pixels as the screen has, and tells how coarse that is', async () => {
    const { picture, pictures } = pictureOf();
    expect(pictures[0].request).toMatchObject({
      region: { x: 0, y: 0, width: 4000, height: 2000 },
      size: { width: 800, height: 400 },
      stretch: 'asinh',
      interval: 'zscale',
      limits: null
    });
    pictures[0].answer();
    await settle();
    expect(picture.reduction).toBe(5);
    expect(picture.parts.limits).toEqual({ low: 10, high: 20 });
    await vi.advanceTimersByTimeAsync(1000);
    // What is there is as sharp as the screen.
    expect(pictures).toHaveLength(1);
  });

  it('asks for what is in sight once movement rests, with the brightness of the whole', async () => {
    const { picture, pictures } = pictureOf();
    pictures[0].answer();
    await settle();
    picture.zoom(2);
    picture.zoom(2);
    picture.pan({ left: 400, top: 0 });
    expect(pictures).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(pictures).toHaveLength(2);
    const { region, limits, size } = pictures[1].request;
    expect(limits).toEqual({ low: 10, high: 20 });
    expect(region.width).toBeLessThan(1500);
    // Never coarser than the screen: at 0.8 px a pixel no pixels are joined.
    expect(size.width).toBe(region.width);
    pictures[1].answer();
    await settle();
    expect(picture.parts.held).toHaveLength(2);
    expect(picture.reduction).toBe(1);
  });

  it('drops the answer to a question that it does not ask any more', async () => {
    const { picture, pictures } = pictureOf();
    pictures[0].answer();
    await settle();
    picture.zoom(4);
    await vi.advanceTimersByTimeAsync(200);
    picture.setLook({ stretch: 'log' });
    expect(pictures[2].request.stretch).toBe('log');
    expect(pictures[1].signal.aborted).toBe(true);
    // The detail in the old stretch comes all the same.
    pictures[1].answer();
    pictures[2].answer();
    await settle();
    expect(picture.parts.held.map(({ region }) => region.width)).toEqual([4000]);
  });

  it('keeps what is there when the next picture cannot be had', async () => {
    const { picture, pictures } = pictureOf();
    pictures[0].answer();
    await settle();
    picture.setLook({ interval: '99' });
    pictures[1].fail(new ProtocolError('not-found', 'a.fits was moved or changed.'));
    await settle();
    expect(picture.parts.error?.message).toBe('a.fits was moved or changed.');
    expect(picture.parts.held).toHaveLength(1);
  });

  it('stops asking when it is told to, and when it is gone', async () => {
    const { picture, pictures } = pictureOf();
    picture.cancel();
    expect(pictures[0].signal.aborted).toBe(true);
    expect(picture.parts.error?.kind).toBe('cancelled');
    picture.read();
    picture.dispose();
    expect(pictures[1].signal.aborted).toBe(true);
  });

  it('changes colours without asking for anything', async () => {
    const { picture, pictures } = pictureOf();
    pictures[0].answer();
    await settle();
    picture.setLook({ map: 'heat', inverted: true });
    await vi.advanceTimersByTimeAsync(500);
    expect(pictures).toHaveLength(1);
    expect(picture.look).toMatchObject({ map: 'heat', inverted: true });
  });

  it('asks for one plane only of those that were passed on the way', async () => {
    const { picture, pictures } = pictureOf({}, imageHdu({ planes: 50 }));
    pictures[0].answer();
    await settle();
    for (let plane = 1; plane < 60; plane++) {
      picture.setPlane(plane);
    }
    await vi.advanceTimersByTimeAsync(500);
    expect(picture.plane).toBe(49);
    expect(pictures.slice(1).map(({ request }) => request.plane)).toEqual([49]);
  });

  it('reads the value below a resting pointer, once for a pixel', async () => {
    const { picture, client } = pictureOf();
    picture.pointer.move({ x: 10.2, y: 20.4 });
    picture.pointer.move({ x: 10.4, y: 20.3 });
    picture.pointer.move({ x: 300.1, y: 40.6 });
    picture.pointer.move({ x: 300.2, y: 40.7 });
    expect(client.value).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(500);
    expect(client.value).toHaveBeenCalledTimes(1);
    expect(vi.mocked(client.value).mock.calls[0][1]).toMatchObject({ x: 300, y: 41 });
    expect(picture.pointer.value).toBe('12.5');
  });

  it('magnifies around a place, and never beyond its limits', () => {
    const { picture } = pictureOf();
    const at = { left: 100, top: 300 };
    const before = picture.viewport;
    picture.zoom(3, at);
    const { centre, scale } = picture.viewport;
    expect(scale).toBeCloseTo(3 * before.scale);
    // The pixel at that place is the same one.
    expect(centre.x + (100 - 400) / scale).toBeCloseTo(
      before.centre.x + (100 - 400) / before.scale
    );
    for (let turn = 0; turn < 40; turn++) {
      picture.zoom(3);
      picture.pan({ left: -5000, top: 0 });
    }
    expect(picture.viewport.scale).toBeLessThanOrEqual(64);
    expect(picture.viewport.centre.x).toBe(3999.5);
    picture.fit();
    expect(picture.viewport).toEqual(before);
  });
});

describe('LinkedPictures', () => {
  it('moves another picture to the same place of the sky, as large', async () => {
    const at = { ra: 55.75, dec: -32.3 };
    const one = pictureOf(
      { sky: async () => plateOf(at, 1e-4, { width: 4000, height: 2000 }) },
      imageHdu({ hasSky: true })
    ).picture;
    const other = pictureOf(
      {
        sky: async () =>
          plateOf({ ra: 55.76, dec: -32.3 }, 2e-4, { width: 1000, height: 1000 })
      },
      imageHdu({ hasSky: true, width: 1000, height: 1000 })
    ).picture;
    await settle();
    const links = new LinkedPictures();
    links.add(one);
    const link = links.add(other);
    one.zoom(8);
    one.pan({ left: 37, top: -21 });
    const here = one.sky!.position(one.viewport.centre)!;
    const there = other.sky!.position(other.viewport.centre)!;
    expect(there.ra).toBeCloseTo(here.ra, 5);
    expect(there.dec).toBeCloseTo(here.dec, 5);
    expect(other.viewport.scale / one.viewport.scale).toBeCloseTo(2, 2);
    link.dispose();
    const before = other.viewport;
    one.fit();
    expect(other.viewport).toEqual(before);
  });

  it('goes by pixels where positions are not known, and shares stretch and colours', () => {
    const [one, other] = [pictureOf().picture, pictureOf().picture];
    const links = new LinkedPictures();
    links.add(one);
    links.add(other);
    other.zoom(5, { left: 10, top: 10 });
    expect(one.viewport).toEqual(other.viewport);
    one.setLook({ stretch: 'sqrt', map: 'ice', limits: { low: 1, high: 2 } });
    expect(other.look).toEqual(one.look);
  });
});
