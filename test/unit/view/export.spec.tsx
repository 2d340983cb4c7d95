import { nullTranslator } from '@jupyterlab/translation';
import { configure, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { ExportState } from '../../../src/model/export/state.js';
import type { IExportSource, TableSaver } from '../../../src/model/export/types.js';
import { ProtocolError } from '../../../src/protocol/errors.js';
import { askExport } from '../../../src/view/export/dialog.js';

vi.setConfig({ testTimeout: 60_000 });
configure({ asyncUtilTimeout: 15_000 });

const trans = nullTranslator.load('obsdeck');

const source: IExportSource = {
  name: 'M 83',
  rows: { all: 20_000, shown: 1204, selected: 3 },
  columns: { all: 24, shown: 16 },
  pack: async () => new Blob(['rows'])
};

function ask(
  save: TableSaver,
  from: Partial<IExportSource> = {},
  chooseFolder?: () => Promise<string>
) {
  const state = new ExportState({ ...source, ...from }, save, {
    folder: 'night',
    format: 'votable'
  });
  const done = askExport({ state, trans, ...(chooseFolder && { chooseFolder }) });
  return { state, done };
}

/** Wait for the dialog, which JupyterLab shows by style sheets that jsdom does not load. */
async function shown(): Promise<void> {
  await waitFor(() => expect(document.querySelector('dialog input')).toBeTruthy());
  document.querySelector('dialog')?.setAttribute('open', '');
  expect(screen.getByRole('dialog', { name: 'Export' })).toBeTruthy();
}

afterEach(async () => {
  fireEvent.keyDown(document.querySelector('dialog') ?? document, { key: 'Escape' });
  await waitFor(() => expect(document.querySelector('dialog')).toBeNull());
});

describe('The dialog “Export”', () => {
  it('offers formats, rows and columns with their numbers, and saves as chosen', async () => {
    const save = vi.fn<TableSaver>(async ({ path }) => ({
      path,
      rows: 3,
      bytes: 9,
      notes: []
    }));
    const { done } = ask(save);
    await shown();
    const group = await screen.findByRole('radiogroup', { name: 'Format' });
    expect(group.textContent).toBe('FormatVOTableFITSParquetCSVArrow');
    fireEvent.click(screen.getByRole('radio', { name: 'FITS' }));
    fireEvent.click(screen.getByRole('radio', { name: 'Selected, 3 rows' }));
    fireEvent.click(screen.getByRole('radio', { name: 'All 24' }));
    await screen.findByText('Saved as night/M 83.fits');
    fireEvent.click(screen.getByRole('button', { name: 'Export' }));
    expect((await done)?.rows).toBe(3);
    expect(save.mock.calls[0][0]).toMatchObject({
      path: 'night/M 83.fits',
      format: 'fits'
    });
  });

  it('asks nothing where there is no choice', async () => {
    const { done } = ask(async ({ path }) => ({ path, rows: 1, bytes: 1, notes: [] }), {
      rows: { all: 5, shown: null, selected: null },
      columns: { all: 5, shown: null }
    });
    await shown();
    await screen.findByRole('radiogroup', { name: 'Format' });
    expect(screen.queryByRole('radiogroup', { name: 'Rows' })).toBeNull();
    expect(screen.queryByRole('radiogroup', { name: 'Columns' })).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(await done).toBeNull();
  });

  it('stays open with what was typed when the file is there, and then replaces it', async () => {
    const save = vi.fn<TableSaver>(async ({ path, overwrite }) => {
      if (!overwrite) {
        throw new ProtocolError('rejected', 'night/M 83.vot exists already.', {
          status: 409
        });
      }
      return { path, rows: 1, bytes: 1, notes: [] };
    });
    const { done } = ask(save);
    await shown();
    fireEvent.click(await screen.findByRole('button', { name: 'Export' }));
    expect((await screen.findByRole('alert')).textContent).toBe(
      'night/M 83.vot exists already.'
    );
    fireEvent.click(await screen.findByRole('button', { name: 'Replace' }));
    expect(await done).not.toBeNull();
    expect(save).toHaveBeenCalledTimes(2);
  });

  it('shows how far it is, and stops when it is closed', async () => {
    let stopped: AbortSignal | undefined;
    const { done } = ask((_table, signal) => {
      stopped = signal;
      return new Promise(() => undefined);
    });
    await shown();
    fireEvent.click(await screen.findByRole('button', { name: 'Export' }));
    await screen.findByRole('progressbar', { name: 'Export' });
    await screen.findByText('Writing night/M 83.vot …');
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(await done).toBeNull();
    await waitFor(() => expect(stopped?.aborted).toBe(true));
  });

  it('takes the folder that was chosen', async () => {
    ask(
      async ({ path }) => ({ path, rows: 1, bytes: 1, notes: [] }),
      {},
      async () => 'data/eso'
    );
    await shown();
    fireEvent.click(await screen.findByRole('button', { name: 'Choose folder …' }));
    await screen.findByText('Saved as data/eso/M 83.vot');
  });
});
