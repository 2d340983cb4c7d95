import { Signal } from '@lumino/signaling';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Handshake } from '../../../../src/model/handshake.js';
import { keepAsking, tellLost } from '../../../../src/plugins/accounts/reconnect.js';
import { ProtocolError } from '../../../../src/protocol/errors.js';

const GONE = new ProtocolError('unavailable', 'No connection.', { archive: '' });

/** A registry whose server can be taken away and brought back. */
class Registry {
  isUp = true;
  asked = 0;
  handshake: Handshake | null = null;
  readonly error = null;
  readonly changed = new Signal<this, void>(this);

  async refresh(): Promise<void> {
    this.asked += 1;
    this.handshake = this.isUp
      ? { state: 'ok', version: '0.1.0' }
      : { state: 'offline', error: GONE };
    this.changed.emit();
  }
}

describe('tellLost', () => {
  const failing = (error: ProtocolError) => {
    const lost = vi.fn();
    const transport = tellLost({ request: () => Promise.reject(error) }, lost);
    return { lost, answer: transport.request('eso', { url: 'https://x.example/tap' }) };
  };

  it('tells when the Jupyter server did not answer, and still fails', async () => {
    const { lost, answer } = failing(GONE);
    await expect(answer).rejects.toBe(GONE);
    expect(lost).toHaveBeenCalledOnce();
  });

  it('is silent when it was the archive', async () => {
    const error = new ProtocolError('unavailable', 'No answer.', { archive: 'eso' });
    const { lost, answer } = failing(error);
    await expect(answer).rejects.toBe(error);
    expect(lost).not.toHaveBeenCalled();
  });
});

// Minutes pass at once, but in many steps.
describe('keepAsking', { timeout: 30_000 }, () => {
  let registry: Registry;
  let asking: ReturnType<typeof keepAsking>;
  const wait = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

  beforeEach(() => {
    vi.useFakeTimers();
    vi.spyOn(Math, 'random').mockReturnValue(0.9);
    registry = new Registry();
    asking = keepAsking(registry);
  });

  afterEach(() => {
    asking.dispose();
    vi.useRealTimers();
  });

  it('asks nothing while the server answers', async () => {
    await registry.refresh();
    await wait(300_000);
    expect(registry.asked).toBe(1);
  });

  it('asks until the server is back, with pauses that grow, and then no more', async () => {
    registry.isUp = false;
    await registry.refresh();
    await wait(300_000);
    expect(registry.asked).toBeGreaterThan(5);
    expect(registry.asked).toBeLessThan(30);
    expect(registry.handshake?.state).toBe('offline');
    registry.isUp = true;
    await wait(31_000);
    expect(registry.handshake?.state).toBe('ok');
    const { asked } = registry;
    await wait(300_000);
    expect(registry.asked).toBe(asked);
  });

  it('asks again when the server goes a second time', async () => {
    for (let time = 0; time < 2; time += 1) {
      registry.isUp = false;
      await registry.refresh();
      await wait(3000);
      registry.isUp = true;
      await wait(31_000);
      expect(registry.handshake?.state).toBe('ok');
    }
  });
});
