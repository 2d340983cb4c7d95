import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { coloursOf } from '../../../../src/model/quicklook/colourmaps.js';
import { Latest } from '../../../../src/model/quicklook/latest.js';
import {
  heightOf,
  magnified,
  moved,
  nearest,
  ticksOf
} from '../../../../src/model/quicklook/spectrum.js';
import { type TableHdu, TableRows } from '../../../../src/model/quicklook/tablerows.js';
import { axis, fakeClient, tableHdu } from './fake.js';

describe('Latest', () => {
  it('has the answer to the question asked last, whatever comes first', async () => {
    const latest = new Latest<string>();
    let late: (value: string) => void = () => undefined;
    const first = latest.ask(() => new Promise(resolve => (late = resolve)));
    const second = latest.ask(async () => 'new');
    expect(await second).toBe('new');
    late('old');
    expect(await first).toBeNull();
    expect(latest.value).toBe('new');
  });

  it('keeps the value before when a later question fails, and says why', async () => {
    const latest = new Latest<string>();
    await latest.ask(async () => 'there');
    await latest.ask(() => Promise.reject(new Error('gone')));
    expect(latest.value).toBe('there');
    expect(latest.error?.message).toBe('gone');
  });
});

describe('TableRows', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('asks for rows in sight only, and holds few', async () => {
    const { client } = fakeClient();
    const rows = vi.spyOn(client, 'rows');
    const hdu = { ...tableHdu(), table: { rows: 1_000_000, columns: [] } };
    const table = new TableRows(client, 'a.fits', hdu);
    for (let first = 0; first < 800; first += 100) {
      table.show(first, 30);
    }
    await vi.advanceTimersByTimeAsync(500);
    expect(rows.mock.calls.map(([, request]) => request.first)).toEqual([600]);
    expect(table.row(700)).toEqual(['700', '20.5']);
    expect(table.row(701)?.[1]).toBeNull();
    expect(table.row(0)).toBeNull();
  });

  it('does not ask again and again for what cannot be had', async () => {
    const rows = vi.fn().mockRejectedValue(new Error('cut off'));
    const { client } = fakeClient({ rows });
    const table = new TableRows(client, 'a.fits', tableHdu() as TableHdu);
    table.changed.connect(() => table.show(0, 10));
    table.show(0, 10);
    await vi.advanceTimersByTimeAsync(2000);
    expect(rows).toHaveBeenCalledTimes(1);
    table.retry();
    expect(rows).toHaveBeenCalledTimes(2);
  });
});

describe('parts of a spectrum', () => {
  const spectrum = {
    x: axis([1, 2, 3, 4]),
    y: [axis([10, NaN, 30, 500], 'FLUX', 'Jy')],
    count: 4
  };

  it('are as high as the values in them', () => {
    expect(heightOf(spectrum, { from: 1, to: 3 })).toEqual({ from: 9, to: 31 });
    expect(heightOf(spectrum, { from: 1.5, to: 2.5 })).toBeNull();
  });

  it('stay within the whole', () => {
    const whole = { from: 0, to: 100 };
    expect(magnified(whole, whole, 2, 50)).toEqual({ from: 25, to: 75 });
    expect(magnified({ from: 25, to: 75 }, whole, 0.1, 30)).toEqual(whole);
    expect(moved({ from: 90, to: 100 }, whole, 0.5)).toEqual({ from: 90, to: 100 });
  });

  it('have round marks, and know the value next to a place', () => {
    expect(ticksOf({ from: 3, to: 47 }, 5)).toEqual([10, 20, 30, 40]);
    expect(nearest(spectrum.x, 2.9)).toBe(2);
    expect(nearest(axis([]), 1)).toBe(-1);
  });
});

describe('colour maps', () => {
  it('go from dark to light, and the other way round inverted', () => {
    const light = (colours: Uint8ClampedArray, level: number): number =>
      colours.slice(3 * level, 3 * level + 3).reduce((sum, one) => sum + one);
    for (const map of ['grey', 'dusk', 'heat', 'ice'] as const) {
      const plain = coloursOf(map, false);
      const inverted = coloursOf(map, true);
      expect(light(plain, 0)).toBeLessThan(light(plain, 128));
      expect(light(plain, 128)).toBeLessThan(light(plain, 255));
      expect([...inverted.slice(0, 3)]).toEqual([...plain.slice(-3)]);
    }
  });
});
