import { tableFromIPC } from 'apache-arrow';
import { expect, it, vi } from 'vitest';

import { CellBrowser } from '../../../src/widgets/cellbrowser.js';
import {
  type ISelectionMessage,
  SelectionSender
} from '../../../src/widgets/selectionsender.js';
import { settled } from '../../support/settled.js';
import { FakePage, FakePanel } from './page.js';

it('parts what is too long for one message', async () => {
  const page = new FakePage();
  const asked = { archive: 'test', table: '', adql: 'SELECT 1', maxrec: 5 };
  const { query } = new CellBrowser(page, () => asked);
  await settled();
  const panel = new FakePanel();
  const messages: ISelectionMessage[] = [];
  const parts: Uint8Array[] = [];
  const sender = new SelectionSender(
    panel,
    query.result,
    page.pausing,
    (message, [part]) => {
      messages.push(message);
      parts.push(part as Uint8Array);
    },
    100
  );
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
