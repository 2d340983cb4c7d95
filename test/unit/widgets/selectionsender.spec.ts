import { tableFromIPC } from 'apache-arrow';
import { expect, it, vi } from 'vitest';

import { CellBrowser } from '../../../src/widgets/cellbrowser.js';
import type { QueryModel } from '../../../src/model/query.js';
import {
  type ISelectionMessage,
  type ISendLimits,
  SelectionSender,
  type SendSelection
} from '../../../src/widgets/selectionsender.js';
import { settled } from '../../support/settled.js';
import { FakePage, FakePanel } from './page.js';

const ASKED = { archive: 'test', table: '', adql: 'SELECT 1', maxrec: 5 };
const LIMITS = { rows: 1000, bytes: 1_000_000, part: 100 };

let messages: ISelectionMessage[];
let parts: Uint8Array[];
let panel: FakePanel;
let query: QueryModel;

/** Rows in a panel whose selection is sent within limits. */
async function sending(limits: ISendLimits): Promise<SelectionSender> {
  const page = new FakePage();
  query = new CellBrowser(page, () => ASKED).query;
  await settled();
  panel = new FakePanel();
  [messages, parts] = [[], []];
  const send: SendSelection = (message, [part]) => {
    messages.push(message);
    parts.push(part as Uint8Array);
  };
  const line = { send, isLive: () => true };
  return new SelectionSender(panel, query.result, page.pausing, line, limits);
}

it('parts what is too long for one message', async () => {
  const sender = await sending(LIMITS);
  panel.selectedRows = [0, 1, 2];
  await query.run();
  await vi.waitFor(() => expect(messages.length).toBeGreaterThan(1));
  expect(messages.map(({ part }) => part)).toEqual(messages.map((_, part) => part));
  expect(new Set(messages.map(({ parts: total }) => total))).toEqual(
    new Set([messages.length])
  );
  expect(Math.max(...parts.map(({ length }) => length))).toBe(100);
  const whole = Uint8Array.from(parts.flatMap(part => [...part]));
  const { streamBytes = 0 } = messages[0];
  expect(whole.length).toBe(streamBytes + 3 * 4);
  expect(tableFromIPC(whole.subarray(0, streamBytes)).numRows).toBe(3);
  sender.dispose();
});

it('sends nothing of rows whose cells are too much, and says so', async () => {
  const sender = await sending({ ...LIMITS, bytes: 16 });
  panel.selectedRows = [0, 1, 2];
  await query.run();
  await vi.waitFor(() => expect(messages).toHaveLength(1));
  expect(messages).toEqual([{ type: 'selection', count: 3, most: 2 }]);
  expect(sender.tooMany).toEqual({ count: 3, most: 2 });
  panel.selectRows([0]);
  await vi.waitFor(() => expect(messages.length).toBeGreaterThan(1));
  expect(messages[1]).toMatchObject({ count: 1, part: 0 });
  expect(sender.tooMany).toBeNull();
  sender.dispose();
});
