import { nullTranslator } from '@jupyterlab/translation';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { ISignInRequest } from '../../../../src/archives/account.js';
import { ProtocolError } from '../../../../src/protocol/errors.js';
import { SignInDialog } from '../../../../src/view/accounts/signin.js';
import type {
  ISignInCallbacks,
  ISignInSubject
} from '../../../../src/view/accounts/signinstate.js';
import { account } from './fakes.js';
import { tracesOf } from './traces.js';

/** Obviously invented. */
const SECRET = 'not-a-real-password-7391';

const SUBJECT: ISignInSubject = {
  name: 'ESO',
  account: account(),
  definition: {
    kind: 'oidc-password',
    resetUrl: 'https://www.example.org/reset',
    registerUrl: 'https://www.example.org/register'
  },
  keep: { choices: ['page', 'session', 'keyring'], usual: 'session' }
};
const WRONG = new ProtocolError(
  'not-signed-in',
  'ESO did not accept this user name and password.',
  { hint: 'Check both, or reset the password at ESO.' }
);

let callbacks: ISignInCallbacks;
let dialog: SignInDialog;
let answer: Promise<boolean>;
let opener: HTMLElement;

beforeEach(() => {
  callbacks = {
    signIn: vi.fn(async () => undefined),
    use: vi.fn(async () => undefined)
  };
  opener = document.body.appendChild(document.createElement('button'));
  opener.focus();
});

afterEach(async () => {
  await close();
  opener.remove();
});

async function close(): Promise<void> {
  await act(async () => fireEvent.keyDown(dialog.node, { key: 'Escape' }));
  await answer;
}

async function open(changes: Partial<ISignInSubject> = {}): Promise<void> {
  dialog = new SignInDialog({ ...SUBJECT, ...changes }, callbacks, nullTranslator);
  answer = dialog.launch().then(({ button }) => button.accept);
  await waitFor(() => expect(dialog.node.querySelector('input')).toBeTruthy());
  // JupyterLab shows its dialogs by style sheets, which jsdom does not load.
  dialog.node.setAttribute('open', '');
  await act(async () => dialog.ready);
}

const within_ = () => within(dialog.node);
const field = (name: string) => within_().getByLabelText<HTMLInputElement>(name);
const type = (name: string, value: string) =>
  fireEvent.input(field(name), { target: { value } });
const press = (name: string) =>
  act(async () => fireEvent.click(within_().getByRole('button', { name })));
const enter = () =>
  act(async () => fireEvent.keyDown(document.activeElement!, { key: 'Enter' }));
const said = () => within_().getByRole('alert').textContent;
const request = (): ISignInRequest => vi.mocked(callbacks.signIn).mock.calls[0][0];

describe('Sign in', () => {
  it('names the host before anything is typed', async () => {
    await open();
    expect(screen.getByRole('dialog', { name: 'Sign in to ESO' })).toBe(dialog.node);
    const body = dialog.node.querySelector('.jp-Dialog-body');
    expect(body?.textContent).toMatch(
      /^Your password goes to www\.example\.org and nowhere else\.User name/
    );
  });

  it.each([
    ['token', 'Token', 'Your token goes to www.example.org and nowhere else.'],
    ['key', 'API key', 'Your API key goes to www.example.org and nowhere else.']
  ] as const)('asks for a %s as the archive calls it', async (asks, label, words) => {
    await open({ account: account({ asks: [asks] }) });
    expect(field(label).type).toBe('password');
    expect(field(label).autocomplete).toBe('off');
    expect(dialog.node.textContent).toContain(words);
  });

  it('knows the user name of an account, and never a password', async () => {
    await open({ account: account({ who: 'ASTRO1' }) });
    expect(field('User name').value).toBe('ASTRO1');
    expect(field('Password').value).toBe('');
  });

  it('lets the browser’s keeper of passwords do its work, and no spell checker', async () => {
    await open();
    expect(field('User name').autocomplete).toBe('username');
    expect(field('Password').autocomplete).toBe('current-password');
    expect(field('User name').getAttribute('spellcheck')).toBe('false');
    expect(field('Password').getAttribute('spellcheck')).toBe('false');
  });

  it('sends what was typed by Enter, and closes', async () => {
    await open();
    type('User name', ' ASTRO1 ');
    type('Password', ` ${SECRET}`);
    fireEvent.click(field('Keep in the keyring of this computer'));
    await enter();
    expect(request()).toEqual({
      fields: { username: 'ASTRO1', password: ` ${SECRET}` },
      keep: 'keyring'
    });
    expect(await answer).toBe(true);
    expect(document.activeElement).toBe(opener);
  });

  it('begins with the usual choice of how long', async () => {
    await open();
    const group = within_().getByRole('radiogroup', { name: 'Keep me signed in' });
    const labels = within(group).getAllByRole('radio');
    expect(labels).toHaveLength(3);
    expect(field('Until Jupyter stops').checked).toBe(true);
  });

  it('sends nothing while a field is empty, and goes there', async () => {
    await open();
    type('User name', 'ASTRO1');
    await press('Sign in');
    expect(callbacks.signIn).not.toHaveBeenCalled();
    expect(said()).toBe('Type your password.');
    expect(field('Password').getAttribute('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(field('Password'));
    type('Password', 'x');
    await waitFor(() => expect(within_().queryByRole('alert')).toBeNull());
  });

  it('offers both ways where there are two', async () => {
    await open({ account: account({ asks: ['username', 'password', 'token'] }) });
    expect(within_().queryByLabelText('Token')).toBeTruthy();
    await act(async () =>
      fireEvent.click(within_().getByRole('radio', { name: 'Token' }))
    );
    expect(within_().queryByLabelText('Password')).toBeNull();
    const token = dialog.node.querySelector<HTMLInputElement>('input[name="token"]')!;
    fireEvent.input(token, { target: { value: ' invented-token ' } });
    await press('Sign in');
    expect(request().fields).toEqual({ token: 'invented-token' });
  });

  it('says where a password is kept because the archive wants it so', async () => {
    await open({ account: account({ kind: 'basic' }) });
    expect(dialog.node.textContent).toContain(
      'ESO wants the password with every request, so it is kept as long as you are signed in.'
    );
  });

  it.each([
    [['username', 'password'], 'How to get an account'],
    [['token'], 'How to get a token'],
    [['key'], 'How to get an API key']
  ] as const)('links to where one gets %j', async (asks, name) => {
    await open({ account: account({ asks }) });
    expect(within_().getByRole('link', { name })).toBeDefined();
  });

  it('speaks of tokens only where the archive does', async () => {
    await open();
    expect(dialog.node.textContent).toContain(
      'The password is used once and forgotten'
    );
    expect(dialog.node.textContent).not.toContain('token');
  });

  it('opens pages for people beside JupyterLab', async () => {
    await open();
    const link = within_().getByRole('link', { name: 'How to get an account' });
    expect(link.getAttribute('href')).toBe('https://www.example.org/register');
    expect(link.getAttribute('rel')).toContain('noopener');
  });
});

describe('What was found', () => {
  const found = { kind: 'environment', name: 'ODA_TOKEN', kept: null } as const;

  it('is taken at a press', async () => {
    await open({ account: account({ asks: ['token'], found }) });
    await press('Found in environment ODA_TOKEN: use it');
    expect(callbacks.use).toHaveBeenCalledWith(found);
    expect(await answer).toBe(true);
  });

  it('is told when it is not accepted', async () => {
    vi.mocked(callbacks.use).mockRejectedValue(
      new ProtocolError('expired', 'The token in ODA_TOKEN has expired.')
    );
    await open({ account: account({ asks: ['token'], found }) });
    await press('Found in environment ODA_TOKEN: use it');
    expect(said()).toContain('The token in ODA_TOKEN has expired.');
    expect(dialog.isDisposed).toBe(false);
  });
});

describe('While the archive is asked', () => {
  let signal: AbortSignal;
  let settle: { resolve(): void; reject(reason: Error): void };

  beforeEach(async () => {
    vi.mocked(callbacks.signIn).mockImplementation((_, given) => {
      signal = given;
      return new Promise((resolve, reject) => {
        settle = { resolve, reject };
        given.addEventListener('abort', () =>
          reject(new ProtocolError('cancelled', 'Cancelled.'))
        );
      });
    });
    await open();
    type('User name', 'ASTRO1');
    type('Password', SECRET);
    await press('Sign in');
  });

  it('the button says so, and asks only once', async () => {
    expect(within_().getByRole('button', { name: 'Signing in …' })).toBeTruthy();
    await enter();
    expect(callbacks.signIn).toHaveBeenCalledOnce();
    await act(async () => settle.resolve());
    expect(await answer).toBe(true);
  });

  it('Cancel stops it and leaves no trace of the password', async () => {
    const input = field('Password');
    await press('Cancel');
    expect(signal.aborted).toBe(true);
    expect(await answer).toBe(false);
    expect(input.value).toBe('');
    vi.mocked(callbacks.signIn).mockClear();
    expect(tracesOf(SECRET, dialog, input)).toEqual([]);
    expect(document.documentElement.outerHTML).not.toContain(SECRET);
  });

  it('Escape does the same', async () => {
    await act(async () => fireEvent.keyDown(field('Password'), { key: 'Escape' }));
    expect(signal.aborted).toBe(true);
    expect(await answer).toBe(false);
  });
});

describe('A failure', () => {
  const fail = async (error: Error): Promise<void> => {
    vi.mocked(callbacks.signIn).mockRejectedValueOnce(error);
    await open();
    type('User name', 'ASTRO1');
    type('Password', SECRET);
    await press('Sign in');
  };

  it('of the password is told in the archive’s words; it is emptied and has the focus', async () => {
    await fail(WRONG);
    expect(said()).toBe(
      'ESO did not accept this user name and password. Check both, or reset the password at ESO.'
    );
    expect(field('Password').value).toBe('');
    expect(field('User name').value).toBe('ASTRO1');
    expect(document.activeElement).toBe(field('Password'));
    const link = within_().getByRole('link', { name: 'reset the password at ESO' });
    expect(link.getAttribute('href')).toBe('https://www.example.org/reset');
    expect(within_().queryByRole('button', { name: 'Try again' })).toBeNull();
  });

  it('of the network keeps what was typed, to be tried again', async () => {
    await fail(
      new ProtocolError('unavailable', 'www.example.org does not answer.', {
        hint: 'It may be a matter of minutes.'
      })
    );
    expect(said()).toContain(
      'www.example.org does not answer. It may be a matter of minutes.'
    );
    expect(field('Password').value).toBe(SECRET);
    await press('Try again');
    expect(vi.mocked(callbacks.signIn).mock.calls[1][0].fields.password).toBe(SECRET);
    expect(await answer).toBe(true);
  });
});

describe('A secret', () => {
  it('is in its field and nowhere else while it is typed', async () => {
    await open();
    type('Password', SECRET);
    expect(document.documentElement.outerHTML).not.toContain(SECRET);
    const paths = tracesOf(SECRET, dialog);
    expect(paths.filter(path => !/value|_valueTracker/i.test(path))).toEqual([]);
  });

  it('leaves nothing behind once signed in', async () => {
    await open();
    const input = field('Password');
    type('User name', 'ASTRO1');
    type('Password', SECRET);
    await press('Sign in');
    expect(await answer).toBe(true);
    vi.mocked(callbacks.signIn).mockClear();
    expect(input.value).toBe('');
    expect(tracesOf(SECRET, dialog, input, sessionStorage, localStorage)).toEqual([]);
  });
});
