import { nullTranslator } from '@jupyterlab/translation';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';

import type { IArchive } from '../../../../src/archives/archive.js';
import type { ITarget } from '../../../../src/protocol/form.js';
import { ProtocolError } from '../../../../src/protocol/errors.js';
import {
  askTargets,
  type ITargetSources
} from '../../../../src/view/search/targetsdialog.js';
import { archiveOf } from '../../model/rows.js';
import { button } from './support.js';

const resolver = {
  title: 'Test resolver',
  resolve: (name: string) =>
    Promise.resolve(name === 'M 83' ? [{ name, ra: 204, dec: -30, by: 'Test' }] : [])
};

const archive: IArchive = { ...archiveOf(async function* () {}), resolve: resolver };

let answer: Promise<readonly ITarget[] | null>;

async function open(over: Partial<ITargetSources> = {}): Promise<HTMLTextAreaElement> {
  answer = askTargets({ archive, targets: [], ...over }, nullTranslator);
  await waitFor(() => expect(document.querySelector('dialog textarea')).toBeTruthy());
  // JupyterLab shows its dialogs by style sheets, which jsdom does not load.
  document.querySelector('dialog')?.setAttribute('open', '');
  return screen.getByRole<HTMLTextAreaElement>('textbox', {
    name: 'Targets, one a line'
  });
}

const type = (field: HTMLElement, value: string) =>
  act(async () => void fireEvent.change(field, { target: { value } }));
const press = (name: string) => act(async () => void fireEvent.click(button(name)));

afterEach(async () => {
  fireEvent.keyDown(document.querySelector('dialog') ?? document, { key: 'Escape' });
  await answer;
});

describe('The dialog for a list of targets', () => {
  it('says what was read and what was not, and gives the targets', async () => {
    const field = await open();
    await type(field, '10 20\n17\nM 83');
    expect(screen.getByRole('status').textContent).toBe(
      '2 targets were read. 1 is a name, which will be looked up.'
    );
    expect(screen.getByRole('listitem').textContent).toBe(
      'Line 2: ‘17’ is neither a position nor a name.'
    );
    await press('Use targets');
    expect(await answer).toEqual([
      { name: '10 20', ra: 10, dec: 20 },
      { name: 'M 83', ra: 204, dec: -30 }
    ]);
  });

  it('stays open to show names that nobody knows', async () => {
    const field = await open();
    await type(field, '10 20\nXyzzy');
    await press('Use targets');
    expect(screen.getByText('1 of 1 name not found:')).toBeTruthy();
    expect(screen.getByRole('listitem').textContent).toBe('Line 2: Xyzzy');
    await press('Use the other target');
    expect(await answer).toHaveLength(1);
  });

  it('goes on without names that could not be looked up, or tries again', async () => {
    const resolve = vi
      .fn<typeof resolver.resolve>()
      .mockImplementation(resolver.resolve)
      .mockRejectedValueOnce(new ProtocolError('timeout', 'Simbad: no answer.'));
    const field = await open({
      archive: { ...archive, resolve: { ...resolver, resolve } }
    });
    await type(field, 'M 83\n10 20\n20 30');
    await press('Use targets');
    expect(screen.getByRole('alert').textContent).toBe('Simbad: no answer.');
    expect(screen.getByText('1 of 1 name not looked up.')).toBeTruthy();
    expect(button('Use the other 2 targets')).toBeTruthy();
    await press('Try again');
    expect(screen.queryByRole('alert')).toBeNull();
    await press('Use targets');
    expect(await answer).toHaveLength(3);
    expect(resolve).toHaveBeenCalledTimes(2);
  });

  it('begins with the targets there are, and keeps them on Cancel', async () => {
    const field = await open({ targets: [{ name: 'A "b"', ra: 1, dec: -2 }] });
    expect(field.value).toBe('"A ""b""", 1, -2');
    await press('Cancel');
    expect(await answer).toBeNull();
  });

  it('takes a file, or says why not', async () => {
    const readFile = vi
      .fn<() => Promise<string | null>>()
      .mockRejectedValueOnce(new ProtocolError('rejected', 'Too long.'))
      .mockResolvedValueOnce('ra,dec\n5,6');
    const field = await open({ readFile });
    await press('Choose a file …');
    await waitFor(() =>
      expect(screen.getByRole('alert').textContent).toBe('Too long.')
    );
    await press('Choose a file …');
    await waitFor(() => expect(field.value).toBe('ra,dec\n5,6'));
    expect(screen.queryByRole('alert')).toBeNull();
    await press('Use targets');
    expect(await answer).toEqual([{ name: '5 6', ra: 5, dec: 6 }]);
  });
});
