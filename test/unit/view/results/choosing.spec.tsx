import { nullTranslator } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import { configure, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import type { IQuery } from '../../../../src/archives/archive.js';
import type { IColumnLayout } from '../../../../src/model/columnlayout.js';
import { QueryModel } from '../../../../src/model/query.js';
import type { VOTableEvent } from '../../../../src/protocol/votable/types.js';
import { OBSCORE_PROFILE } from '../../../../src/protocol/obscore.js';
import { ResultsPanel } from '../../../../src/view/results/panel.js';
import { queriesOf } from '../../../support/forms.js';
import {
  answer,
  archiveOf,
  fakeCanvas,
  field,
  type IColumn,
  obscore,
  QUERY,
  TABLE
} from './support.js';

beforeAll(fakeCanvas);

// A busy machine takes its time; nothing here is about speed.
configure({ asyncUtilTimeout: 8_000 });
vi.setConfig({ testTimeout: 60_000 });

let model: QueryModel;
let panel: ResultsPanel;
let events: readonly VOTableEvent[];
let kept: Map<string, IColumnLayout>;
let copied: string[];
let searched: [number, number][];

/** Of what a layout is remembered: nothing secret of the address is in it. */
const PLACE = 'test https://tap.example.org/tap ivoa.ObsCore';

/** Continues no query unless a test says so. */
const FORM = Object.assign(queriesOf({ ...OBSCORE_PROFILE, key: 'obs_id' }), {
  nextSlice: (): IQuery | null => null
});

async function* answers(): AsyncIterable<VOTableEvent> {
  yield* events;
}

const open = async (): Promise<void> => {
  model = new QueryModel();
  panel = new ResultsPanel({
    model,
    translator: nullTranslator,
    editorFactory: () => ({ text: '', focus: () => {}, dispose: () => {} }),
    actions: [],
    layouts: kept,
    copy: text => void copied.push(text),
    searchHere: (ra, dec) => void searched.push([ra, dec])
  });
  Widget.attach(panel, document.body);
  const base = archiveOf(answers);
  const profile = () => ({ ...OBSCORE_PROFILE, key: 'obs_id' });
  const discover = base.discover && { ...base.discover, profile, form: FORM };
  const archive = { ...base, discover };
  model.open({ archive, table: TABLE, query: QUERY, subject: 'everything' });
  await model.run();
  await screen.findAllByRole('gridcell');
};

const close = (): void => {
  panel.dispose();
  model.dispose();
};

const grid = (): HTMLElement => screen.getByRole('grid', { name: 'Results' });
const key = (name: string, more = {}): void => {
  fireEvent.keyDown(grid(), { key: name, ...more });
};
const headers = (): string[] =>
  within(grid())
    .getAllByRole('columnheader')
    .map(node => node.textContent ?? '');
const cells = (): string[] =>
  within(within(grid()).getAllByRole('row')[1])
    .getAllByRole('gridcell')
    .map(node => node.textContent ?? '');
const focused = (): Element | null =>
  document.getElementById(grid().getAttribute('aria-activedescendant') ?? '');

/** Open the chooser. */
const choose = async (): Promise<HTMLElement> => {
  fireEvent.click(screen.getByLabelText('Columns'));
  return screen.findByRole('dialog', { name: 'Columns' });
};

/** An entry of the menu that is open. */
const entry = (name: string): Promise<HTMLElement> =>
  screen.findByText(name, { selector: '.lm-Menu-itemLabel' });

/** Choose an entry of the menu that is open, by keys: there is no layout to point at. */
const pick = async (name: string): Promise<void> => {
  const menu = (await entry(name)).closest('.lm-Menu') as HTMLElement;
  const entries = [...menu.querySelectorAll('[data-type="command"]')];
  const place = entries.findIndex(node => node.textContent === name);
  for (let step = 0; step <= place; step++) {
    fireEvent.keyDown(menu, { keyCode: 40 });
  }
  fireEvent.keyDown(menu, { keyCode: 13 });
};

beforeEach(() => {
  events = answer(obscore(5));
  kept = new Map();
  copied = [];
  searched = [];
});

afterEach(close);

describe('the column chooser', () => {
  it('hides columns, which stay in the record, and remembers them per table', async () => {
    await open();
    expect(headers()).toContain('obs_id');
    const dialog = await choose();
    fireEvent.click(within(dialog).getByRole('checkbox', { name: /^obs_id/ }));
    await waitFor(() => expect(headers()).not.toContain('obs_id'));
    expect(grid().getAttribute('aria-colcount')).toBe('8');
    within(dialog).getByText('1 hidden.', { exact: false });
    panel.recordShown = true;
    key('ArrowDown');
    await within(screen.getByRole('complementary')).findByText('obs-0');
    expect([...kept.keys()]).toEqual([PLACE]);
    close();
    await open();
    expect(headers()).not.toContain('obs_id');
  });

  it('never hides all, and shows all again', async () => {
    await open();
    const dialog = await choose();
    for (const box of within(dialog).getAllByRole('checkbox')) {
      fireEvent.click(box);
    }
    await waitFor(() => expect(headers()).toHaveLength(1));
    fireEvent.click(within(dialog).getByRole('button', { name: 'Show all' }));
    await waitFor(() => expect(headers()).toHaveLength(9));
  });

  it('hides columns without values', async () => {
    const empty: IColumn = {
      field: field('nothing', 'double'),
      cells: [NaN, null, NaN]
    };
    events = answer([...obscore(3), empty]);
    await open();
    const dialog = await choose();
    const button = { name: 'Only those with values' };
    fireEvent.click(within(dialog).getByRole('button', button));
    await waitFor(() => expect(headers()).not.toContain('nothing'));
    expect(headers()).toHaveLength(9);
  });

  it('moves a column with Alt and arrows, and says where it is', async () => {
    await open();
    const dialog = await choose();
    const box = within(dialog).getByRole('checkbox', { name: /^s_dec/ });
    fireEvent.keyDown(box, { key: 'ArrowUp', altKey: true });
    await within(dialog).findByText('s_dec, 3 of 9');
    expect(headers().slice(0, 4)).toEqual(['calib_level', 'obs_id', 's_dec', 's_ra']);
    fireEvent.click(within(dialog).getByRole('button', { name: 'Default' }));
    await waitFor(() => expect(headers()[2]).toBe('s_ra'));
  });

  it('finds columns by name and description', async () => {
    await open();
    const dialog = await choose();
    const search = within(dialog).getByRole('searchbox', { name: 'Search columns' });
    fireEvent.change(search, { target: { value: 'declination' } });
    await waitFor(() =>
      expect(within(dialog).getAllByRole('checkbox')).toHaveLength(1)
    );
  });

  it('VO-37: tells columns of the same name apart', async () => {
    const twice = ['a', 'b'].map(cell => ({
      field: field('x', 'char', { arraysize: '*' }),
      cells: [cell]
    }));
    events = answer(twice);
    await open();
    const dialog = await choose();
    fireEvent.click(within(dialog).getAllByRole('checkbox', { name: /^x/ })[0]);
    await waitFor(() => expect(cells()).toEqual(['b']));
  });

  it('closes with Escape, and the button has the focus again', async () => {
    await open();
    const dialog = await choose();
    await waitFor(() => expect(document.activeElement?.tagName).toBe('INPUT'));
    fireEvent.keyDown(dialog, { key: 'Escape' });
    expect(screen.queryByRole('dialog', { name: 'Columns' })).toBeNull();
    expect(document.activeElement).toBe(screen.getByLabelText('Columns'));
  });
});

describe('a pinned column', () => {
  it('comes first, keeps its number and the focus, and moves with the keys', async () => {
    const layout = { order: [], hidden: [], pinned: ['big'], units: {} };
    kept.set(PLACE, layout);
    await open();
    expect(headers().slice(0, 2)).toEqual(['big', 'calib_level']);
    const [first, second] = within(grid()).getAllByRole('columnheader');
    expect([first, second].map(node => node.getAttribute('aria-colindex'))).toEqual([
      '1',
      '2'
    ]);
    expect(first.className).toContain('jp-mod-frozen');
    expect(cells().slice(0, 2)).toEqual(['9007199254740993', '0']);
    key('ArrowDown');
    key('ArrowDown');
    await waitFor(() => expect(focused()?.textContent).toBe('9007199254740994'));
    key('ArrowRight');
    key('ArrowDown', { altKey: true });
    await screen.findByText('Sorted by calib_level, descending');
    key('Home');
    key('ArrowUp', { altKey: true });
    await screen.findByText('Sorted by big, ascending');
    expect(panel.selectedRows).toEqual([1]);
  });
});

describe('the menu of a row', () => {
  const menu = async (): Promise<void> => {
    await open();
    key('ArrowDown');
    key('ArrowRight');
    key('ContextMenu');
    await entry('Copy row');
  };

  it('copies the identifier', async () => {
    await menu();
    await pick('Copy identifier');
    await waitFor(() => expect(copied).toEqual(['obs-0']));
  });

  it('searches around the position of the row', async () => {
    await menu();
    await pick('Search here (0.1 deg)');
    await waitFor(() => expect(searched).toEqual([[55.7467, -32.286234567]]));
  });

  it('filters by the value of the focused cell', async () => {
    await menu();
    await pick('Filter by this value');
    await screen.findByRole('group', { name: 'Filter 1: obs_id' });
    await waitFor(() => expect(cells()[1]).toBe('obs-0'));
  });

  it('has the menu of the column behind it', async () => {
    await menu();
    const item = await entry('Column obs_id');
    // Other tests find no menu in the document then.
    fireEvent.keyDown(item.closest('.lm-Menu')!, { keyCode: 27 });
  });
});

describe('the next slice', () => {
  it('is offered in words where it is not possible', async () => {
    events = answer(obscore(3), { status: 'OVERFLOW' });
    await open();
    await screen.findByText('3 rows shown; the service has more.');
    screen.getByText('Narrow the search or raise the row limit.');
    expect(screen.queryByRole('button', { name: 'Next slice' })).toBeNull();
  });

  it('adds rows to those shown, and keeps how they are sorted', async () => {
    events = answer(obscore(3), { status: 'OVERFLOW' });
    const nextSlice = vi.fn(() => QUERY);
    vi.spyOn(FORM, 'nextSlice').mockImplementation(nextSlice);
    await open();
    const button = await screen.findByRole('button', { name: 'Next slice' });
    grid().dispatchEvent(new FocusEvent('focus'));
    key('ArrowDown', { altKey: true });
    await screen.findByText('Sorted by calib_level, descending');
    events = answer(obscore(5));
    fireEvent.click(button);
    await waitFor(() => expect(cells()[0]).toBe('4'));
    const last = { key: 'obs-2' };
    expect(nextSlice).toHaveBeenCalledWith(TABLE, QUERY, last);
    expect(grid().getAttribute('aria-rowcount')).toBe('6');
    await waitFor(() => expect(screen.queryByText(/the service has more/)).toBeNull());
  });
});
