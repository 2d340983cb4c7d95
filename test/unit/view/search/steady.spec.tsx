import { nullTranslator } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import { act, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { SearchModel } from '../../../../src/model/search.js';
import { SearchFlow } from '../../../../src/model/searchflow.js';
import { SearchPanel } from '../../../../src/view/search/panel.js';
import { queriesOf } from '../../../support/forms.js';
import { archiveOf } from '../../model/rows.js';

/** Each render asks for its words: those asked for tell what was rendered. */
const trans = nullTranslator.load('obsdeck');
let model: SearchModel;
let panel: SearchPanel;

beforeEach(async () => {
  model = new SearchModel();
  const base = archiveOf(() => {
    throw new Error('The form asked an archive.');
  });
  const discover = { ...base.discover!, form: queriesOf() };
  model.setArchives([{ ...base, discover }]);
  const refuse = () => {
    throw new Error('not asked for');
  };
  panel = new SearchPanel(
    new SearchFlow(model),
    {
      search: refuse,
      cancel: refuse,
      edit: refuse,
      history: refuse,
      save: refuse,
      revert: refuse,
      signIn: refuse,
      addArchive: refuse,
      targets: refuse
    },
    trans
  );
  await act(async () => Widget.attach(panel, document.body));
});

afterEach(() => act(() => panel.dispose()));

/** The words that are asked for meanwhile. */
async function wordsOf(what: () => void): Promise<readonly string[]> {
  const ask = vi.spyOn(trans, '__').mockClear();
  await act(async () => what());
  return ask.mock.calls.map(([words]) => String(words));
}

const progress = (rows: number) => () => {
  model.running = { rows, bytes: 10 * rows, seconds: 1, isWaiting: false };
};

describe('The form while a search runs', () => {
  it('renders its foot anew with each report, and nothing else', async () => {
    await wordsOf(progress(1));
    const words = await wordsOf(progress(2));
    expect(words).toContain('Count');
    const others = [
      'Target or position',
      'Observed from',
      'Wavelength from',
      'Order by'
    ];
    const fields = ['Product type', 'More fields', 'Archive', 'Row limit', 'Edit ADQL'];
    expect(words.filter(word => [...others, ...fields].includes(word))).toEqual([]);
  });
});

describe('The form that is typed into', () => {
  const type = (name: string, value: string) =>
    fireEvent.change(screen.getByRole('textbox', { name }), { target: { value } });

  it('renders the part anew that has changed', async () => {
    const words = await wordsOf(() => type('Observed from', '2016-09-26'));
    expect(words).toContain('Observed from');
    const others = ['Target or position', 'Wavelength from', 'Order by', 'Archive'];
    expect(words.filter(word => others.includes(word))).toEqual([]);
  });

  it('asks of each column what was typed last, whatever was typed elsewhere', () => {
    act(() => type('Instrument', 'MUSE'));
    act(() => type('Collection', 'ESO'));
    expect(model.form.columns).toEqual({
      instrument_name: 'MUSE',
      obs_collection: 'ESO'
    });
  });

  it('works out what the table offers and its orders once', () => {
    const { offer } = model;
    act(() => type('Instrument', 'MUSE'));
    expect(model.offer).toBe(offer);
  });
});
