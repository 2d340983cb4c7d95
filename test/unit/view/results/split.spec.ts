import { Widget } from '@lumino/widgets';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import {
  MINIMUM,
  ResultsSplit,
  splitLayout
} from '../../../../src/view/results/split.js';

describe('splitLayout', () => {
  it('puts the record beside the grid, or below where it is narrow', () => {
    expect(splitLayout(1280).orientation).toBe('horizontal');
    expect(splitLayout(1280).sizes[1]).toBeCloseTo(0.25);
    expect(splitLayout(699).orientation).toBe('vertical');
  });
});

describe('ResultsSplit', () => {
  let split: ResultsSplit;
  let record: Widget;

  const minimum = async (height: number): Promise<void> =>
    vi.waitFor(() => expect(parseFloat(split.node.style.minHeight)).toBe(height));

  beforeEach(() => {
    record = new Widget();
    split = new ResultsSplit(new Widget(), record);
    Widget.attach(split, document.body);
  });

  afterEach(() => split.dispose());

  it('keeps header and three rows of the grid', async () => {
    expect(MINIMUM.grid.height).toBeGreaterThanOrEqual(40 + 3 * 24);
    await minimum(MINIMUM.grid.height);
  });

  it('asks for room for both where the record lies below the grid', async () => {
    // Nothing has a size here, so the panel is narrow.
    split.recordShown = true;
    await minimum(MINIMUM.grid.height + split.spacing + MINIMUM.record.height);
    expect(split.orientation).toBe('vertical');
    split.recordShown = false;
    await minimum(MINIMUM.grid.height);
  });
});
