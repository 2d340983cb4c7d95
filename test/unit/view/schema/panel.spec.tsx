import { nullTranslator } from '@jupyterlab/translation';
import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import type { IArchive } from '../../../../src/archives/archive.js';
import { SchemaBrowser } from '../../../../src/model/schema/browser.js';
import { Schemas } from '../../../../src/model/schema/schemas.js';
import { ProtocolError } from '../../../../src/protocol/errors.js';
import { SchemaPanel } from '../../../../src/view/schema/panel.js';
import { capability, column, table, tableSet } from '../../protocol/adql/support.js';

const SERVICE = 'https://x.example/tap';

const RAW = table('dbo.raw', [
  column('dp_id', { arraysize: '*', description: 'Identifier', indexed: true }),
  column('exposure', { datatype: 'double', unit: 's', ucd: 'time.duration' })
]);

/** Gives up what it is asked for, or answers with two schemas. */
function archiveOf(fails: { now: ProtocolError | null }): {
  archive: IArchive;
  asked: string[];
} {
  const asked: string[] = [];
  const answer = <T,>(what: string, value: T): Promise<T> => {
    asked.push(what);
    return fails.now ? Promise.reject(fails.now) : Promise.resolve(value);
  };
  const archive = {
    definition: { id: 'x', name: 'Archive X' },
    discover: {
      schema: {
        tables: (_: string, detail: string) =>
          answer(
            'tables',
            tableSet(
              detail === 'max' ? RAW : table('dbo.raw'),
              table('ivoa.ObsCore', ['obs_id'])
            )
          ),
        capability: () => answer('capability', capability(['POINT'])),
        examples: () => answer('examples', [])
      },
      describe: () => answer('describe', RAW)
    }
  } as unknown as IArchive;
  return { archive, asked };
}

const panels: SchemaPanel[] = [];

function show(fails: { now: ProtocolError | null } = { now: null }) {
  const { archive, asked } = archiveOf(fails);
  const browser = new SchemaBrowser(new Schemas(null, () => 0), archive, SERVICE);
  const insert = vi.fn<(adql: string) => void>();
  const trans = nullTranslator.load('obsdeck');
  const panel = new SchemaPanel({ browser, trans, insert });
  Widget.attach(panel, document.body);
  panels.push(panel);
  MessageLoop.flush();
  return { browser, asked, insert };
}

afterEach(() => {
  panels.splice(0).forEach(panel => panel.dispose());
  cleanup();
});

const item = (name: RegExp): Promise<HTMLElement> =>
  screen.findByRole('treeitem', { name });

describe('SchemaPanel', () => {
  it('asks the service only when told to', async () => {
    const { asked } = show();
    const read = await screen.findByRole('button', { name: 'Read the tables' });
    expect(asked).toEqual([]);
    fireEvent.click(read);
    await screen.findByRole('tree', { name: 'Schema' });
    expect(asked).toEqual(['tables', 'capability', 'examples']);
  });

  it('reads the columns of a table when it is unfolded, and says what they are', async () => {
    const { browser, asked, insert } = show();
    await browser.load();
    fireEvent.click(await item(/^dbo, 1 table/));
    fireEvent.click(await item(/^raw/));
    const exposure = await item(/^exposure, s/);
    expect(asked).toContain('describe');
    expect(exposure.getAttribute('aria-level')).toBe('3');
    expect(exposure.getAttribute('aria-posinset')).toBe('2');
    expect(exposure.getAttribute('aria-setsize')).toBe('2');
    fireEvent.click(exposure);
    const details = await screen.findByRole('region', { name: 'Details' });
    await waitFor(() => expect(details.textContent).toContain('time.duration'));
    fireEvent.click(screen.getByRole('button', { name: 'Insert' }));
    expect(insert).toHaveBeenCalledWith('exposure');
    fireEvent.doubleClick(exposure);
    expect(insert).toHaveBeenCalledTimes(2);
  });

  it('is worked by keys: arrows, type-ahead, Enter', async () => {
    const { browser, insert } = show();
    await browser.load();
    const tree = await screen.findByRole('tree');
    await item(/^dbo/);
    const key = (name: string): unknown => fireEvent.keyDown(tree, { key: name });
    const focused = (): string | null =>
      document.getElementById(tree.getAttribute('aria-activedescendant') ?? '')
        ?.textContent ?? null;
    key('End');
    await waitFor(() => expect(focused()).toMatch(/^Geometry/));
    key('Home');
    key('ArrowRight');
    await item(/^raw/);
    key('ArrowRight');
    await waitFor(() => expect(focused()).toMatch(/^raw/));
    key('Enter');
    await item(/^dp_id/);
    key('e');
    await waitFor(() => expect(focused()).toMatch(/^exposure/));
    key('Enter');
    expect(insert).toHaveBeenCalledWith('exposure');
    key('ArrowLeft');
    await waitFor(() => expect(focused()).toMatch(/^raw/));
    key('ArrowLeft');
    await waitFor(() =>
      expect(screen.queryByRole('treeitem', { name: /^dp_id/ })).toBeNull()
    );
  });

  it('finds names and descriptions', async () => {
    const { browser } = show();
    await browser.load();
    const search = await screen.findByRole('searchbox', {
      name: 'Search names and descriptions'
    });
    fireEvent.change(search, { target: { value: 'obs' } });
    await item(/^ObsCore/);
    await waitFor(() =>
      expect(screen.queryByRole('treeitem', { name: /^dbo/ })).toBeNull()
    );
    fireEvent.change(search, { target: { value: 'zzz' } });
    await screen.findByText(/No name or description has “zzz”/);
    fireEvent.change(search, { target: { value: 'identif' } });
    await screen.findByText(/The columns of 1 table are not read yet\./);
    fireEvent.click(screen.getByRole('button', { name: 'Read all columns' }));
    await item(/^dp_id/);
    expect(screen.queryByRole('button', { name: 'Read all columns' })).toBeNull();
  });

  it('keeps what was read when the service does not answer', async () => {
    const fails = { now: null as ProtocolError | null };
    const { browser } = show(fails);
    fails.now = new ProtocolError('unavailable', 'No answer came.', { archive: 'X' });
    await browser.load();
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('X: No answer came.');
    fails.now = null;
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await item(/^dbo/);
    fails.now = new ProtocolError('unavailable', 'No answer came.');
    fireEvent.click(await item(/^dbo/));
    fireEvent.click(await item(/^raw/));
    await item(/^The columns could not be read: No answer came\./);
  });

  it('offers the names for dragging', async () => {
    const { browser } = show();
    await browser.load();
    const setData = vi.fn();
    fireEvent.dragStart(await item(/^ivoa/), { dataTransfer: { setData } });
    expect(setData).toHaveBeenCalledWith('text/plain', 'ivoa');
  });
});
