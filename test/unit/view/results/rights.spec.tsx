import { nullTranslator } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import { configure, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import type { IArchive } from '../../../../src/archives/archive.js';
import type { IQueryRequest } from '../../../../src/model/query.js';
import { QueryModel } from '../../../../src/model/query.js';
import { ProtocolError } from '../../../../src/protocol/errors.js';
import { ResultsPanel } from '../../../../src/view/results/panel.js';
import { account, signedIn } from '../../../support/accounts.js';
import { Rights } from '../../../support/rights.js';
import { answer, archiveOf, fakeCanvas, field, type IColumn } from './support.js';
import { obscore, QUERY, TABLE } from './support.js';

beforeAll(fakeCanvas);

// A busy machine takes its time; nothing here is about speed.
configure({ asyncUtilTimeout: 20_000 });
vi.setConfig({ testTimeout: 30_000 });

const text = (name: string, value: string): IColumn => ({
  field: field(name, 'char', { arraysize: '*' }),
  cells: [value]
});

let failure: ProtocolError | null;
let columns: readonly IColumn[];
let askers: (string | undefined)[];
let rights: Rights;
let signIn: () => Promise<boolean>;
let saved: string[];
let model: QueryModel;
let panel: ResultsPanel;

/** An archive with accounts that answers, or fails, as the test says. */
function archive(): IArchive {
  const { definition, discover } = archiveOf(async function* () {
    await Promise.resolve();
    if (failure) {
      throw failure;
    }
    yield* answer(columns);
  });
  const run: NonNullable<IArchive['discover']>['run'] = (table, query, signal, how) => {
    askers.push(how?.as);
    return discover!.run(table, query, signal);
  };
  return {
    definition: { ...definition, signIn: { kind: 'basic' } },
    discover: { ...discover!, run }
  };
}

beforeEach(() => {
  failure = null;
  columns = obscore(3);
  askers = [];
  saved = [];
  rights = new Rights([account('test')]);
  signIn = () => {
    rights.change([signedIn('test')]);
    failure = null;
    return Promise.resolve(true);
  };
  model = new QueryModel();
  panel = new ResultsPanel({
    model,
    translator: nullTranslator,
    editorFactory: () => ({
      text: QUERY.adql,
      focus: () => undefined,
      dispose: () => undefined
    }),
    actions: [],
    save: (name, calendar) => saved.push(`${name} ${calendar.length > 0}`),
    rights: {
      rights,
      definition: () => undefined,
      signIn: () => signIn(),
      editArchive: () => undefined
    }
  });
  Widget.attach(panel, document.body);
});

afterEach(() => {
  panel.dispose();
  model.dispose();
});

async function run(more: Partial<IQueryRequest> = {}): Promise<void> {
  const request = { archive: archive(), table: TABLE, query: QUERY, subject: 'x' };
  model.open({ ...request, ...more });
  await panel.run();
}

const press = async (name: string): Promise<void> => {
  fireEvent.click(await screen.findByRole('button', { name }));
};
const why = { name: 'Why can’t I see it?' };
const footer = (): string =>
  screen.getByRole('status', { name: 'Result status' }).textContent ?? '';

describe('Results asked as me', () => {
  it('say so in footer and query line; those for anyone say nothing', async () => {
    await run();
    await waitFor(() => expect(footer()).toMatch(/Example, \d{4}-/));
    expect(screen.queryByText(/^Sent to/)).toBeNull();
    await run({ as: 'me' });
    await waitFor(() => expect(footer()).toMatch(/Example, as ASTRO1, \d{4}-/));
    expect(screen.getByText('Sent to tap.example.org, as you.')).toBeTruthy();
  });

  it('say what they lack when the user gave up signing in, and go on after it', async () => {
    const signsIn = signIn;
    signIn = () => Promise.resolve(false);
    await run({ as: 'me' });
    await screen.findByText('Example needs an account for this.', { exact: false });
    expect(askers).toEqual([]);
    signIn = signsIn;
    await press('Sign in and go on');
    await waitFor(() => expect(askers).toEqual(['me']));
    await waitFor(() => expect(screen.queryByText('Not run yet.')).toBeNull());
  });

  it('can be asked so in the editor, for this tab', async () => {
    await run();
    panel.queryOpen = true;
    const group = await screen.findByRole('radiogroup', { name: 'Run as' });
    fireEvent.click(within(group).getByRole('radio', { name: 'Me' }));
    expect(askers).toEqual([undefined]);
    await screen.findByText('The rows below answer another query', { exact: false });
    fireEvent.click(screen.getAllByRole('button', { name: 'Run' })[0]);
    await waitFor(() => expect(askers).toEqual([undefined, 'me']));
  });

  it('come after a sign-in that the banner offers, with the rows before kept', async () => {
    await run();
    failure = new ProtocolError('not-signed-in', 'No.');
    await run();
    await screen.findByText('Example needs an account for this.');
    expect(await screen.findAllByRole('gridcell', { name: '55.7467' })).toHaveLength(1);
    await press('Sign in');
    await waitFor(() => expect(askers).toEqual([undefined, undefined, 'me']));
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  });
});

describe('Why can’t I see it? in Results', () => {
  it('explains a refusal below its banner, and gives the focus back', async () => {
    failure = new ProtocolError('forbidden', 'No.', { as: 'me', scope: 'read:x' });
    rights.change([signedIn('test')]);
    await run({ as: 'me' });
    const opener = await screen.findByRole('button', { name: 'Why?' });
    opener.focus();
    fireEvent.click(opener);
    const region = await screen.findByRole('region', why);
    expect(region.textContent).toContain('missing: read:x');
    fireEvent.keyDown(document.activeElement!, { key: 'Escape' });
    await waitFor(() => expect(screen.queryByRole('region', why)).toBeNull());
    expect(document.activeElement).toBe(opener);
  });

  it('goes away with the question it was about', async () => {
    columns = obscore(0);
    await run();
    await press('Why can’t I see it?');
    await screen.findByRole('region', why);
    columns = obscore(3);
    await run();
    await waitFor(() => expect(screen.queryByRole('region', why)).toBeNull());
  });

  it('asks an empty answer again as the user who signs in', async () => {
    columns = obscore(0);
    await run();
    await press('Why can’t I see it?');
    await press('Sign in to Example');
    await waitFor(() => expect(askers).toEqual([undefined, 'me']));
  });

  it('explains a proprietary row from its record, and asks nothing again', async () => {
    columns = [
      text('dp_id', 'SPHER.1'),
      text('release_date', '2999-01-01T00:00:00'),
      text('prog_id', '117.A')
    ];
    await run();
    const record = screen.getByRole('complementary', { name: 'Record' });
    await within(record).findByText(
      /^Proprietary until 2999-01-01 \(in \d+,\d+ days\)$/
    );
    await press('Why?');
    const region = await screen.findByRole('region', why);
    expect(region.textContent).toContain(
      'SPHER.1 is proprietary until 2999-01-01 (in '
    );
    expect(region.textContent).toContain('people named on programme 117.A');
    fireEvent.click(within(region).getByRole('button', { name: 'Add to calendar' }));
    expect(saved).toEqual(['SPHER.1.ics true']);
    await press('Sign in to Example');
    await waitFor(() => expect(region.textContent).toContain('signed in as ASTRO1'));
    expect(askers).toEqual([undefined]);
  });

  it('offers nothing of it where everything is public', async () => {
    columns = [text('dp_id', 'SPHER.1'), text('release_date', '2001-01-01')];
    await run();
    const record = screen.getByRole('complementary', { name: 'Record' });
    await within(record).findByText('Public');
    expect(screen.queryByRole('button', { name: 'Why?' })).toBeNull();
  });
});
