import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { Signal } from '@lumino/signaling';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { SearchModel } from '../../../../src/model/search.js';
import { SearchFlow } from '../../../../src/model/searchflow.js';
import { CommandIDs } from '../../../../src/plugins/commands.js';
import { linkSearch } from '../../../../src/plugins/search/link.js';
import type {
  IAround,
  IDropped,
  ISearchCounter,
  ResultTabs
} from '../../../../src/plugins/results/resulttabs.js';
import type { ISearchCallbacks } from '../../../../src/view/search/callbacks.js';
import { queriesOf } from '../../../support/forms.js';
import { answerOf } from '../../model/answers.js';
import { archiveOf } from '../../model/rows.js';

/** As much of the tabs as the form is linked with. */
class Tabs {
  readonly query = null;
  counter: ISearchCounter | null = null;
  readonly tracker = { currentWidget: null };
  readonly changed = new Signal<this, void>(this);
  readonly dropped = new Signal<this, IDropped>(this);
  readonly around = new Signal<this, IAround>(this);
  readonly open = vi.fn<ResultTabs['open']>(() => Promise.resolve());
  readonly edit = vi.fn<ResultTabs['edit']>(() => Promise.resolve());
}

const MUSE = { instrument_name: 'MUSE' };

let model: SearchModel;
let tabs: Tabs;
let shown: number;
let saved: number;
let asked: string[];
let callbacks: ISearchCallbacks;

beforeEach(() => {
  model = new SearchModel();
  asked = [];
  const archive = archiveOf(async function* ({ adql }) {
    asked.push(adql);
    yield* answerOf({ facility_name: ['ESO'], n_rows: [3] });
  });
  const discover = { ...archive.discover!, form: queriesOf() };
  model.setArchives([{ ...archive, discover }]);
  tabs = new Tabs();
  shown = 0;
  const commands = new CommandRegistry();
  commands.addCommand(CommandIDs.showSidebar, {
    execute: () => (shown += 1),
    describedBy: { args: {} }
  });
  saved = 0;
  commands.addCommand(CommandIDs.saveSearch, {
    execute: () => (saved += 1),
    describedBy: { args: {} }
  });
  callbacks = linkSearch({
    flow: new SearchFlow(model),
    tabs: tabs as unknown as ResultTabs,
    commands,
    trans: nullTranslator.load('obsdeck'),
    targets: () => undefined
  });
});

describe('linkSearch', () => {
  it('saves what the form stands for, and runs nothing for it', async () => {
    model.update({ position: '10 20' });
    callbacks.save(model.request!);
    await vi.waitFor(() => expect(saved).toBe(1));
    expect(tabs.edit.mock.calls[0][0].query.adql).toContain('10');
    expect(tabs.open).not.toHaveBeenCalled();
  });

  it('searches again without the constraint that was dropped', () => {
    model.update({ position: '10 20', columns: MUSE });
    tabs.dropped.emit({ constraint: 'position', request: model.request! });
    expect(model.form.position).toBe('');
    expect(tabs.open).toHaveBeenCalledOnce();
    const [{ constraints }] = tabs.open.mock.calls[0];
    expect(constraints?.map(({ key }) => key)).toEqual(['column:instrument_name']);
    expect(shown).toBe(0);
  });

  it('searches around the position of a row, with all else that was asked', () => {
    model.update({ position: '10 20', radius: '3', columns: MUSE });
    tabs.around.emit({ ra: 30.5, dec: -7, request: model.request! });
    expect(model.form).toMatchObject({ position: '30.5 -7', radius: '0.1' });
    expect(model.form.columns).toEqual(MUSE);
    expect(tabs.open).toHaveBeenCalledOnce();
  });

  it('shows the form instead where another of its fields is wrong', () => {
    model.update({ columns: MUSE });
    const request = model.request!;
    model.update({ from: 'yesterday' });
    tabs.dropped.emit({ constraint: 'column:instrument_name', request });
    expect(tabs.open).not.toHaveBeenCalled();
    expect(shown).toBe(1);
  });

  it('counts what the rows of a tab were asked by a column, in the form', async () => {
    model.update({ columns: MUSE });
    const request = model.request!;
    expect(tabs.counter?.reason(request, 'facility_name')).toBeNull();
    expect(asked).toEqual([]);
    tabs.counter?.count(request, 'facility_name');
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    expect(asked[0]).toMatch(/MUSE[^]*GROUP BY facility_name/);
    expect(shown).toBe(1);
  });

  it('says why something is not counted', () => {
    model.update({ columns: MUSE });
    const request = { ...model.request!, form: undefined };
    const query = { adql: 'SELECT COUNT(*) AS n FROM ivoa.ObsCore', maxrec: 1 };
    expect(tabs.counter?.reason({ ...request, query }, 'n')).toBe(
      'The form cannot show this query.'
    );
    model.setArchives([]);
    expect(tabs.counter?.reason(request, 'facility_name')).toBe(
      'Test archive is not in the Search section.'
    );
  });
});
