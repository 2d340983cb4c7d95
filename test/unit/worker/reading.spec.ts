import fc from 'fast-check';
import { beforeEach, describe, expect, it, type TestContext, vi } from 'vitest';

import { ProtocolError } from '../../../src/protocol/errors.js';
import {
  streamVOTable,
  type VOTableEvent,
  type VOTableReader
} from '../../../src/protocol/votable/index.js';
import { Engine } from '../../../src/worker/engine.js';
import { WorkerPool } from '../../../src/worker/pool.js';
import { fixture } from '../../support/fixtures.js';
import { field, inPieces, tabledata, utf8 } from '../protocol/votable/support.js';
import { FakeWorker } from './fake.js';
import { SOON } from './soon.js';

/** Documents of every serialization, good and bad. */
const DOCUMENTS = [
  'vo/synthetic_golden_tabledata.xml',
  'vo/synthetic_golden_binary.xml',
  'vo/synthetic_golden_binary2.xml',
  'vo/synthetic_golden_tabledata.xml.gz',
  'vo/synthetic_golden_error_trailing.xml',
  'vo/synthetic_golden_overflow_trailing.xml',
  'vo/synthetic_two_votables_mixed.xml'
];

function engine(): Engine {
  return new Engine(new WorkerPool(() => new FakeWorker()));
}

/** An engine that is refused workers. */
function engineWithout(): Engine {
  return new Engine(
    new WorkerPool(() => {
      throw new Error('refused');
    })
  );
}

/** A document of so many rows, more than fit in one batch. */
function rows(count: number): Uint8Array {
  const cells = Array.from(
    { length: count },
    (_, row) => `<TR><TD>${row}</TD><TD>${row % 3 ? `word ${row}` : ''}</TD></TR>`
  );
  const text = '<FIELD name="s" datatype="char" arraysize="*"/>';
  return utf8(tabledata(field('int') + text, cells.join('')));
}

/** What a reader brings: comparable events, and its error. */
async function outcome(events: AsyncIterable<VOTableEvent>) {
  const seen: unknown[] = [];
  try {
    for await (const event of events) {
      seen.push(plain(event));
    }
  } catch (error) {
    return { seen, error: described(error) };
  }
  return { seen, error: null };
}

function plain(event: VOTableEvent): unknown {
  if (event.type === 'batch') {
    const { batch, ...rest } = event;
    const { schema } = batch;
    return { ...rest, schema: String(schema), rows: batch.toArray().map(String) };
  }
  if (event.type === 'head') {
    const metadata = event.head.schema.fields.map(one => [...one.metadata]);
    const schema = String(event.head.schema);
    return { ...event, head: { ...event.head, metadata, schema } };
  }
  return event;
}

function described(error: unknown): unknown {
  if (!(error instanceof ProtocolError)) {
    return String(error);
  }
  const { kind, message, details } = error;
  return { kind, message, details: { ...details, cause: Boolean(details.cause) } };
}

async function compare(
  read: VOTableReader,
  bytes: Uint8Array,
  size: () => number
): Promise<void> {
  const sizes: number[] = [];
  const first = inPieces(bytes, () => {
    sizes.push(size());
    return sizes[sizes.length - 1];
  });
  const expected = await outcome(streamVOTable(first));
  const actual = await outcome(read(inPieces(bytes, () => sizes.shift() ?? 1)));
  expect(actual).toEqual(expected);
}

beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
});

describe.each([
  ['in a worker', engine],
  ['on the page', engineWithout]
])('reading %s', { timeout: 30_000 }, (_where, make) => {
  it.each(DOCUMENTS)('brings what the reader brings: %s', async name => {
    const bytes = fixture({} as TestContext, name);
    const { readVOTable } = make();
    await compare(readVOTable, bytes, () => 1000);
    await compare(readVOTable, bytes, () => Infinity);
  });

  it('brings the same rows wherever the document is cut', async () => {
    const bytes = fixture({} as TestContext, 'vo/synthetic_golden_binary2.xml');
    const { readVOTable } = make();
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat(3000)), sizes =>
        compare(readVOTable, bytes, () => sizes.next().value as number)
      ),
      { numRuns: 15 }
    );
  });

  it('brings a table of many batches, and a document that is there already', async () => {
    const bytes = rows(20_000);
    const { readVOTable } = make();
    const expected = await outcome(streamVOTable(bytes));
    expect(await outcome(readVOTable(bytes))).toEqual(expected);
    expect(expected.seen.length).toBeGreaterThan(4);
    expect(bytes.length, 'the caller keeps the document').toBeGreaterThan(0);
  });

  it.each([
    ['a broken connection', new TypeError('terminated')],
    ['a typed error', new ProtocolError('timeout', 'Too late.', { status: 504 })],
    ['an abort', new DOMException('stop', 'AbortError')]
  ])('passes on how the stream fails, behind the rows before: %s', async (_, error) => {
    const start = rows(2500).subarray(0, 100_000);
    const failing = (): ReadableStream<Uint8Array> => {
      let sent = false;
      return new ReadableStream({
        pull(controller) {
          if (sent) {
            controller.error(error);
          } else {
            controller.enqueue(start.slice());
            sent = true;
          }
        }
      });
    };
    const expected = await outcome(streamVOTable(failing()));
    expect(expected.seen.length).toBeGreaterThan(1);
    const actual = await outcome(make().readVOTable(failing()));
    expect(actual.error).toEqual(expected.error);
    expect(rowCount(actual.seen)).toBe(rowCount(expected.seen));
  });

  it('cancels the stream when the caller has enough', async () => {
    let cancelled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(utf8('<TR><TD>1</TD></TR>'.repeat(2000)));
      },
      start(controller) {
        const [begin] = tabledata(field('int'), '#').split('#');
        controller.enqueue(utf8(begin));
      },
      cancel() {
        cancelled += 1;
      }
    });
    for await (const event of make().readVOTable(endless)) {
      if (event.type === 'batch') {
        break;
      }
    }
    await expect.poll(() => cancelled, SOON).toBe(1);
  });

  it('stops by a signal where the stream says nothing', async () => {
    const abort = new AbortController();
    let cancelled = false;
    const silent = new ReadableStream<Uint8Array>({
      start: controller => controller.enqueue(rows(1500).subarray(0, 40_000)),
      cancel: () => void (cancelled = true)
    });
    const seen: VOTableEvent[] = [];
    const reading = (async () => {
      for await (const event of make().readVOTable(silent, abort.signal)) {
        seen.push(event);
      }
    })();
    reading.catch(() => undefined);
    // The rows of the second batch come when the stream has been silent for a while.
    await expect.poll(() => seen.length, SOON).toBe(3);
    abort.abort();
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
    await expect.poll(() => cancelled, SOON).toBe(true);
  });

  it('fails at once for a stream that somebody else reads', async () => {
    const source = inPieces(rows(1), () => 100);
    source.getReader();
    const { seen, error } = await outcome(make().readVOTable(source));
    expect(seen).toEqual([]);
    expect(error).not.toBeNull();
  });
});

function rowCount(seen: readonly unknown[]): number {
  return seen.reduce(
    (sum: number, event) => sum + ((event as { rows?: string[] }).rows?.length ?? 0),
    0
  );
}
