import { Widget } from '@lumino/widgets';
import { tableFromIPC } from 'apache-arrow';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { CellBrowser } from '../../../src/widgets/cellbrowser.js';
import { CellPanel } from '../../../src/widgets/cellpanel.js';
import type { ICellQuery } from '../../../src/widgets/cellquery.js';
import type { ISelectionMessage } from '../../../src/widgets/selectionsender.js';
import { settled } from '../../support/settled.js';
import { FakePage } from './page.js';

const QUERY: ICellQuery = { archive: 'test', table: '', adql: 'SELECT 1', maxrec: 5 };

let page: FakePage;
let asked: ICellQuery;
let browser: CellBrowser;
let panel: CellPanel;
let isLive: boolean;
let sent: { message: ISelectionMessage; buffers: ArrayBufferView[] }[];

beforeEach(async () => {
  page = new FakePage();
  asked = QUERY;
  isLive = true;
  sent = [];
  browser = new CellBrowser(page, () => asked);
  panel = new CellPanel({
    browser,
    means: page,
    line: {
      send: (message, buffers) => sent.push({ message, buffers }),
      isLive: () => isLive
    }
  });
  Widget.attach(panel, document.body);
  await settled();
});

afterEach(() => {
  panel.dispose();
});

/** What the kernel makes of all that was sent since the last time. */
function received() {
  const bytes = sent.flatMap(({ buffers }) => [...(buffers[0] as Uint8Array)]);
  const whole = Uint8Array.from(bytes);
  const { streamBytes = 0, count } = sent[0].message;
  const numbers = new DataView(whole.buffer, streamBytes);
  sent = [];
  return {
    table: tableFromIPC(whole.subarray(0, streamBytes)),
    rows: Array.from({ length: count }, (_, at) => numbers.getUint32(4 * at, true))
  };
}

async function run(): Promise<void> {
  browser.takeRun(1);
  await vi.waitFor(() => expect(sent).toHaveLength(1));
}

describe('a cell', () => {
  it('tells the kernel the columns once there are rows', async () => {
    await run();
    const { table, rows } = received();
    expect(rows).toEqual([]);
    expect(table.numRows).toBe(0);
    expect(table.schema.names).toEqual(['s_ra']);
    expect(table.schema.metadata.get('obsdeck.archive')).toBe('Test archive');
    expect(table.schema.metadata.get('obsdeck.query')).toBe('SELECT 1');
  });

  it('tells the kernel the rows that are selected, once', async () => {
    await run();
    received();
    page.panels[0].selectRows([2]);
    page.panels[0].selectRows([0, 2]);
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    const { table, rows } = received();
    expect(rows).toEqual([0, 2]);
    // The rows of these batches hold their own numbers.
    expect(table.toArray().map(row => row?.toJSON())).toEqual([
      { s_ra: 0 },
      { s_ra: 2 }
    ]);
    // The focus moves, the selection does not.
    page.panels[0].selectionChanged.emit();
    await new Promise(resolve => setTimeout(resolve, 300));
    expect(sent).toEqual([]);
  });

  it('sends no rows where they are too many, and says so', async () => {
    await run();
    received();
    page.panels[0].selectRows(Array.from({ length: 200_001 }, (_, row) => row));
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]).toEqual({
      message: { type: 'selection', count: 200_001, most: 200_000 },
      buffers: []
    });
    await vi.waitFor(() =>
      expect(panel.node.querySelector('[role=status]')?.textContent).toBe(
        '200,001 of 200,000'
      )
    );
  });

  it('selects what the kernel wants selected', async () => {
    panel.selectRows([1]);
    expect(page.panels[0].selectedRows).toEqual([1]);
  });

  it('says why there is nothing, and shows no rows then', async () => {
    asked = { ...QUERY, archive: 'elsewhere' };
    browser.open();
    await vi.waitFor(() =>
      expect(panel.node.querySelector('[role=alert]')?.textContent).toBe(
        'no archive elsewhere'
      )
    );
    expect(page.panels[0].isHidden).toBe(true);
  });

  it('says when the kernel is gone; the rows stay', async () => {
    isLive = false;
    panel.refresh();
    await vi.waitFor(() =>
      expect(panel.node.querySelector('[role=status]')?.textContent).toBe('no kernel')
    );
    expect(page.panels[0].isHidden).toBe(false);
  });

  it('tells a kernel that is gone nothing, and one that is there again the selection', async () => {
    await run();
    received();
    isLive = false;
    panel.refreshLine();
    page.panels[0].selectRows([1]);
    await new Promise(resolve => setTimeout(resolve, 300));
    expect(sent).toEqual([]);
    isLive = true;
    panel.refreshLine();
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    expect(received().rows).toEqual([1]);
    panel.refreshLine();
    await new Promise(resolve => setTimeout(resolve, 300));
    expect(sent).toEqual([]);
  });

  it('shares the query with another cell, whose selection is its own', async () => {
    const others: number[] = [];
    const other = new CellPanel({
      browser,
      means: page,
      line: { send: ({ count }) => others.push(count), isLive: () => true }
    });
    Widget.attach(other, document.body);
    await settled();
    await run();
    await vi.waitFor(() => expect(others).toEqual([0]));
    received();
    page.panels[0].selectRows([0, 1]);
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    expect([page.asked.length, others]).toEqual([1, [0]]);
    panel.dispose();
    expect(browser.query.result.state).toBe('done');
    page.panels[1].selectRows([2]);
    await vi.waitFor(() => expect(others).toEqual([0, 1]));
    other.dispose();
  });

  it('ends the query when the output is closed', async () => {
    let open = (): void => undefined;
    page.gate = new Promise(resolve => (open = resolve));
    browser.takeRun(1);
    await settled();
    panel.dispose();
    open();
    await settled();
    expect(page.aborted).toEqual([true]);
  });
});
