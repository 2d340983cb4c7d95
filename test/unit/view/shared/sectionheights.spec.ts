import { AccordionPanel, Panel, Widget } from '@lumino/widgets';
import { MessageLoop } from '@lumino/messaging';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { SectionHeights } from '../../../../src/view/shared/sectionheights.js';

/** Pixels of the accordion, of which its two titles take 50. */
const HEIGHT = 1050;

/** Heights that jsdom does not compute, by element. */
const heights = new Map<Element, number>();
let observed: () => void;
let panel: AccordionPanel;
let low: Panel;
let other: Widget;
let limited: SectionHeights;

beforeEach(() => {
  for (const name of ['offsetHeight', 'clientHeight', 'scrollHeight'] as const) {
    vi.spyOn(HTMLElement.prototype, name, 'get').mockImplementation(function (
      this: HTMLElement
    ) {
      return heights.get(this) ?? 0;
    });
  }
  vi.stubGlobal(
    'ResizeObserver',
    class {
      constructor(callback: () => void) {
        observed = callback;
      }
      observe(): void {}
      disconnect(): void {}
    }
  );
  panel = new AccordionPanel({ spacing: 0, titleSpace: 25 });
  low = new Panel();
  low.addWidget(new Widget());
  other = new Widget();
  panel.addWidget(low);
  panel.addWidget(other);
  heights.set(panel.node, HEIGHT);
  panel.titles.forEach(title => heights.set(title, 25));
  limited = new SectionHeights(panel, 0.4);
  limited.limit(low);
  Widget.attach(panel, document.body);
});

afterEach(() => {
  panel.dispose();
  heights.clear();
  vi.unstubAllGlobals();
});

/** Let the content of the low section be so high; answers the heights of both sections. */
function grow(content: number): readonly number[] {
  heights.set(low.widgets[0].node, content);
  observed();
  MessageLoop.flush();
  return [low, other].map(({ node }) => Math.round(parseFloat(node.style.height)));
}

describe('SectionHeights', () => {
  it('follows its content in both directions', () => {
    expect(grow(100)).toEqual([100, 900]);
    expect(grow(300)).toEqual([300, 700]);
    expect(grow(60)).toEqual([60, 940]);
  });

  it('keeps a section below its share', () => {
    expect(grow(5000)).toEqual([400, 600]);
  });

  it('gives it what it needs while the others are folded', () => {
    grow(5000);
    panel.collapse(1);
    expect(grow(5000)[0]).toBe(1000);
    expect(grow(700)[0]).toBe(700);
    panel.expand(1);
    expect(grow(700)).toEqual([400, 600]);
  });

  it('leaves the others 240 pixels however many sections are kept low', () => {
    const second = new Panel();
    second.addWidget(new Widget());
    panel.insertWidget(1, second);
    heights.set(panel.node, 475);
    panel.titles.forEach(title => heights.set(title, 25));
    heights.set(second.widgets[0].node, 5000);
    limited.limit(second);
    const [first, rest] = grow(5000);
    expect(rest).toBeGreaterThanOrEqual(240);
    expect(first).toBe(80);
  });
});
