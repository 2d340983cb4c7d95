import { CommandRegistry } from '@lumino/commands';
import { Signal } from '@lumino/signaling';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { SearchModel } from '../../../src/model/search.js';
import { CommandIDs } from '../../../src/plugins/commands.js';
import { linkSearch } from '../../../src/plugins/link.js';
import type { IDropped, ResultTabs } from '../../../src/plugins/resulttabs.js';
import { archiveOf } from '../model/rows.js';

/** As much of the tabs as the form is linked with. */
class Tabs {
  readonly query = null;
  readonly changed = new Signal<this, void>(this);
  readonly dropped = new Signal<this, IDropped>(this);
  readonly open = vi.fn<ResultTabs['open']>(() => Promise.resolve());
}

let model: SearchModel;
let tabs: Tabs;
let shown: number;

beforeEach(() => {
  model = new SearchModel();
  model.setArchives([archiveOf(async function* () {})]);
  tabs = new Tabs();
  shown = 0;
  const commands = new CommandRegistry();
  commands.addCommand(CommandIDs.showSidebar, {
    execute: () => (shown += 1),
    describedBy: { args: {} }
  });
  linkSearch(model, tabs as unknown as ResultTabs, commands);
});

describe('linkSearch', () => {
  it('searches again without the constraint that was dropped', () => {
    model.update({ position: '10 20', instrument: 'MUSE' });
    tabs.dropped.emit({ constraint: 'position', request: model.request! });
    expect(model.form.position).toBe('');
    expect(tabs.open).toHaveBeenCalledOnce();
    expect(tabs.open.mock.calls[0][0].constraints).toEqual(['instrument']);
    expect(shown).toBe(0);
  });

  it('shows the form instead where another of its fields is wrong', () => {
    model.update({ instrument: 'MUSE' });
    const request = model.request!;
    model.update({ from: 'yesterday' });
    tabs.dropped.emit({ constraint: 'instrument', request });
    expect(tabs.open).not.toHaveBeenCalled();
    expect(shown).toBe(1);
  });
});
