import { describe, expect, it } from 'vitest';

import {
  columnKeys,
  orderedKeys,
  readLayout,
  USUAL_LAYOUT,
  withHidden,
  withMoved,
  withPinned,
  withUnit
} from '../../../src/model/columnlayout.js';

const USUAL = ['a', 'b', 'c', 'd'];

describe('columnKeys', () => {
  it('VO-37: tells columns apart whose names repeat', () => {
    expect(columnKeys(['x', 'y', 'x', 'x'])).toEqual(['x', 'y', 'x\t2', 'x\t3']);
  });
});

describe('orderedKeys', () => {
  it('has each column once: pinned, then ordered, then as usual', () => {
    const order = { pinned: ['d', 'gone'], order: ['c', 'd', 'other'] };
    expect(orderedKeys(USUAL, order)).toEqual(['d', 'c', 'a', 'b']);
  });
});

describe('withMoved', () => {
  const order = (layout: typeof USUAL_LAYOUT): string[] => orderedKeys(USUAL, layout);

  it('moves a column, and no further than the ends', () => {
    expect(order(withMoved(USUAL_LAYOUT, USUAL, 'a', 2))).toEqual(['b', 'c', 'a', 'd']);
    expect(order(withMoved(USUAL_LAYOUT, USUAL, 'a', -1))).toEqual(USUAL);
    expect(order(withMoved(USUAL_LAYOUT, USUAL, 'd', 9))).toEqual(USUAL);
    expect(withMoved(USUAL_LAYOUT, USUAL, 'gone', 0)).toBe(USUAL_LAYOUT);
  });

  it('keeps pinned columns before the others', () => {
    const pinned = withPinned(withPinned(USUAL_LAYOUT, 'c', true), 'b', true);
    expect(order(pinned)).toEqual(['c', 'b', 'a', 'd']);
    expect(order(withMoved(pinned, USUAL, 'c', 3))).toEqual(['b', 'c', 'a', 'd']);
    expect(order(withMoved(pinned, USUAL, 'd', 0))).toEqual(['c', 'b', 'd', 'a']);
    expect(order(withPinned(pinned, 'c', false))).toEqual(['b', 'a', 'c', 'd']);
  });
});

describe('readLayout', () => {
  it('reads back what was kept', () => {
    const layout = withUnit(
      withHidden(withPinned(USUAL_LAYOUT, 'b', true), ['c'], true),
      'a',
      'mjd'
    );
    expect(readLayout(JSON.parse(JSON.stringify(layout)))).toEqual(layout);
  });

  it.each([null, 7, 'x', { order: 3, hidden: [1, null], units: [] }, []])(
    'takes %j for the usual one',
    kept => expect(readLayout(kept)).toEqual(USUAL_LAYOUT)
  );

  it('drops what is no unit', () => {
    expect(readLayout({ units: { a: 'nm', b: 7 } }).units).toEqual({ a: 'nm' });
  });
});

describe('withUnit', () => {
  it('goes back to the usual one', () => {
    const layout = withUnit(USUAL_LAYOUT, 'a', 'nm');
    expect(withUnit(layout, 'a', null)).toEqual(USUAL_LAYOUT);
  });
});
