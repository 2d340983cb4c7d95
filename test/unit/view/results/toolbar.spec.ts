import { nullTranslator } from '@jupyterlab/translation';
import type { Message } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { ResultsToolbar } from '../../../../src/view/results/toolbar.js';

type Report = (entries: readonly { contentRect: Partial<DOMRect> }[]) => void;

let report: Report;
let watched: Element | null;
let toolbar: ResultsToolbar;

beforeEach(() => {
  watched = null;
  vi.stubGlobal(
    'ResizeObserver',
    class {
      constructor(callback: Report) {
        report = callback;
      }
      observe(node: Element): void {
        watched = node;
      }
      disconnect(): void {
        watched = null;
      }
    }
  );
  const nothing = {
    filter: vi.fn(),
    columns: vi.fn(),
    record: vi.fn(),
    more: () => []
  };
  toolbar = new ResultsToolbar([], nullTranslator.load('obsdeck'), nothing);
});

afterEach(() => {
  toolbar.dispose();
  vi.unstubAllGlobals();
});

describe('ResultsToolbar', () => {
  it('places its buttons anew when a scroll bar beside it takes width', () => {
    const sizes: number[] = [];
    vi.spyOn(toolbar, 'processMessage').mockImplementation((message: Message) => {
      if (message instanceof Widget.ResizeMessage) {
        sizes.push(message.width);
      }
    });
    expect(watched).toBe(toolbar.node);
    report([{ contentRect: { width: 537, height: 58 } }]);
    expect(sizes).toEqual([537]);
  });

  it('leaves out what the archive does not offer, and brings it with the next one', () => {
    let offered = false;
    toolbar.setActions([
      {
        id: 'links',
        label: 'Links',
        offered: () => offered,
        enabled: () => true,
        execute: () => undefined
      }
    ]);
    const [first] = toolbar.children();
    expect(first.isHidden).toBe(true);
    offered = true;
    toolbar.refresh();
    expect(first.isHidden).toBe(false);
  });

  it('watches nothing any more when it is gone', () => {
    toolbar.dispose();
    expect(watched).toBeNull();
  });
});
