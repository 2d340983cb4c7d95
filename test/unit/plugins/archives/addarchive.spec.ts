import { nullTranslator } from '@jupyterlab/translation';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';

import {
  addArchive,
  editArchive
} from '../../../../src/plugins/archives/addarchive.js';
import { ProtocolError } from '../../../../src/protocol/errors.js';
import type { IArchiveRegistry } from '../../../../src/tokens.js';
import { FakeTransport } from '../../../support/transport.js';
import { archiveOf } from '../../model/rows.js';

const { definition } = archiveOf(async function* () {});
const ESO = { ...definition, name: 'ESO', origins: ['https://archive.example'] };
const REGISTRY = {
  archives: [{ definition: { ...ESO, origin: 'shipped' } }]
} as unknown as IArchiveRegistry;

afterEach(() => {
  fireEvent.keyDown(document.querySelector('dialog') ?? document, { key: 'Escape' });
});

/** Check an address in the dialog. */
async function check(transport: FakeTransport, url: string, kind = ''): Promise<void> {
  void addArchive(REGISTRY, transport, nullTranslator);
  await opened();
  if (kind) {
    choose('Kind of service', kind);
  }
  const address = screen.getByRole('textbox', { name: 'Address' });
  fireEvent.change(address, { target: { value: url } });
  await act(async () => fireEvent.click(screen.getByRole('button', { name: 'Check' })));
}

async function opened(): Promise<void> {
  await waitFor(() => expect(document.querySelector('dialog select')).toBeTruthy());
  document.querySelector('dialog')?.setAttribute('open', '');
}

const choose = (name: string, value: string) =>
  fireEvent.change(screen.getByRole('combobox', { name }), { target: { value } });
const alert = async () => (await screen.findByRole('alert')).textContent;
const said = () => screen.getByRole('status').textContent;

it('sends nothing to the host of an archive that is here', async () => {
  const transport = new FakeTransport(() => new Response(''));
  await check(transport, 'http://archive.example/tap');
  expect(await alert()).toBe(
    'This host belongs to ESO, which is already here. Choose ESO in the list of archives.'
  );
  expect(transport.seen).toEqual([]);
});

it('names the host that did not answer, and what to do', async () => {
  const transport = new FakeTransport(() => {
    throw new ProtocolError('unavailable', 'other.example: nothing listens there.', {
      archive: 'new',
      hint: 'Check the address.'
    });
  });
  await check(transport, 'https://Other.example:443/tap');
  expect(await alert()).toBe(
    'other.example: nothing listens there. Check the address.'
  );
});

it('VO-57: offers the sign-in of a service that tells nothing without one', async () => {
  const challenge =
    'ivoa_bearer standard_id="ivo://ivoa.net/sso#tls-with-password", ' +
    'access_url="https://login.example/vo", Basic realm="tap"';
  const transport = new FakeTransport(
    () =>
      new Response('Sign in first.', {
        status: 401,
        headers: { 'WWW-Authenticate': challenge }
      })
  );
  await check(transport, 'https://other.example/tap');
  await waitFor(() =>
    expect(said()).toBe(
      'It tells what it has to those who signed in. Sign-in: user name and password. It needs an account.'
    )
  );
  expect(
    screen.getByText('Your password will go to login.example and nowhere else.')
  ).toBeTruthy();
  expect(transport.seen.every(({ request }) => request.as === undefined)).toBe(true);
});

it('asks a pyobs-archive for no frames at all, and knows it by its answer', async () => {
  const transport = new FakeTransport(() =>
    Response.json({ count: 1234, results: [] })
  );
  await check(transport, 'https://frames.example/', 'pyobs');
  await waitFor(() => expect(said()).toContain('1,234 frames.'));
  expect(transport.seen.map(({ request }) => request.url)).toEqual([
    'https://frames.example/frames/?offset=0&limit=0'
  ]);
});

it('knows a pyobs-archive that is not public by its challenge', async () => {
  const transport = new FakeTransport(() =>
    Response.json(
      { detail: 'Authentication credentials were not provided.' },
      { status: 401, headers: { 'WWW-Authenticate': 'Token' } }
    )
  );
  await check(transport, 'https://frames.example', 'pyobs');
  await waitFor(() =>
    expect(said()).toBe('A pyobs-archive. Sign-in: token. It needs an account.')
  );
});

it('takes no other web page for a pyobs-archive', async () => {
  const transport = new FakeTransport(() => new Response('<html>', { status: 404 }));
  await check(transport, 'https://frames.example/', 'pyobs');
  expect(await alert()).toBe(
    'frames.example: There is no pyobs-archive here. Give the address of its start page.'
  );
});

it('changes how one signs in to an archive of the user’s own', async () => {
  const change = vi.fn(() => Promise.resolve({ definition: ESO }));
  const own = {
    ...ESO,
    id: 'user-mine',
    services: { tap: [{ url: 'https://mine.example/tap', title: 'Mine' }] },
    signIn: { kind: 'none' as const }
  };
  const transport = new FakeTransport(() => new Response(''));
  const answer = editArchive(
    own,
    { ...REGISTRY, change } as unknown as IArchiveRegistry,
    transport,
    nullTranslator
  );
  await opened();
  choose('Sign in with', 'bearer');
  await act(async () =>
    fireEvent.click(screen.getByRole('button', { name: 'Change' }))
  );
  expect(await answer).toBe(true);
  expect(change).toHaveBeenCalledWith('user-mine', { kind: 'bearer' });
  expect(transport.seen).toEqual([]);
});
