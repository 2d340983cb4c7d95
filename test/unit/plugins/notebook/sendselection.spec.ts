import { nullTranslator } from '@jupyterlab/translation';
import type { INotebookTracker } from '@jupyterlab/notebook';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { QueryModel } from '../../../../src/model/query.js';
import {
  isVariable,
  sendingCode,
  sendSelection
} from '../../../../src/plugins/notebook/sendselection.js';
import {
  archiveOf,
  batchEvent,
  endEvent,
  headEvent,
  QUERY,
  TABLE
} from '../../model/rows.js';

const trans = nullTranslator.load('obsdeck');

const notebooksWith = (kernel: unknown): INotebookTracker =>
  ({
    currentWidget: kernel && { sessionContext: { session: { kernel } } }
  }) as unknown as INotebookTracker;

async function rows(): Promise<QueryModel> {
  const model = new QueryModel();
  const archive = archiveOf(async function* () {
    yield headEvent();
    yield batchEvent([['a', 1]]);
    yield endEvent();
  });
  model.open({ archive, table: TABLE, query: QUERY, subject: 'x' });
  await model.run();
  return model;
}

afterEach(() => vi.restoreAllMocks());

describe('isVariable', () => {
  it('is true for names of Python only', () => {
    expect(['rows', '_x1', 'größe'].every(isVariable)).toBe(true);
    expect(['', '1x', 'a b', 'class', 'x=1;y', 'a.b', 'x\n'].some(isVariable)).toBe(
      false
    );
  });
});

describe('sendingCode', () => {
  it('sends long rows in several messages', () => {
    const codes = sendingCode('rows', new Uint8Array(7 << 20));
    expect(codes.length).toBeGreaterThan(4);
    expect(Math.max(...codes.map(code => code.length))).toBeLessThan(10 << 20);
    expect(codes.at(-1)).toContain('rows = ');
  });
});

describe('sendSelection', () => {
  it('says what is missing', async () => {
    const none = { query: null, selectedRows: [] };
    await expect(
      sendSelection(trans, notebooksWith(null), none, 'rows')
    ).rejects.toThrow('No notebook with a running kernel is open.');
    const kernel = { requestExecute: vi.fn() };
    const notebooks = notebooksWith(kernel);
    await expect(sendSelection(trans, notebooks, none, 'rows')).rejects.toThrow(
      'No rows are selected.'
    );
    const chosen = { query: await rows(), selectedRows: [0] };
    await expect(sendSelection(trans, notebooks, chosen, '1x')).rejects.toThrow(
      /no name of a variable/
    );
    expect(kernel.requestExecute).not.toHaveBeenCalled();
  });

  it('says what the kernel says', async () => {
    const content = { status: 'error', ename: 'ImportError', evalue: 'no obsdeck' };
    const kernel = {
      requestExecute: vi.fn(() => ({ done: Promise.resolve({ content }) }))
    };
    const chosen = { query: await rows(), selectedRows: [0] };
    await expect(
      sendSelection(trans, notebooksWith(kernel), chosen, 'rows')
    ).rejects.toThrow('The kernel did not take the rows: ImportError: no obsdeck');
  });
});
