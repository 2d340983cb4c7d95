import { afterEach, describe, expect, it, vi } from 'vitest';

import { ProtocolError } from '../../../../src/protocol/errors.js';
import { streamVOTable } from '../../../../src/protocol/votable/index.js';
import {
  collect,
  field,
  inPieces,
  refusal,
  rowsOf,
  tabledata,
  utf8
} from './support.js';

/** A document with so many rows of one int, numbered from 0. */
function numbered(rows: number): Uint8Array {
  const cells = Array.from({ length: rows }, (_, row) => `<TR><TD>${row}</TD></TR>`);
  return utf8(tabledata(field('int'), cells.join('')));
}

/** A stream that fails or waits after these bytes. */
function open(bytes: Uint8Array, then: (stop: ReadableStreamController) => void) {
  let isSent = false;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      if (isSent) {
        then(controller);
        return isSent ? new Promise<void>(() => undefined) : undefined;
      }
      isSent = true;
      controller.enqueue(bytes);
      return undefined;
    }
  });
}

type ReadableStreamController = { error(reason: unknown): void };

describe('streamVOTable', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('brings a head, a small first batch, larger ones, and an end', async () => {
    const { events } = await collect(numbered(40_000));
    expect(events.map(event => event.type)).toEqual([
      'head',
      ...Array<string>(4).fill('batch'),
      'end'
    ]);
    const batches = events.filter(event => event.type === 'batch');
    expect(batches.map(event => event.batch.numRows)).toEqual([
      1000, 16384, 16384, 6232
    ]);
    expect(batches.map(event => event.rows)).toEqual([1000, 17384, 33768, 40000]);
    expect(batches.at(-1)?.batch.getChildAt(0)?.get(6231)).toBe(39_999);
  });

  it('brings small batches of rows whose nulls take much memory', async () => {
    const wide = field('doubleComplex', '64').repeat(20);
    const row = `<TR>${'<TD/>'.repeat(20)}</TR>`;
    const { events } = await collect(utf8(tabledata(wide, row.repeat(1000))));
    const batches = events.filter(event => event.type === 'batch');
    expect(batches.at(-1)?.rows).toBe(1000);
    for (const { batch } of batches) {
      expect(batch.data.byteLength).toBeLessThan(9 * 1024 * 1024);
    }
  });

  it('can be left while the next piece is waited for', async () => {
    const cancel = vi.fn();
    const row = '<TR><TD>1</TD></TR>';
    const [start] = tabledata(field('int'), `${row.repeat(20)}|`).split('|');
    const endless = new ReadableStream<Uint8Array>({
      start: controller => controller.enqueue(utf8(start)),
      cancel
    });
    for await (const event of streamVOTable(endless)) {
      if (event.type === 'batch') {
        break;
      }
    }
    expect(cancel).toHaveBeenCalledOnce();
  });

  it('counts the bytes of the document', async () => {
    const bytes = numbered(10);
    const { events } = await collect(inPieces(bytes, () => 100));
    expect(events.at(-1)).toMatchObject({ type: 'end', bytes: bytes.length });
  });

  it('has field metadata in the schema before the first row', async () => {
    const text = tabledata(
      '<FIELD name="ra" ID="c1" datatype="double" unit="deg" ucd="pos.eq.ra" utype="u" xtype="t"><DESCRIPTION> Right\n ascension </DESCRIPTION><VALUES null="-1"/></FIELD>',
      ''
    );
    const { events } = await collect(utf8(text));
    const [head] = events;
    expect(head.type).toBe('head');
    const [ra] = head.type === 'head' ? head.head.schema.fields : [];
    expect(Object.fromEntries(ra.metadata)).toEqual({
      id: 'c1',
      datatype: 'double',
      unit: 'deg',
      ucd: 'pos.eq.ra',
      utype: 'u',
      xtype: 't',
      description: 'Right\n ascension',
      nullValue: '-1'
    });
  });

  it('gives rows away before it fails, and says how many', async () => {
    const bytes = numbered(3000).slice(0, -200);
    const { events, error } = await collect(inPieces(bytes, () => 1000));
    expect(error).toBeInstanceOf(ProtocolError);
    const rows = rowsOf(events);
    expect(rows).toBeGreaterThan(2980);
    expect((error as ProtocolError).message).toContain(`${rows} rows are complete`);
    expect((error as ProtocolError).details.row).toBe(rows);
    expect(events.some(event => event.type === 'end')).toBe(false);
  });

  it('gives rows away without the cells of the row that cannot be read', async () => {
    const names = ['char', 'int', 'int'].map(
      (datatype, index) =>
        `<FIELD name="c${index}" datatype="${datatype}" ${index === 1 ? 'arraysize="2"' : ''}/>`
    );
    const rows =
      '<TR><TD>a</TD><TD>1 2</TD><TD>3</TD></TR><TR><TD>b</TD><TD>4 5</TD><TD>x</TD></TR>';
    const { events, error } = await collect(utf8(tabledata(names.join(''), rows)));
    expect(error).toMatchObject({ details: { row: 1, column: 2 } });
    expect(rowsOf(events)).toBe(1);
    const batch = events.find(event => event.type === 'batch')?.batch;
    expect(batch?.toArray().map(row => row?.toString())).toEqual([
      '{"c0": "a", "c1": [1,2], "c2": 3}'
    ]);
  });

  it('gives rows away when the connection breaks, and says that it did', async () => {
    const bytes = numbered(20).slice(0, -100);
    const source = open(bytes, stop => stop.error(new TypeError('socket closed')));
    const { events, error } = await collect(source);
    expect(rowsOf(events)).toBeGreaterThan(10);
    expect(error).toMatchObject({ kind: 'unavailable' });
  });

  it('hands an abort on as it is', async () => {
    const abort = new DOMException('stopped', 'AbortError');
    const { error } = await collect(open(numbered(5), stop => stop.error(abort)));
    expect(error).toBe(abort);
  });

  it('shows rows that trickle in before anybody has waited for long', async () => {
    vi.useFakeTimers();
    const bytes = numbered(100);
    let sent = 0;
    const source = new ReadableStream<Uint8Array>({
      async pull(controller) {
        await new Promise(resolve => setTimeout(resolve, 50));
        controller.enqueue(bytes.slice(sent, sent + 300));
        sent += 300;
      }
    });
    const stream = streamVOTable(source);
    const start = performance.now();
    const shown = (async () => {
      await stream.next();
      const { value } = await stream.next();
      return { type: value?.type, after: performance.now() - start };
    })();
    await vi.advanceTimersByTimeAsync(5000);
    expect(await shown).toMatchObject({ type: 'batch' });
    expect((await shown).after).toBeLessThanOrEqual(50 + 250);
  });

  it('shows all complete rows while the service pauses', async () => {
    const bytes = numbered(20);
    // Both pieces end inside of a row.
    const pieces = [bytes.slice(0, 300), bytes.slice(300, 400)];
    const source = new ReadableStream<Uint8Array>({
      pull(controller) {
        const piece = pieces.shift();
        if (piece === undefined) {
          return new Promise<void>(() => undefined);
        }
        controller.enqueue(piece);
        return undefined;
      }
    });
    const stream = streamVOTable(source);
    expect((await stream.next()).value).toMatchObject({ type: 'head' });
    const complete =
      new TextDecoder().decode(bytes.slice(0, 400)).split('</TR>').length - 1;
    expect((await stream.next()).value).toMatchObject({
      type: 'batch',
      rows: complete
    });
    expect(complete).toBeGreaterThan(5);
  });

  it('cancels the source when nobody reads on', async () => {
    let isCancelled = false;
    const source = new ReadableStream<Uint8Array>({
      pull: controller => controller.enqueue(numbered(2000).slice(0, -100)),
      cancel() {
        isCancelled = true;
      }
    });
    for await (const event of streamVOTable(source)) {
      expect(event.type).toBe('head');
      break;
    }
    expect(isCancelled).toBe(true);
  });

  it.each([
    ['nothing', '', 'is empty'],
    ['text', 'Service unavailable', 'begins with “Service unavailable”'],
    ['another document', '<uws:job xmlns:uws="x"/>', '<job>'],
    ['JSON', '{"error": 1}', '{"error": 1}'],
    ['a DTD', '<!DOCTYPE VOTABLE [<!ENTITY a "b">]><VOTABLE/>', 'DTD'],
    ['half a head', '<VOTABLE><RESOURCE type="re', 'breaks off before its end'],
    ['an open RESOURCE', '<VOTABLE><RESOURCE></VOTABLE>', 'closes <VOTABLE>'],
    ['text behind the end', '<VOTABLE></VOTABLE> oops', 'oops'],
    ['a second root', '<VOTABLE></VOTABLE><VOTABLE/>', 'second one'],
    [
      'tables in tables',
      '<VOTABLE><RESOURCE><TABLE><TABLE/></TABLE></RESOURCE></VOTABLE>',
      'inside a table'
    ]
  ])('refuses %s', async (_what, text, part) => {
    const error = await refusal(text);
    expect(error.kind).toBe('bad-answer');
    expect(error.message).toContain(part);
  });

  it('is bounded in depth, INFOs and markup', async () => {
    const infos = `<VOTABLE>${'<INFO name="a" value="b"/>'.repeat(10_001)}`;
    expect((await refusal(infos)).message).toContain('10000 INFO elements');
    const deep = '<VOTABLE>' + '<RESOURCE>'.repeat(100);
    expect((await refusal(deep)).message).toContain('levels of nesting');
    const tag = `<VOTABLE a="${'x'.repeat(9_000_000)}`;
    expect((await refusal(inPieces(utf8(tag), () => 65536))).message).toContain(
      'tag of'
    );
  });
});
