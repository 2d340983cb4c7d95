import { describe, expect, it, vi } from 'vitest';

import type { IArchive } from '../../../src/archives/archive.js';
import { QueryModel } from '../../../src/model/query.js';
import { QuerySchema } from '../../../src/model/schema/queryschema.js';
import { Schemas } from '../../../src/model/schema/schemas.js';
import { ProtocolError } from '../../../src/protocol/errors.js';
import { capability, table, tableSet } from '../protocol/adql/support.js';

const SERVICE = 'https://x.example/tap';
const RAW = { name: 'dbo.raw', title: 'dbo.raw', service: SERVICE };

function open(adql: string, fails: { now: ProtocolError | null } = { now: null }) {
  const asked: string[] = [];
  const ask = async <T>(what: string, answer: T): Promise<T> => {
    asked.push(what);
    if (fails.now) {
      throw fails.now;
    }
    return answer;
  };
  const archive = {
    definition: { id: 'x', name: 'X' },
    discover: {
      schema: {
        tables: () => ask('tables', tableSet(table('dbo.raw'), table('ivoa.ObsCore'))),
        capability: () => ask('capability', capability(['POINT'])),
        examples: () => ask('examples', [])
      },
      describe: ({ name }: { name: string }) =>
        ask(`describe ${name}`, table(name, ['one', 'two']))
    }
  } as unknown as IArchive;
  const model = new QueryModel();
  const uploads = [
    { name: 'Mine', votable: '<TABLE><FIELD ID="a" name="ra" unit="deg"/></TABLE>' }
  ];
  model.open({
    archive,
    table: RAW,
    query: { adql, maxrec: 50, uploads },
    subject: 'x'
  });
  return { asked, model, schema: new QuerySchema(new Schemas(), model) };
}

describe('QuerySchema', () => {
  it('asks nothing before the editor is opened', async () => {
    vi.useFakeTimers();
    const { asked, model, schema } = open('SELECT 1 FROM dbo.raw');
    model.adql = 'SELECT 1 FROM ivoa.ObsCore';
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked).toEqual([]);
    schema.dispose();
    vi.useRealTimers();
  });

  it('reads the tables, and the columns of those that matter', async () => {
    const { asked, schema } = open('SELECT 1 FROM ivoa.obscore o, no.such');
    await schema.start();
    expect(asked).toEqual([
      'tables',
      'capability',
      'examples',
      'describe dbo.raw',
      'describe ivoa.ObsCore'
    ]);
    const { names, rowLimit, uploads, table: searched } = schema.context;
    expect(names.find([{ text: 'raw' }])?.description.columns).toHaveLength(2);
    expect(rowLimit).toBe(50);
    expect(searched).toBe('dbo.raw');
    expect(uploads.get('mine')).toEqual(['ra']);
    expect(schema.isReading).toBe(false);
  });

  it('follows the text to other tables after a pause, each once', async () => {
    vi.useFakeTimers();
    const { asked, model, schema } = open('SELECT 1 FROM dbo.raw');
    await schema.start();
    asked.length = 0;
    model.adql = 'SELECT 1 FROM ivoa.ObsCore';
    expect(asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(1000);
    model.adql = 'SELECT 2 FROM ivoa.ObsCore';
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked).toEqual(['describe ivoa.ObsCore']);
    schema.dispose();
    vi.useRealTimers();
  });

  it('says why nothing new is known, and asks again when told to', async () => {
    const fails = {
      now: new ProtocolError('unavailable', 'No answer.') as ProtocolError | null
    };
    const { schema } = open('SELECT 1 FROM dbo.raw', fails);
    await schema.start();
    expect(schema.error?.kind).toBe('unavailable');
    expect(schema.context.names.isKnown).toBe(false);
    fails.now = null;
    await schema.retry();
    expect(schema.error).toBeNull();
    expect(schema.context.names.isKnown).toBe(true);
  });

  it('can be waited for while it reads', async () => {
    const { schema } = open('SELECT 1 FROM dbo.raw');
    expect(schema.ready).toBeNull();
    void schema.start();
    await schema.ready;
    expect(schema.context.names.isKnown).toBe(true);
    expect(schema.ready).toBeNull();
  });

  it('is no error where the user stops it', async () => {
    const { schema } = open('SELECT 1 FROM dbo.raw');
    const started = schema.start();
    schema.stop();
    await started;
    expect(schema.error).toBeNull();
  });
});
