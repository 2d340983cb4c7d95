import { describe, expect, it } from 'vitest';

import { ProtocolError } from '../../../src/protocol/errors.js';
import {
  streamVOTable,
  type VOTableEvent
} from '../../../src/protocol/votable/index.js';
import { Engine } from '../../../src/worker/engine.js';
import { packError, unpackError } from '../../../src/worker/errors.js';
import { WorkerPool } from '../../../src/worker/pool.js';
import { EventUnpacker, packEvent } from '../../../src/worker/wire.js';
import { fixture, tabledata, utf8 } from '../protocol/votable/support.js';
import { FakeWorker } from './fake.js';

/** One field of each kind of Arrow data. */
const FIELDS = [
  '<FIELD name="id" datatype="long"/>',
  '<FIELD name="name" datatype="char" arraysize="*" unit="m" ucd="meta.id"/>',
  '<FIELD name="name" datatype="unicodeChar" arraysize="4"/>',
  '<FIELD name="list" datatype="int" arraysize="*"/>',
  '<FIELD name="pair" datatype="double" arraysize="2"/>',
  '<FIELD name="z" datatype="floatComplex"/>',
  '<FIELD name="good" datatype="boolean"/>',
  '<FIELD name="words" datatype="char" arraysize="3x*"/>'
].join('');

const ROWS =
  '<TR><TD>9007199254740993</TD><TD>ä</TD><TD>x</TD><TD>1 2 3</TD><TD>1 2</TD><TD>1 -1</TD><TD>T</TD><TD>onetwo</TD></TR>' +
  '<TR><TD/><TD/><TD/><TD/><TD/><TD/><TD/><TD/></TR>';

async function events(source: Uint8Array): Promise<VOTableEvent[]> {
  const all: VOTableEvent[] = [];
  for await (const event of streamVOTable(source)) {
    all.push(event);
  }
  return all;
}

describe('packEvent', () => {
  it('moves the buffers of a batch, and the page has the same rows and types', async () => {
    const document = utf8(tabledata(FIELDS, ROWS));
    const expected = await events(document);
    const unpacker = new EventUnpacker();
    for (const [index, event] of (await events(document)).entries()) {
      const [packed, transfer] = packEvent(event);
      const crossed = unpacker.unpack(structuredClone(packed, { transfer }));
      const before = expected[index];
      expect(crossed.type).toBe(before.type);
      if (crossed.type === 'batch' && before.type === 'batch') {
        expect(crossed.batch.toArray().map(String)).toEqual(
          before.batch.toArray().map(String)
        );
        expect(String(crossed.batch.schema)).toBe(String(before.batch.schema));
        expect(transfer.length).toBeGreaterThan(10);
        expect(transfer.every(one => (one as ArrayBuffer).byteLength === 0)).toBe(true);
      }
      if (crossed.type === 'head' && before.type === 'head') {
        expect(crossed.head.schema.fields[1].metadata).toEqual(
          before.head.schema.fields[1].metadata
        );
        expect(crossed.head.fields).toEqual(before.head.fields);
      }
    }
    expect(expected).toHaveLength(3);
  });
});

describe('the document', () => {
  /** Reads a stream of these pieces to its end. */
  async function read(pieces: readonly Uint8Array[]): Promise<void> {
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        pieces.forEach(piece => controller.enqueue(piece));
        controller.close();
      }
    });
    const engine = new Engine(new WorkerPool(() => new FakeWorker()));
    for await (const event of engine.readVOTable(stream)) {
      expect(event.type).toBeTypeOf('string');
    }
  }

  it('moves where a piece is all of its buffer, and is copied otherwise', async () => {
    const document = fixture('synthetic_golden_tabledata.xml');
    const half = document.slice(0, 1000);
    const window = document.subarray(1000);
    await read([half, window]);
    expect(half.length).toBe(0);
    expect(window.length).toBe(document.length - 1000);
  });
});

describe('packError', () => {
  it('keeps kind, sentence, details and causes', () => {
    const error = new ProtocolError('bad-answer', 'Row 3 is cut.', {
      row: 2,
      column: 1,
      hint: 'Ask again.',
      cause: new TypeError('terminated')
    });
    const crossed = unpackError(structuredClone(packError(error)));
    expect(crossed).toBeInstanceOf(ProtocolError);
    expect(crossed).toMatchObject({
      kind: 'bad-answer',
      message: 'Row 3 is cut.',
      details: { row: 2, column: 1, hint: 'Ask again.' }
    });
    expect(crossed.cause).toBeInstanceOf(TypeError);
  });

  it.each([new RangeError('too long'), 'a word', new Error('x', { cause: 1 })])(
    'keeps the words of any error: %s',
    reason => {
      const crossed = unpackError(structuredClone(packError(reason)));
      expect(crossed.message).toBe(reason instanceof Error ? reason.message : reason);
      expect(crossed.name).toBe(reason instanceof Error ? reason.name : 'Error');
    }
  );

  it('does not follow causes for ever', () => {
    const error = new Error('round');
    error.cause = error;
    expect(unpackError(structuredClone(packError(error))).message).toBe('round');
  });
});
