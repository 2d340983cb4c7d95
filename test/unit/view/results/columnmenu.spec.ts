import { nullTranslator } from '@jupyterlab/translation';
import { describe, expect, it } from 'vitest';

import type { ColumnsController } from '../../../../src/view/results/columnscontroller.js';
import { columnMenu } from '../../../../src/view/results/columnmenu.js';
import { resultColumns } from '../../../../src/view/results/columns.js';
import type { IValueCounter } from '../../../../src/view/results/types.js';
import type { IMenuCommand } from '../../../../src/view/shared/menu.js';
import { field } from './support.js';

const trans = nullTranslator.load('obsdeck');
const controller = { isPinned: () => false } as unknown as ColumnsController;

const counted: string[] = [];
const counter: IValueCounter = {
  reason: column => (column === 'n' ? 'n is no column of ivoa.ObsCore.' : null),
  count: column => void counted.push(column)
};

/** “Count by value” in the menu of a column. */
function entryOf(name: string, arraysize: string | null, by?: IValueCounter) {
  const [column] = resultColumns([field(name, 'int', { arraysize })]);
  const deeds = { sort: () => {}, filter: () => {}, counter: by };
  return columnMenu(trans, column, controller, deeds).find(
    (entry): entry is IMenuCommand =>
      typeof entry === 'object' && entry.label === 'Count by value'
  );
}

describe('“Count by value” in the menu of a column', () => {
  it('counts by the column', () => {
    const entry = entryOf('calib_level', null, counter);
    expect(entry?.off).toBeUndefined();
    entry?.run();
    expect(counted).toEqual(['calib_level']);
  });

  it('is disabled where nothing can be counted, and says why', () => {
    expect(entryOf('n', null, counter)?.off).toBe('n is no column of ivoa.ObsCore.');
    expect(entryOf('flags', '8', counter)?.off).toBe(
      'Cannot be counted: its cells are arrays.'
    );
  });

  it('is not there where nobody would show the counts', () => {
    expect(entryOf('calib_level', null)).toBeUndefined();
  });
});
