import { nullTranslator } from '@jupyterlab/translation';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { ProtocolError } from '../../../../src/protocol/errors.js';
import { addArchive } from '../../../../src/view/archives/add.js';
import type {
  IAddArchiveCallbacks,
  IArchiveFinding
} from '../../../../src/view/archives/state.js';

const URL = 'https://dc.example.org/tap';
const FINDING: IArchiveFinding = {
  title: 'Example TAP',
  tables: 1421,
  obscore: true,
  languages: ['ADQL-2.0', 'ADQL-2.1'],
  signIn: []
};

let callbacks: IAddArchiveCallbacks;
let answer: Promise<boolean>;

beforeEach(async () => {
  callbacks = {
    check: vi.fn(async () => FINDING),
    add: vi.fn(async () => undefined)
  };
  answer = addArchive(callbacks, nullTranslator);
  await waitFor(() => expect(document.querySelector('dialog input')).toBeTruthy());
  // JupyterLab shows its dialogs by style sheets, which jsdom does not load.
  document.querySelector('dialog')?.setAttribute('open', '');
});

afterEach(async () => {
  fireEvent.keyDown(document.querySelector('dialog') ?? document, { key: 'Escape' });
  await answer;
});

const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });
const type = (name: string, value: string) =>
  fireEvent.change(field(name), { target: { value } });
const press = (name: string) =>
  act(async () => fireEvent.click(screen.getByRole('button', { name })));
const said = () => screen.getByRole('status').textContent;
const alert = () => screen.getByRole('alert').textContent;

describe('Add archive', () => {
  it('is a dialog of that name', () => {
    expect(screen.getByRole('dialog', { name: 'Add archive' })).toBeTruthy();
  });

  it('shows what a check found and proposes the name', async () => {
    type('Address', ` ${URL} `);
    await press('Check');
    expect(callbacks.check).toHaveBeenCalledWith(URL);
    expect(said()).toBe(
      'Example TAP: 1,421 tables, ADQL-2.0, ADQL-2.1. It has ObsCore and can be searched by form. No account is needed.'
    );
    expect(field('Name').value).toBe('Example TAP');
  });

  it('keeps a name that was typed', async () => {
    type('Name', 'Mine');
    type('Address', URL);
    await press('Check');
    expect(field('Name').value).toBe('Mine');
  });

  it('forgets what was found at another address', async () => {
    type('Address', URL);
    await press('Check');
    type('Address', `${URL}2`);
    expect(said()).not.toContain('Example TAP');
  });

  it('drops an answer that comes after the address changed', async () => {
    let settle: (finding: IArchiveFinding) => void = () => undefined;
    vi.mocked(callbacks.check).mockReturnValue(
      new Promise(resolve => {
        settle = resolve;
      })
    );
    type('Address', URL);
    await press('Check');
    expect(said()).toBe('Checking …');
    type('Address', `${URL}2`);
    await act(async () => settle(FINDING));
    expect(said()).not.toContain('Example TAP');
    expect(field('Name').value).toBe('');
  });

  it.each([
    ['', 'Type the address of a TAP service.'],
    ['dc.example.org/tap', 'The address must begin with http:// or https://.'],
    ['file:///etc/passwd', 'The address must begin with http:// or https://.'],
    ['javascript:alert(1)', 'The address must begin with http:// or https://.']
  ])('asks nobody at the address ‘%s’', async (url, message) => {
    type('Address', url);
    await press('Check');
    expect(alert()).toBe(message);
    expect(field('Address').getAttribute('aria-invalid')).toBe('true');
    expect(callbacks.check).not.toHaveBeenCalled();
  });

  it('shows why a check failed, at the address', async () => {
    vi.mocked(callbacks.check).mockRejectedValue(new Error('No TAP service is there.'));
    type('Address', URL);
    await press('Check');
    expect(alert()).toBe('No TAP service is there.');
  });

  it('says what to do about it, where the error knows', async () => {
    vi.mocked(callbacks.check).mockRejectedValue(
      new ProtocolError('refused-address', '10.0.0.1 is not called.', {
        hint: 'An administrator can add it.'
      })
    );
    type('Address', URL);
    await press('Check');
    expect(alert()).toBe('10.0.0.1 is not called. An administrator can add it.');
  });

  it('adds and closes', async () => {
    type('Address', URL);
    type('Name', ' Mine ');
    await press('Add');
    expect(callbacks.add).toHaveBeenCalledWith({ name: 'Mine', url: URL });
    expect(await answer).toBe(true);
    expect(document.querySelector('dialog')).toBeNull();
  });

  it('stays open, with the focus on the problem, when adding failed', async () => {
    vi.mocked(callbacks.add).mockRejectedValue(
      new Error('This host belongs to ESO, which is already here.')
    );
    type('Address', URL);
    type('Name', 'Mine');
    await press('Add');
    expect(alert()).toBe('This host belongs to ESO, which is already here.');
    expect(document.activeElement).toBe(field('Address'));
  });

  it('needs a name', async () => {
    type('Address', URL);
    await press('Add');
    expect(alert()).toBe('Give the archive a name.');
    expect(callbacks.add).not.toHaveBeenCalled();
  });

  it('adds nothing when cancelled', async () => {
    type('Address', URL);
    await press('Cancel');
    expect(await answer).toBe(false);
    expect(callbacks.add).not.toHaveBeenCalled();
  });
});
