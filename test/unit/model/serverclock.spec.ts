import { describe, expect, it } from 'vitest';

import { ServerClock } from '../../../src/model/serverclock.js';

/** A clock with the milliseconds it counts by. */
function clock() {
  const time = { ms: 5000 };
  return { time, clock: new ServerClock(() => time.ms) };
}

describe('ServerClock', () => {
  it('goes by the page until the server tells', () => {
    const { clock: one } = clock();
    expect(Math.abs(one.now() - Date.now() / 1000)).toBeLessThan(5);
  });

  it('goes on from what the server told, whatever the page’s clock says', () => {
    const { clock: one, time } = clock();
    one.take(1_000_000, one.mark());
    time.ms += 90_000;
    expect(one.now()).toBe(1_000_090);
  });

  it('does not jump by the time an answer takes', () => {
    const { clock: one, time } = clock();
    one.take(1_000_000, one.mark());
    const asked = one.mark();
    time.ms += 4000;
    one.take(1_000_000.1, asked);
    expect(one.now()).toBe(1_000_004);
  });

  it('follows a server whose clock was set, and a computer that slept', () => {
    const { clock: one, time } = clock();
    one.take(1_000_000, one.mark());
    const asked = one.mark();
    time.ms += 2000;
    one.take(1_003_600, asked);
    expect(one.now()).toBe(1_003_601);
  });
});
