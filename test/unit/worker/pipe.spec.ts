import { describe, expect, it } from 'vitest';

import type { VOTableEvent } from '../../../src/protocol/votable/index.js';
import { Engine } from '../../../src/worker/engine.js';
import { Inlet, Outlet } from '../../../src/worker/pipe.js';
import { WorkerPool } from '../../../src/worker/pool.js';
import { field, tabledata, utf8 } from '../protocol/votable/support.js';
import { FakeWorker } from './fake.js';

function pipe(limit: number): [Outlet<Uint8Array>, Inlet<Uint8Array>] {
  const { port1, port2 } = new MessageChannel();
  return [new Outlet(port1, limit), new Inlet(port2)];
}

/** Lets messages that are under way arrive. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) {
    await new Promise(resolve => setTimeout(resolve, 2));
  }
}

describe('a pipe', () => {
  it('moves buffers instead of copying them', async () => {
    const [outlet, inlet] = pipe(10);
    const bytes = Uint8Array.of(1, 2, 3);
    outlet.send(bytes, 3, [bytes.buffer]);
    expect(bytes.length).toBe(0);
    expect(await inlet.next()).toEqual(Uint8Array.of(1, 2, 3));
    outlet.end();
    expect(await inlet.next()).toBeNull();
  });

  it('has room again when the other end has taken something', async () => {
    const [outlet, inlet] = pipe(2);
    outlet.send(Uint8Array.of(1), 1);
    expect(await outlet.room()).toBe(true);
    outlet.send(Uint8Array.of(2), 1);
    let isFree = false;
    const room = outlet.room().then(() => (isFree = true));
    await settled();
    expect(isFree).toBe(false);
    await inlet.next();
    await room;
    outlet.end();
    await inlet.closed;
  });

  it('tells both ends that nothing more is wanted', async () => {
    const [outlet, inlet] = pipe(1);
    outlet.send(Uint8Array.of(1), 1);
    const room = outlet.room();
    inlet.stop();
    expect(await room).toBe(false);
    await inlet.closed;
    expect(outlet.stopped.aborted).toBe(true);
    await expect(inlet.next()).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('brings an error behind the items before it', async () => {
    const [outlet, inlet] = pipe(5);
    outlet.send(Uint8Array.of(1), 1);
    outlet.fail(new TypeError('terminated'));
    expect(await inlet.next()).toEqual(Uint8Array.of(1));
    await expect(inlet.next()).rejects.toThrow(TypeError);
  });
});

describe('what is under way', { timeout: 30_000 }, () => {
  const row = '<TR><TD>1</TD></TR>';
  const MOST = 32 * 1024 * 1024;

  /** A very long table, which counts what was taken of it. */
  function long(): { stream: ReadableStream<Uint8Array>; taken: () => number } {
    let taken = 0;
    const [begin] = tabledata(field('int'), '#').split('#');
    const stream = new ReadableStream<Uint8Array>(
      {
        start: controller => controller.enqueue(utf8(begin)),
        pull(controller) {
          const bytes = utf8(row.repeat(6000));
          taken += bytes.length;
          controller.enqueue(bytes);
          if (taken > MOST) {
            controller.close();
          }
        }
      },
      { highWaterMark: 0 }
    );
    return { stream, taken: () => taken };
  }

  it('is bounded where the page takes nothing', async () => {
    const engine = new Engine(new WorkerPool(() => new FakeWorker()));
    const { stream, taken } = long();
    const events = engine.readVOTable(stream);
    await events.next();
    let before = -1;
    await expect
      .poll(
        () => {
          const still = before === taken();
          before = taken();
          return still;
        },
        { interval: 100, timeout: 20_000 }
      )
      .toBe(true);
    // Two megabytes on their way, and the rows of a few batches.
    expect(taken()).toBeLessThan(6 * 1024 * 1024);
    let next: IteratorResult<VOTableEvent, void> | null = null;
    for (let batch = 0; batch < 8; batch++) {
      next = await events.next();
    }
    expect(next?.value).toMatchObject({ type: 'batch' });
    await events.return();
  });
});
