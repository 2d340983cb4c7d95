import { nullTranslator } from '@jupyterlab/translation';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { ProtocolError } from '../../../../src/protocol/errors.js';
import type { INewArchive } from '../../../../src/archives/archive.js';
import { askArchive } from '../../../../src/view/archives/dialog.js';
import type {
  IArchiveCallbacks,
  IArchiveFinding
} from '../../../../src/view/archives/state.js';

const URL = 'https://dc.example.org/tap';
const FINDING: IArchiveFinding = {
  title: 'Example TAP',
  has: '1,421 tables, ADQL-2.1.',
  signIn: [],
  needsAccount: false,
  proposal: null
};

let callbacks: IArchiveCallbacks;
let answer: Promise<boolean>;

beforeEach(() => {
  callbacks = {
    check: vi.fn(async () => FINDING),
    store: vi.fn(async () => undefined)
  };
});

/** Open the dialog, for a new archive or for one that is there. */
async function open(known?: INewArchive): Promise<void> {
  answer = askArchive(callbacks, nullTranslator, known);
  await waitFor(() => expect(document.querySelector('dialog input')).toBeTruthy());
  // JupyterLab shows its dialogs by style sheets, which jsdom does not load.
  document.querySelector('dialog')?.setAttribute('open', '');
}

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
  beforeEach(() => open());

  it('is a dialog of that name', () => {
    expect(screen.getByRole('dialog', { name: 'Add archive' })).toBeTruthy();
  });

  it('shows what a check found and proposes the name', async () => {
    type('Address', ` ${URL} `);
    await press('Check');
    expect(callbacks.check).toHaveBeenCalledWith({ url: URL, kind: 'ivoa' });
    expect(said()).toBe(
      'Example TAP: 1,421 tables, ADQL-2.1. It names no way to sign in. No account is needed.'
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
    expect(callbacks.store).toHaveBeenCalledWith({
      name: 'Mine',
      url: URL,
      kind: 'ivoa',
      signIn: { kind: 'none' }
    });
    expect(await answer).toBe(true);
    expect(document.querySelector('dialog')).toBeNull();
  });

  it('stays open, with the focus on the problem, when adding failed', async () => {
    vi.mocked(callbacks.store).mockRejectedValue(
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
    expect(callbacks.store).not.toHaveBeenCalled();
  });

  it('adds nothing when cancelled', async () => {
    type('Address', URL);
    await press('Cancel');
    expect(await answer).toBe(false);
    expect(callbacks.store).not.toHaveBeenCalled();
  });
});

describe('Sign in with', () => {
  beforeEach(() => open());

  const list = (name: string) =>
    screen.getByRole<HTMLSelectElement>('combobox', { name });
  const choose = (name: string, value: string) =>
    fireEvent.change(list(name), { target: { value } });
  const choices = () => [...list('Sign in with').options].map(({ text }) => text);

  it('offers the ways of the kind of service', () => {
    expect(choices()).toEqual(['None', 'User name and password', 'Token', 'API key']);
    choose('Kind of service', 'pyobs');
    expect(choices()).toEqual(['pyobs-archive', 'None']);
  });

  it('names the exact host that will see a secret, before one is typed', () => {
    choose('Sign in with', 'basic');
    expect(screen.getByText(/Type the address first/)).toBeTruthy();
    type('Address', 'https://tap.example.org:8443/deep/tap');
    expect(
      screen.getByText(
        'Your password will go to tap.example.org:8443 and nowhere else.'
      )
    ).toBeTruthy();
    choose('Sign in with', 'bearer');
    expect(
      screen.getByText('Your token will go to tap.example.org:8443 and nowhere else.')
    ).toBeTruthy();
  });

  it('refuses an account where what is typed could be read on its way', async () => {
    type('Address', 'http://tap.example.org/tap');
    type('Name', 'Mine');
    choose('Sign in with', 'basic');
    await press('Add');
    expect(callbacks.store).not.toHaveBeenCalled();
    expect(
      screen.getByText('An account needs an address that begins with https://.')
    ).toBeTruthy();
  });

  it('sends an API key in the header that was named', async () => {
    type('Address', URL);
    type('Name', 'Mine');
    choose('Sign in with', 'api-key');
    type('Header of the key', 'X Key');
    await press('Add');
    expect(alert()).toBe('A header’s name has letters, digits and hyphens only.');
    type('Header of the key', 'X-Example-Key');
    await press('Add');
    expect(vi.mocked(callbacks.store).mock.calls[0][0].signIn).toEqual({
      kind: 'api-key',
      header: 'X-Example-Key'
    });
  });

  it('VO-57: proposes the sign-in of a challenge, with the host it names', async () => {
    const tokenUrl = 'https://login.example.org/vo';
    vi.mocked(callbacks.check).mockResolvedValue({
      ...FINDING,
      signIn: ['user name and password'],
      needsAccount: true,
      proposal: { kind: 'ivoa-bearer', tokenUrl }
    });
    type('Address', URL);
    await press('Check');
    expect(said()).toContain('Sign-in: user name and password. It needs an account.');
    expect(choices()).toContain('User name and password, at login.example.org');
    expect(
      screen.getByText('Your password will go to login.example.org and nowhere else.')
    ).toBeTruthy();
    await press('Add');
    expect(vi.mocked(callbacks.store).mock.calls[0][0].signIn).toEqual({
      kind: 'ivoa-bearer',
      tokenUrl
    });
  });

  it('forgets the sign-in of another address', async () => {
    vi.mocked(callbacks.check).mockResolvedValue({
      ...FINDING,
      proposal: { kind: 'ivoa-bearer', tokenUrl: 'https://login.example.org/vo' }
    });
    type('Address', URL);
    await press('Check');
    type('Address', 'https://other.example.org/tap');
    expect(list('Sign in with').value).toBe('none');
    expect(choices()).toHaveLength(4);
  });

  it('checks a pyobs-archive as one', async () => {
    choose('Kind of service', 'pyobs');
    type('Address', 'https://frames.example.org/');
    await press('Check');
    expect(callbacks.check).toHaveBeenCalledWith({
      url: 'https://frames.example.org/',
      kind: 'pyobs'
    });
  });
});

describe('Edit archive', () => {
  const KNOWN: INewArchive = {
    name: 'Mine',
    url: URL,
    kind: 'ivoa',
    signIn: { kind: 'api-key', header: 'X-Example-Key' }
  };

  beforeEach(() => open(KNOWN));

  it('changes how one signs in, and says what that forgets', async () => {
    expect(screen.getByRole('dialog', { name: 'Edit archive' })).toBeTruthy();
    expect(
      screen.getByText('A change forgets the sign-in that is stored for this archive.')
    ).toBeTruthy();
    expect(field('Header of the key').value).toBe('X-Example-Key');
    fireEvent.change(screen.getByRole('combobox', { name: 'Sign in with' }), {
      target: { value: 'basic' }
    });
    await press('Change');
    expect(callbacks.store).toHaveBeenCalledWith({
      ...KNOWN,
      signIn: { kind: 'basic' }
    });
    expect(await answer).toBe(true);
  });

  it('leaves address and name as they are', () => {
    expect(screen.queryByRole('textbox', { name: 'Address' })).toBeNull();
    expect(screen.queryByRole('combobox', { name: 'Kind of service' })).toBeNull();
    expect(screen.getByText(URL)).toBeTruthy();
  });
});
