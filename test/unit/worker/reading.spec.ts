import { describe, expect, it } from 'vitest';

import type { VOTableEvent } from '../../../src/protocol/votable/index.js';
import { Engine } from '../../../src/worker/engine.js';
import { WorkerPool } from '../../../src/worker/pool.js';
import { field, inPieces, tabledata, utf8 } from '../protocol/votable/support.js';
import { FakeWorker } from './fake.js';

describe('reading in a worker', () => {
  it('brings the events of a document', async () => {
    const engine = new Engine(new WorkerPool(() => new FakeWorker()));
    const bytes = utf8(tabledata(field('int'), '<TR><TD>1</TD></TR>'));
    const events: VOTableEvent[] = [];
    for await (const event of engine.readVOTable(inPieces(bytes, () => 10))) {
      events.push(event);
    }
    expect(events.map(({ type }) => type)).toEqual(['head', 'batch', 'end']);
  });
});
