import { Notification } from '@jupyterlab/apputils';
import { nullTranslator } from '@jupyterlab/translation';
import { describe, expect, it, vi } from 'vitest';

import { addCutOutAction } from '../../../../src/plugins/cutout/cutoutcommand.js';
import type { IManyParts } from '../../../../src/plugins/cutout/cutoutmany.js';
import { settled } from '../../../support/settled.js';

describe('“Cut out” of selected rows', () => {
  it('says how many are too many instead of asking for each', async () => {
    const told = vi.spyOn(Notification, 'error').mockReturnValue('');
    const shell = { add: vi.fn() };
    let execute: () => void = () => undefined;
    const selection = {
      query: null,
      selectedRows: Array.from({ length: 501 }, (_, row) => row),
      addAction: (action: { execute(): void }) => (execute = () => action.execute())
    };
    const trans = nullTranslator.load('obsdeck');
    addCutOutAction({ selection, shell, trans } as unknown as IManyParts);
    execute();
    await settled();
    expect(told).toHaveBeenCalledTimes(1);
    expect(told.mock.calls[0][0]).toBe(
      '501 rows are selected; at most 500 are cut out of at once. Select fewer.'
    );
    expect(shell.add).not.toHaveBeenCalled();
  });
});
